package dev.pxekit.dhcp.capture;

import java.time.Instant;

/**
 * A frame as it stands in a file.
 *
 * @param number from 1
 * @param linkType what the octets begin with, a number of the registry of link types
 * @param interfaceNumber tells the interfaces of a section apart
 */
record Frame(long number, Instant time, int linkType, long interfaceNumber, FrameOctets octets) {}
