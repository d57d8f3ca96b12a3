/**
 * Capture files: the UDP datagrams in a pcap or pcapng file, as tcpdump and Wireshark write them, and a writer of pcap
 * files. They are how a boot that went wrong is looked at afterwards, and how it comes into a bug report.
 */
@NullMarked
package dev.pxekit.dhcp.capture;

import org.jspecify.annotations.NullMarked;
