package dev.pxekit.dhcp;

import java.net.Inet4Address;
import java.util.List;

/**
 * The value of option 82, relay agent information (RFC 3046): what a relay agent tells a server of the client's line. A server
 * sends it back octet by octet. The codes 0 and 255 are suboptions as any other (§2.0). Immutable.
 *
 * <pre>{@code
 * request.options().get(DhcpOption.RELAY_AGENT_INFORMATION)
 *         .flatMap(information -> information.get(RelayAgentInformation.LINK_SELECTION));
 * }</pre>
 */
public final class RelayAgentInformation extends EncapsulatedOptions<RelayAgentInformation> {

    /** 1, agent circuit id: the port that the packet came in by (RFC 3046 §3.1). */
    public static final Suboption<RelayAgentInformation, byte[]> CIRCUIT_ID =
            Suboption.of(1, "circuit id", OptionFormat.bytes());

    /** 2, agent remote id: the far end of the line (RFC 3046 §3.2). */
    public static final Suboption<RelayAgentInformation, byte[]> REMOTE_ID =
            Suboption.of(2, "remote id", OptionFormat.bytes());

    /** 5, link selection: an address of the client's subnet (RFC 3527). */
    public static final Suboption<RelayAgentInformation, Inet4Address> LINK_SELECTION =
            Suboption.of(5, "link selection", OptionFormat.address());

    static final SuboptionSpace<RelayAgentInformation> SPACE = SuboptionSpace.of(
            SuboptionSpace.Framing.BARE, RelayAgentInformation::decode, List.of(CIRCUIT_ID, REMOTE_ID, LINK_SELECTION));

    private RelayAgentInformation(byte[] octets) {
        super(octets, SPACE);
    }

    /**
     * Reads a value of option 82.
     *
     * @param value the value
     * @return what the octets say
     */
    public static RelayAgentInformation decode(byte[] value) {
        return new RelayAgentInformation(value);
    }

    /** {@return a builder with no suboptions} */
    public static Builder<RelayAgentInformation> builder() {
        return SPACE.builder();
    }
}
