package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The packets of one client: what RFC 2131 table 5 asks for in each, and what the captures of firmware show beside the options that
 * {@link ClientIdentity} says.
 */
final class ClientPackets {

    /** What UEFI says in its REQUEST that it takes; 1472 in all else. */
    private static final int UEFI_REQUEST_SIZE = 0xff00;

    private static final String IPXE_BOOT_SERVER_CLASS = "PXEClient";

    /** Makes a packet come as through a relay agent. */
    record Relay(Inet4Address address, RelayAgentInformation information) {}

    private final ClientIdentity identity;
    private final RandomGenerator random;
    private final Optional<Relay> relay;
    private final BootFirmware firmware;

    ClientPackets(ClientIdentity identity, RandomGenerator random, Optional<Relay> relay) {
        this.identity = identity;
        this.random = random;
        this.relay = relay;
        this.firmware = BootClient.of(start(MessageType.DISCOVER, 0).build()).firmware();
    }

    /** What a server takes this client for. */
    BootFirmware firmware() {
        return firmware;
    }

    DhcpPacket discover() {
        DhcpPacket.Builder packet = start(MessageType.DISCOVER, random.nextInt());
        identity.options()
                .raw(DhcpOption.RAPID_COMMIT.code())
                .ifPresent(value -> packet.option(DhcpOption.RAPID_COMMIT.code(), value));
        return relayed(packet);
    }

    /** A request of a client that knows BOOTP only (RFC 951): no message type and no options. */
    DhcpPacket bootp() {
        return relayed(DhcpPacket.builder()
                .transactionId(random.nextInt())
                .clientHardwareAddress(identity.hardwareAddress())
                .broadcast(identity.isBroadcast()));
    }

    /** REQUEST in state SELECTING; {@code secs} is the DISCOVER's (RFC 2131 §3.1). */
    DhcpPacket select(DhcpPacket offer, int seconds) throws DhcpFormatException {
        DhcpPacket.Builder packet = start(MessageType.REQUEST, offer.transactionId())
                .secondsElapsed(seconds)
                .option(DhcpOption.SERVER_IDENTIFIER, offer.options().require(DhcpOption.SERVER_IDENTIFIER))
                .option(DhcpOption.REQUESTED_ADDRESS, offer.yourAddress());
        if (firmware.equals(BootFirmware.PXE_UEFI)) {
            packet.option(DhcpOption.MAXIMUM_MESSAGE_SIZE, UEFI_REQUEST_SIZE);
        }
        return relayed(packet);
    }

    /** REQUEST in state INIT-REBOOT. */
    DhcpPacket reboot(Inet4Address address) {
        return relayed(start(MessageType.REQUEST, random.nextInt()).option(DhcpOption.REQUESTED_ADDRESS, address));
    }

    /** REQUEST in states RENEWING and REBINDING, or INFORM: from a client with an address, straight to the server. */
    DhcpPacket fromAddress(MessageType type, Inet4Address address) {
        return start(type, random.nextInt()).clientAddress(address).build();
    }

    /** REQUEST to port 4011 (PXE 2.1 §2.2.4), of a menu's item or in general. */
    DhcpPacket bootServerRequest(Inet4Address address, Optional<PxeVendorOptions.BootItem> item) {
        boolean ipxe = firmware.equals(BootFirmware.IPXE);
        DhcpPacket.Builder packet = start(MessageType.REQUEST, random.nextInt())
                .clientAddress(address)
                .broadcast(ipxe);
        if (ipxe) {
            packet.option(DhcpOption.VENDOR_CLASS_IDENTIFIER, IPXE_BOOT_SERVER_CLASS);
        }
        item.ifPresent(chosen -> packet.option(
                PxeVendorOptions.OPTION,
                PxeVendorOptions.builder()
                        .put(PxeVendorOptions.BOOT_ITEM, chosen)
                        .build()));
        return packet.build();
    }

    DhcpPacket release(DhcpPacket acknowledgement) throws DhcpFormatException {
        return last(MessageType.RELEASE, acknowledgement)
                .clientAddress(acknowledgement.yourAddress())
                .build();
    }

    DhcpPacket decline(DhcpPacket acknowledgement) throws DhcpFormatException {
        return relayed(last(MessageType.DECLINE, acknowledgement)
                .option(DhcpOption.REQUESTED_ADDRESS, acknowledgement.yourAddress()));
    }

    /** RELEASE and DECLINE must not have most options (RFC 2131 table 5). */
    private DhcpPacket.Builder last(MessageType type, DhcpPacket acknowledgement) throws DhcpFormatException {
        DhcpPacket.Builder packet = DhcpPacket.builder()
                .transactionId(random.nextInt())
                .clientHardwareAddress(identity.hardwareAddress())
                .messageType(type)
                .option(DhcpOption.SERVER_IDENTIFIER, acknowledgement.options().require(DhcpOption.SERVER_IDENTIFIER));
        identity.options()
                .raw(DhcpOption.CLIENT_IDENTIFIER.code())
                .ifPresent(value -> packet.option(DhcpOption.CLIENT_IDENTIFIER.code(), value));
        return packet;
    }

    /** Rapid commit is for DISCOVER alone (RFC 4039 §4). */
    private DhcpPacket.Builder start(MessageType type, int transactionId) {
        return DhcpPacket.builder()
                .transactionId(transactionId)
                .clientHardwareAddress(identity.hardwareAddress())
                .broadcast(identity.isBroadcast())
                .messageType(type)
                .addOptions(identity.options())
                .removeOption(DhcpOption.RAPID_COMMIT.code());
    }

    private DhcpPacket relayed(DhcpPacket.Builder packet) {
        relay.ifPresent(agent -> packet.hops(1)
                .relayAgent(agent.address())
                .option(DhcpOption.RELAY_AGENT_INFORMATION, agent.information()));
        return packet.build();
    }
}
