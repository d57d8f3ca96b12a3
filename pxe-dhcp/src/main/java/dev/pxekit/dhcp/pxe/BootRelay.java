package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.RelayHeader;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a relay agent says about the place of a client. Immutable.
 *
 * <table>
 * <caption>Where each fact comes from</caption>
 * <tr><th>fact</th><th>DHCPv4</th><th>DHCPv6, from one RELAY-FORW</th></tr>
 * <tr><td>{@link #address}</td><td>{@code giaddr}</td><td>link-address</td></tr>
 * <tr><td>{@link #linkSelection}</td><td>option 82, suboption 5</td><td>none: the link-address is that</td></tr>
 * <tr><td>{@link #circuitId}</td><td>option 82, suboption 1</td><td>option 18, interface-id</td></tr>
 * <tr><td>{@link #remoteId}</td><td>option 82, suboption 2</td><td>option 37 without the enterprise number</td></tr>
 * </table>
 */
public final class BootRelay {

    private final Optional<InetAddress> address;
    private final Optional<InetAddress> linkSelection;
    private final byte @Nullable [] circuitId;
    private final byte @Nullable [] remoteId;

    /** A relay agent of these facts, which are not copied. */
    BootRelay(
            Optional<InetAddress> address,
            Optional<InetAddress> linkSelection,
            Optional<byte[]> circuitId,
            Optional<byte[]> remoteId) {
        this.address = address.filter(given -> !given.isAnyLocalAddress());
        this.linkSelection = linkSelection;
        this.circuitId = circuitId.orElse(null);
        this.remoteId = remoteId.orElse(null);
    }

    /** The relay agent of a packet. Some switches add option 82 and leave {@code giaddr} zero. */
    static Optional<BootRelay> of(DhcpPacket packet) {
        Optional<RelayAgentInformation> information = packet.options().get(DhcpOption.RELAY_AGENT_INFORMATION);
        if (packet.relayAgent().equals(Ipv4.ANY) && information.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new BootRelay(
                Optional.of(packet.relayAgent()),
                information.flatMap(told -> told.get(RelayAgentInformation.LINK_SELECTION)),
                information.flatMap(told -> told.get(RelayAgentInformation.CIRCUIT_ID)),
                information.flatMap(told -> told.get(RelayAgentInformation.REMOTE_ID))));
    }

    /** The relay agent that wrapped a message in this one. */
    static BootRelay of(Dhcp6Message relay) {
        return new BootRelay(
                relay.relayHeader().map(RelayHeader::linkAddress),
                Optional.empty(),
                relay.options().get(Dhcp6Option.INTERFACE_ID),
                relay.options()
                        .get(Dhcp6Option.REMOTE_ID)
                        .map(id -> id.identifier().bytes()));
    }

    /** {@return the address of the relay agent on the client's link; empty if it says none} */
    public Optional<InetAddress> address() {
        return address;
    }

    /** {@return an address of the client's subnet, where that is not the subnet of the relay agent's address (RFC 3527)} */
    public Optional<InetAddress> linkSelection() {
        return linkSelection;
    }

    /** {@return a copy of the octets that name the port that the client's packet came in by} */
    public Optional<byte[]> circuitId() {
        return Optional.ofNullable(circuitId).map(byte[]::clone);
    }

    /** {@return a copy of the octets that name the far end of the client's line} */
    public Optional<byte[]> remoteId() {
        return Optional.ofNullable(remoteId).map(byte[]::clone);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BootRelay that
                && address.equals(that.address)
                && linkSelection.equals(that.linkSelection)
                && Arrays.equals(circuitId, that.circuitId)
                && Arrays.equals(remoteId, that.remoteId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, linkSelection, Arrays.hashCode(circuitId), Arrays.hashCode(remoteId));
    }

    /** The address, and the identifiers in hexadecimal. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("relay agent");
        address.ifPresent(given -> text.append(' ').append(given.getHostAddress()));
        linkSelection.ifPresent(link -> text.append(", link ").append(link.getHostAddress()));
        circuitId()
                .ifPresent(
                        id -> text.append(", circuit id ").append(HexFormat.of().formatHex(id)));
        remoteId()
                .ifPresent(
                        id -> text.append(", remote id ").append(HexFormat.of().formatHex(id)));
        return text.toString();
    }
}
