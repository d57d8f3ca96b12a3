package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.RecordFormat;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DHCPv4 option as a typed key: its code, its name and how its value is read and written. The constants are the options
 * that servers and boot clients need; {@link #of} makes a key for any other.
 *
 * <pre>{@code
 * DhcpOption<String> pathPrefix = DhcpOption.of(210, "pxelinux path prefix", OptionFormat.text());
 * Optional<String> prefix = packet.options().get(pathPrefix);
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class DhcpOption<T> extends OptionKey<T> {

    private static final DhcpOption<?>[] KNOWN = new DhcpOption<?>[255];

    /** 1, subnet mask (RFC 2132 §3.3). */
    public static final DhcpOption<Inet4Address> SUBNET_MASK = known(1, "subnet mask", OptionFormat.address());

    /** 3, routers in order of preference (RFC 2132 §3.5). */
    public static final DhcpOption<List<Inet4Address>> ROUTERS = known(3, "routers", OptionFormat.addresses());

    /** 6, domain name servers in order of preference (RFC 2132 §3.8). */
    public static final DhcpOption<List<Inet4Address>> DOMAIN_NAME_SERVERS =
            known(6, "domain name servers", OptionFormat.addresses());

    /** 12, the client's host name (RFC 2132 §3.14). */
    public static final DhcpOption<String> HOST_NAME = known(12, "host name", OptionFormat.text());

    /** 15, domain name (RFC 2132 §3.17). */
    public static final DhcpOption<String> DOMAIN_NAME = known(15, "domain name", OptionFormat.text());

    /** 17, root path (RFC 2132 §3.19); iPXE reads it as a SAN target. */
    public static final DhcpOption<String> ROOT_PATH = known(17, "root path", OptionFormat.text());

    /** 26, interface MTU (RFC 2132 §5.1). */
    public static final DhcpOption<Integer> INTERFACE_MTU = known(26, "interface MTU", OptionFormat.unsignedShort());

    /** 28, broadcast address (RFC 2132 §5.3). */
    public static final DhcpOption<Inet4Address> BROADCAST_ADDRESS =
            known(28, "broadcast address", OptionFormat.address());

    /** 42, NTP servers in order of preference (RFC 2132 §8.3). */
    public static final DhcpOption<List<Inet4Address>> NTP_SERVERS = known(42, "NTP servers", OptionFormat.addresses());

    /** 43, vendor-specific information (RFC 2132 §8.4); for PXE see {@link dev.pxekit.dhcp.pxe.PxeVendorOptions}. */
    public static final DhcpOption<byte[]> VENDOR_SPECIFIC_INFORMATION =
            known(43, "vendor-specific information", OptionFormat.bytes());

    /** 50, the address a client asks for (RFC 2132 §9.1). */
    public static final DhcpOption<Inet4Address> REQUESTED_ADDRESS =
            known(50, "requested address", OptionFormat.address());

    /** 51, lease time (RFC 2132 §9.2). */
    public static final DhcpOption<Duration> LEASE_TIME = known(51, "lease time", OptionFormat.seconds());

    /** 52, overload: 1 options in {@code file}, 2 in {@code sname}, 3 in both (RFC 2132 §9.3). */
    public static final DhcpOption<Integer> OVERLOAD = known(52, "overload", OptionFormat.unsignedByte());

    /** 53, message type (RFC 2132 §9.6). */
    public static final DhcpOption<MessageType> MESSAGE_TYPE = known(53, "message type", MessageType.FORMAT);

    /** 54, server identifier: the server's address (RFC 2132 §9.7). */
    public static final DhcpOption<Inet4Address> SERVER_IDENTIFIER =
            known(54, "server identifier", OptionFormat.address());

    /** 55, parameter request list: option codes in order of preference (RFC 2132 §9.8). */
    public static final DhcpOption<List<Integer>> PARAMETER_REQUEST_LIST =
            known(55, "parameter request list", OptionFormat.list(OptionFormat.unsignedByte()));

    /** 56, message: the text of a NAK or DECLINE (RFC 2132 §9.9). */
    public static final DhcpOption<String> MESSAGE = known(56, "message", OptionFormat.text());

    /** 57, maximum DHCP message size in octets with IP and UDP headers, 576 or more (RFC 2132 §9.10). */
    public static final DhcpOption<Integer> MAXIMUM_MESSAGE_SIZE =
            known(57, "maximum message size", OptionFormat.unsignedShort());

    /** 58, renewal time T1 (RFC 2132 §9.11). */
    public static final DhcpOption<Duration> RENEWAL_TIME = known(58, "renewal time", OptionFormat.seconds());

    /** 59, rebinding time T2 (RFC 2132 §9.12). */
    public static final DhcpOption<Duration> REBINDING_TIME = known(59, "rebinding time", OptionFormat.seconds());

    /** 60, vendor class identifier: {@code PXEClient:Arch:00007:UNDI:003000} from firmware (RFC 2132 §9.13, PXE 2.1). */
    public static final DhcpOption<String> VENDOR_CLASS_IDENTIFIER =
            known(60, "vendor class identifier", OptionFormat.text());

    /** 61, client identifier, two octets or more (RFC 2132 §9.14). */
    public static final DhcpOption<ClientIdentifier> CLIENT_IDENTIFIER =
            known(61, "client identifier", ClientIdentifier.FORMAT);

    /** 66, TFTP server name (RFC 2132 §9.4). */
    public static final DhcpOption<String> TFTP_SERVER_NAME = known(66, "TFTP server name", OptionFormat.text());

    /** 67, boot file name, or the boot file URL of UEFI HTTP boot (RFC 2132 §9.5). */
    public static final DhcpOption<String> BOOT_FILE_NAME = known(67, "boot file name", OptionFormat.text());

    /**
     * 77, user classes. Read in the form of RFC 3004 §4 or as the bare text that iPXE sends, written in the form of the
     * RFC.
     */
    public static final DhcpOption<List<String>> USER_CLASSES = known(77, "user classes", UserClasses.FORMAT);

    /** 82, relay agent information: a server sends it back as it came (RFC 3046). */
    public static final DhcpOption<RelayAgentInformation> RELAY_AGENT_INFORMATION =
            known(82, "relay agent information", RelayAgentInformation.SPACE);

    /** 93, client system architectures, the preferred one first (RFC 4578 §2.1). */
    public static final DhcpOption<List<ClientArchitecture>> CLIENT_ARCHITECTURES = known(
            93,
            "client architectures",
            OptionFormat.list(OptionFormats.scalar(
                    in -> ClientArchitecture.of(in.readUnsignedShort()),
                    (architecture, out) -> out.writeShort(architecture.code()),
                    ClientArchitecture::toString,
                    plain -> ClientArchitecture.parse(Plain.text(plain)))));

    /** 94, client network interface, the version of UNDI (RFC 4578 §2.2). */
    public static final DhcpOption<ClientNetworkInterface> CLIENT_NETWORK_INTERFACE = known(
            94,
            "client network interface",
            RecordFormat.of(
                    field("type", OptionFormat.unsignedByte(), ClientNetworkInterface::type),
                    field("majorVersion", OptionFormat.unsignedByte(), ClientNetworkInterface::majorVersion),
                    field("minorVersion", OptionFormat.unsignedByte(), ClientNetworkInterface::minorVersion),
                    ClientNetworkInterface::new));

    /** 97, client machine identifier, the UUID (RFC 4578 §2.3). */
    public static final DhcpOption<ClientMachineIdentifier> CLIENT_MACHINE_IDENTIFIER = known(
            97,
            "client machine identifier",
            OptionFormat.of(
                    ClientMachineIdentifier::decode, ClientMachineIdentifier::encode, ClientMachineIdentifier::parse));

    /** 121, classless static routes as octets (RFC 3442). */
    public static final DhcpOption<byte[]> CLASSLESS_STATIC_ROUTES =
            known(121, "classless static routes", OptionFormat.bytes());

    /** 175, iPXE's own suboptions. */
    public static final DhcpOption<IpxeOptions> IPXE = known(175, "iPXE", IpxeOptions.SPACE);

    /** 209, the configuration file of PXELINUX (RFC 5071 §4). */
    public static final DhcpOption<String> PXELINUX_CONFIG_FILE =
            known(209, "PXELINUX configuration file", OptionFormat.text());

    /** 210, the path prefix of PXELINUX (RFC 5071 §5). */
    public static final DhcpOption<String> PXELINUX_PATH_PREFIX =
            known(210, "PXELINUX path prefix", OptionFormat.text());

    private DhcpOption(int code, String name, OptionFormat<T> format) {
        super("option", code, name, format);
    }

    /**
     * Makes a key for an option.
     *
     * @param <T> the type of the value
     * @param code 1 to 254; 0 and 255 are PAD and END, which have no value
     * @param name for messages
     * @param format how values are read and written
     * @return the key
     * @throws IllegalArgumentException if the code is out of range
     */
    public static <T> DhcpOption<T> of(int code, String name, OptionFormat<T> format) {
        return new DhcpOption<>(DhcpOptions.checkedCode(code), name, format);
    }

    private static <T> DhcpOption<T> known(int code, String name, OptionFormat<T> format) {
        DhcpOption<T> option = of(code, name, format);
        KNOWN[code] = option;
        return option;
    }

    /**
     * {@return the constant with this code}
     *
     * @param code the code
     */
    public static Optional<DhcpOption<?>> forCode(int code) {
        return code < 0 || code >= KNOWN.length ? Optional.empty() : Optional.ofNullable(KNOWN[code]);
    }

    /** {@return all constants, by code} */
    public static List<DhcpOption<?>> known() {
        return Stream.<DhcpOption<?>>of(KNOWN).filter(Objects::nonNull).toList();
    }
}
