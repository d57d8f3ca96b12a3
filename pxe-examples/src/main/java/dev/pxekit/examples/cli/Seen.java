package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.capture.CapturedDatagram;
import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * Where and when a datagram was seen.
 *
 * @param number the frame's number in a capture, or how many datagrams were seen with it
 */
record Seen(long number, Instant time, InetSocketAddress source, InetSocketAddress destination) {

    static Seen of(CapturedDatagram datagram) {
        return new Seen(datagram.frameNumber(), datagram.time(), datagram.source(), datagram.destination());
    }
}
