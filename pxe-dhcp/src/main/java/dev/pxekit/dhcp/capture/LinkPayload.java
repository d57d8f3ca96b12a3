package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.HardwareAddress;
import java.util.Optional;

/**
 * What is left of a frame after its link-layer header.
 *
 * @param etherType the protocol of the octets
 * @param interfaceNumber tells apart the interfaces that the frames came through
 */
record LinkPayload(
        int etherType,
        FrameOctets octets,
        long interfaceNumber,
        Optional<HardwareAddress> source,
        Optional<HardwareAddress> destination) {}
