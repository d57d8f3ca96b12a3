package dev.pxekit.dhcp;

import dev.pxekit.dhcp.v6.Duid;
import java.net.Inet4Address;
import java.util.List;

/**
 * The value of option 82, relay agent information (RFC 3046): what a relay agent tells a server of the client's line.
 * A server
 * sends it back octet by octet. The codes 0 and 255 are suboptions as any other (§2.0). Immutable.
 *
 * <pre>{@code
 * request.options().get(DhcpOption.RELAY_AGENT_INFORMATION)
 *         .flatMap(information -> information.get(RelayAgentInformation.LINK_SELECTION));
 * }</pre>
 */
public final class RelayAgentInformation extends EncapsulatedOptions<RelayAgentInformation> {

    private static final int BSSID_LENGTH = 6;

    private static final OptionFormat<HardwareAddress> BSSID = OptionFormats.scalar(
            in -> HardwareAddress.of(in.readBytes(BSSID_LENGTH)),
            (address, out) -> OptionFormats.octets(BSSID_LENGTH).write(address.bytes(), out),
            HardwareAddress::toString,
            plain -> HardwareAddress.parse(Plain.text(plain)));

    private static final OptionFormat<Boolean> SOURCE_PORT = OptionFormats.scalar(
            in -> {
                if (in.hasRemaining()) {
                    in.readUnsignedShort();
                }
                return true;
            },
            (value, out) -> OptionFormat.presence().write(value, out),
            value -> value,
            Plain::truth);

    /** 1, agent circuit id: the port that the packet came in by (RFC 3046 §3.1). */
    public static final Suboption<RelayAgentInformation, byte[]> CIRCUIT_ID =
            Suboption.of(1, "circuit id", OptionFormat.bytes());

    /** 2, agent remote id: the far end of the line (RFC 3046 §3.2). */
    public static final Suboption<RelayAgentInformation, byte[]> REMOTE_ID =
            Suboption.of(2, "remote id", OptionFormat.bytes());

    /** 4, DOCSIS device class: bits on what the cable modem is (RFC 3256). */
    public static final Suboption<RelayAgentInformation, Long> DOCSIS_DEVICE_CLASS =
            Suboption.of(4, "DOCSIS device class", OptionFormat.unsignedInt());

    /** 5, link selection: an address of the client's subnet (RFC 3527). */
    public static final Suboption<RelayAgentInformation, Inet4Address> LINK_SELECTION =
            Suboption.of(5, "link selection", OptionFormat.address());

    /** 6, subscriber id: who the client belongs to, wherever it is (RFC 3993). */
    public static final Suboption<RelayAgentInformation, String> SUBSCRIBER_ID =
            Suboption.of(6, "subscriber id", OptionFormat.text());

    /** 7, RADIUS attributes of the client: type and value of each (RFC 4014, RFC 2865 §5). */
    public static final Suboption<RelayAgentInformation, List<RawOption>> RADIUS_ATTRIBUTES =
            Suboption.of(7, "RADIUS attributes", OptionFormats.RADIUS_ATTRIBUTES);

    /** 8, authentication of what the relay agent says, as octets (RFC 4030). */
    public static final Suboption<RelayAgentInformation, byte[]> AUTHENTICATION =
            Suboption.of(8, "authentication", OptionFormat.bytes());

    /** 9, vendor-specific information, by enterprise number (RFC 4243). */
    public static final Suboption<RelayAgentInformation, List<VendorData>> VENDOR_SPECIFIC_INFORMATION =
            Suboption.of(9, "vendor-specific information", OptionFormat.list(VendorData.FORMAT));

    /** 10, relay agent flags: 128 if the client sent its packet by unicast (RFC 5010). */
    public static final Suboption<RelayAgentInformation, Integer> RELAY_AGENT_FLAGS =
            Suboption.of(10, "relay agent flags", OptionFormat.unsignedByte());

    /** 11, server identifier override: what the server has to answer with as its identifier (RFC 5107). */
    public static final Suboption<RelayAgentInformation, Inet4Address> SERVER_IDENTIFIER_OVERRIDE =
            Suboption.of(11, "server identifier override", OptionFormat.address());

    /** 12, relay agent identifier: the DUID of the relay agent (RFC 6925). */
    public static final Suboption<RelayAgentInformation, Duid> RELAY_AGENT_IDENTIFIER =
            Suboption.of(12, "relay agent identifier", OptionFormat.of(Duid::decode, Duid::encode));

    /** 13, access technology type, as in Proxy Mobile IPv6 (RFC 7839). */
    public static final Suboption<RelayAgentInformation, Integer> ACCESS_TECHNOLOGY_TYPE =
            Suboption.of(13, "access technology type", OptionFormat.unsignedShort());

    /** 14, name of the access network, such as an SSID (RFC 7839). */
    public static final Suboption<RelayAgentInformation, String> ACCESS_NETWORK_NAME =
            Suboption.of(14, "access network name", OptionFormat.text());

    /** 15, name of the access point (RFC 7839). */
    public static final Suboption<RelayAgentInformation, String> ACCESS_POINT_NAME =
            Suboption.of(15, "access point name", OptionFormat.text());

    /** 16, BSSID of the access point, six octets (RFC 7839). */
    public static final Suboption<RelayAgentInformation, HardwareAddress> ACCESS_POINT_BSSID =
            Suboption.of(16, "access point BSSID", BSSID);

    /** 17, enterprise number of the operator of the access network (RFC 7839). */
    public static final Suboption<RelayAgentInformation, Long> OPERATOR_IDENTIFIER =
            Suboption.of(17, "operator identifier", OptionFormat.unsignedInt());

    /** 18, realm of the operator of the access network (RFC 7839). */
    public static final Suboption<RelayAgentInformation, String> OPERATOR_REALM =
            Suboption.of(18, "operator realm", OptionFormat.text());

    /**
     * 19, relay source port: answers go to the port that the relay agent's packet came from. Two octets, as some send,
     * are allowed (RFC 8357).
     */
    public static final Suboption<RelayAgentInformation, Boolean> RELAY_SOURCE_PORT =
            Suboption.of(19, "relay source port", SOURCE_PORT);

    /** 151, virtual subnet selection: the client's VPN (RFC 6607). */
    public static final Suboption<RelayAgentInformation, VirtualSubnetSelection> VIRTUAL_SUBNET_SELECTION =
            Suboption.of(151, "virtual subnet selection", VirtualSubnetSelection.FORMAT);

    /** 152, virtual subnet selection control: a server that understands 151 leaves this one out (RFC 6607). */
    public static final Suboption<RelayAgentInformation, Boolean> VIRTUAL_SUBNET_SELECTION_CONTROL =
            Suboption.of(152, "virtual subnet selection control", OptionFormat.presence());

    static final SuboptionSpace<RelayAgentInformation> SPACE = SuboptionSpace.of(
            SuboptionSpace.Framing.BARE,
            RelayAgentInformation::decode,
            List.of(
                    CIRCUIT_ID,
                    REMOTE_ID,
                    DOCSIS_DEVICE_CLASS,
                    LINK_SELECTION,
                    SUBSCRIBER_ID,
                    RADIUS_ATTRIBUTES,
                    AUTHENTICATION,
                    VENDOR_SPECIFIC_INFORMATION,
                    RELAY_AGENT_FLAGS,
                    SERVER_IDENTIFIER_OVERRIDE,
                    RELAY_AGENT_IDENTIFIER,
                    ACCESS_TECHNOLOGY_TYPE,
                    ACCESS_NETWORK_NAME,
                    ACCESS_POINT_NAME,
                    ACCESS_POINT_BSSID,
                    OPERATOR_IDENTIFIER,
                    OPERATOR_REALM,
                    RELAY_SOURCE_PORT,
                    VIRTUAL_SUBNET_SELECTION,
                    VIRTUAL_SUBNET_SELECTION_CONTROL));

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
