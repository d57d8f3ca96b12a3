package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.RecordFormat;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A DHCPv4 option as a typed key: its code, its name and how its value is read and written. The constants are the
 * options of IANA's registry and the private ones that boot clients use; {@link #of} makes a key for any other.
 *
 * <pre>{@code
 * DhcpOption<Integer> rack = DhcpOption.of(224, "rack", OptionFormat.unsignedByte());
 * Optional<Integer> number = packet.options().get(rack);
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class DhcpOption<T> extends OptionKey<T> {

    private static final DhcpOption<?>[] KNOWN = new DhcpOption<?>[255];

    /** 1, subnet mask (RFC 2132 §3.3). */
    public static final DhcpOption<Inet4Address> SUBNET_MASK = known(1, "subnet mask", OptionFormat.address());

    /**
     * 2, offset of the client's subnet from UTC, negative west of it (RFC 2132 §3.4); options 100 and 101 took its
     * place.
     */
    public static final DhcpOption<Duration> TIME_OFFSET = known(2, "time offset", OptionFormats.SIGNED_SECONDS);

    /** 3, routers in order of preference (RFC 2132 §3.5). */
    public static final DhcpOption<List<Inet4Address>> ROUTERS = known(3, "routers", OptionFormat.addresses());

    /** 4, RFC 868 time servers in order of preference (RFC 2132 §3.6). */
    public static final DhcpOption<List<Inet4Address>> TIME_SERVERS =
            known(4, "time servers", OptionFormat.addresses());

    /** 5, IEN 116 name servers in order of preference (RFC 2132 §3.7). */
    public static final DhcpOption<List<Inet4Address>> NAME_SERVERS =
            known(5, "name servers", OptionFormat.addresses());

    /** 6, domain name servers in order of preference (RFC 2132 §3.8). */
    public static final DhcpOption<List<Inet4Address>> DOMAIN_NAME_SERVERS =
            known(6, "domain name servers", OptionFormat.addresses());

    /** 7, MIT-LCS UDP log servers in order of preference (RFC 2132 §3.9). */
    public static final DhcpOption<List<Inet4Address>> LOG_SERVERS = known(7, "log servers", OptionFormat.addresses());

    /** 8, RFC 865 cookie servers in order of preference (RFC 2132 §3.10). */
    public static final DhcpOption<List<Inet4Address>> COOKIE_SERVERS =
            known(8, "cookie servers", OptionFormat.addresses());

    /** 9, RFC 1179 line printer servers in order of preference (RFC 2132 §3.11). */
    public static final DhcpOption<List<Inet4Address>> LPR_SERVERS = known(9, "LPR servers", OptionFormat.addresses());

    /** 10, Imagen Impress servers in order of preference (RFC 2132 §3.12). */
    public static final DhcpOption<List<Inet4Address>> IMPRESS_SERVERS =
            known(10, "Impress servers", OptionFormat.addresses());

    /** 11, RFC 887 resource location servers in order of preference (RFC 2132 §3.13). */
    public static final DhcpOption<List<Inet4Address>> RESOURCE_LOCATION_SERVERS =
            known(11, "resource location servers", OptionFormat.addresses());

    /** 12, the client's host name (RFC 2132 §3.14). */
    public static final DhcpOption<String> HOST_NAME = known(12, "host name", OptionFormat.text());

    /** 13, length of the boot file in blocks of 512 octets (RFC 2132 §3.15). */
    public static final DhcpOption<Integer> BOOT_FILE_SIZE = known(13, "boot file size", OptionFormat.unsignedShort());

    /** 14, path of the file for the client's core image (RFC 2132 §3.16). */
    public static final DhcpOption<String> MERIT_DUMP_FILE = known(14, "merit dump file", OptionFormat.text());

    /** 15, domain name (RFC 2132 §3.17). */
    public static final DhcpOption<String> DOMAIN_NAME = known(15, "domain name", OptionFormat.text());

    /** 16, swap server (RFC 2132 §3.18). */
    public static final DhcpOption<Inet4Address> SWAP_SERVER = known(16, "swap server", OptionFormat.address());

    /** 17, root path (RFC 2132 §3.19); iPXE reads it as a SAN target. */
    public static final DhcpOption<String> ROOT_PATH = known(17, "root path", OptionFormat.text());

    /** 18, TFTP path of a file with more options (RFC 2132 §3.20). */
    public static final DhcpOption<String> EXTENSIONS_PATH = known(18, "extensions path", OptionFormat.text());

    /** 19, whether the client forwards packets (RFC 2132 §4.1). */
    public static final DhcpOption<Boolean> IP_FORWARDING = known(19, "IP forwarding", OptionFormat.flag());

    /** 20, whether the client forwards packets with non-local source routes (RFC 2132 §4.2). */
    public static final DhcpOption<Boolean> NON_LOCAL_SOURCE_ROUTING =
            known(20, "non-local source routing", OptionFormat.flag());

    /** 21, destinations that incoming source routes may have (RFC 2132 §4.3). */
    public static final DhcpOption<List<PolicyFilter>> POLICY_FILTERS =
            known(21, "policy filters", OptionFormat.list(PolicyFilter.FORMAT));

    /** 22, largest datagram that the client reassembles, in octets, 576 or more (RFC 2132 §4.4). */
    public static final DhcpOption<Integer> MAXIMUM_DATAGRAM_REASSEMBLY_SIZE =
            known(22, "maximum datagram reassembly size", new RangedFormat(OptionFormat.unsignedShort(), 576, 0xffff));

    /** 23, time to live of outgoing datagrams, 1 to 255 (RFC 2132 §4.5). */
    public static final DhcpOption<Integer> DEFAULT_IP_TTL =
            known(23, "default IP TTL", new RangedFormat(OptionFormat.unsignedByte(), 1, 0xff));

    /** 24, how long a discovered path MTU holds (RFC 2132 §4.6). */
    public static final DhcpOption<Duration> PATH_MTU_AGING_TIMEOUT =
            known(24, "path MTU aging timeout", OptionFormat.seconds());

    /** 25, path MTUs to try, in octets, the smallest first, each 68 or more (RFC 2132 §4.7). */
    public static final DhcpOption<List<Integer>> PATH_MTU_PLATEAU_TABLE = known(
            25,
            "path MTU plateau table",
            OptionFormat.list(new RangedFormat(OptionFormat.unsignedShort(), 68, 0xffff)));

    /** 26, interface MTU in octets, 68 or more (RFC 2132 §5.1). */
    public static final DhcpOption<Integer> INTERFACE_MTU =
            known(26, "interface MTU", new RangedFormat(OptionFormat.unsignedShort(), 68, 0xffff));

    /** 27, whether all subnets have the MTU of the client's own (RFC 2132 §5.2). */
    public static final DhcpOption<Boolean> ALL_SUBNETS_LOCAL = known(27, "all subnets local", OptionFormat.flag());

    /** 28, broadcast address (RFC 2132 §5.3). */
    public static final DhcpOption<Inet4Address> BROADCAST_ADDRESS =
            known(28, "broadcast address", OptionFormat.address());

    /** 29, whether the client asks for its subnet mask by ICMP (RFC 2132 §5.4). */
    public static final DhcpOption<Boolean> PERFORM_MASK_DISCOVERY =
            known(29, "perform mask discovery", OptionFormat.flag());

    /** 30, whether the client answers requests for the subnet mask by ICMP (RFC 2132 §5.5). */
    public static final DhcpOption<Boolean> MASK_SUPPLIER = known(30, "mask supplier", OptionFormat.flag());

    /** 31, whether the client solicits routers, RFC 1256 (RFC 2132 §5.6). */
    public static final DhcpOption<Boolean> PERFORM_ROUTER_DISCOVERY =
            known(31, "perform router discovery", OptionFormat.flag());

    /** 32, where the client sends router solicitations (RFC 2132 §5.7). */
    public static final DhcpOption<Inet4Address> ROUTER_SOLICITATION_ADDRESS =
            known(32, "router solicitation address", OptionFormat.address());

    /** 33, routes by class of address (RFC 2132 §5.8); {@link #CLASSLESS_STATIC_ROUTES} took their place. */
    public static final DhcpOption<List<StaticRoute>> STATIC_ROUTES =
            known(33, "static routes", OptionFormat.list(StaticRoute.FORMAT));

    /** 34, whether the client negotiates trailers, RFC 893, with ARP (RFC 2132 §6.1). */
    public static final DhcpOption<Boolean> TRAILER_ENCAPSULATION =
            known(34, "trailer encapsulation", OptionFormat.flag());

    /** 35, how long entries of the ARP cache hold (RFC 2132 §6.2). */
    public static final DhcpOption<Duration> ARP_CACHE_TIMEOUT = known(35, "ARP cache timeout", OptionFormat.seconds());

    /** 36, false for Ethernet version 2, RFC 894, true for IEEE 802.3, RFC 1042 (RFC 2132 §6.3). */
    public static final DhcpOption<Boolean> ETHERNET_ENCAPSULATION =
            known(36, "Ethernet encapsulation", OptionFormat.flag());

    /** 37, time to live of outgoing TCP segments, 1 to 255 (RFC 2132 §7.1). */
    public static final DhcpOption<Integer> TCP_DEFAULT_TTL =
            known(37, "TCP default TTL", new RangedFormat(OptionFormat.unsignedByte(), 1, 0xff));

    /** 38, how long to wait before a keepalive message; zero for none (RFC 2132 §7.2). */
    public static final DhcpOption<Duration> TCP_KEEPALIVE_INTERVAL =
            known(38, "TCP keepalive interval", OptionFormat.seconds());

    /** 39, whether keepalive messages have an octet of garbage (RFC 2132 §7.3). */
    public static final DhcpOption<Boolean> TCP_KEEPALIVE_GARBAGE =
            known(39, "TCP keepalive garbage", OptionFormat.flag());

    /** 40, NIS domain (RFC 2132 §8.1). */
    public static final DhcpOption<String> NIS_DOMAIN = known(40, "NIS domain", OptionFormat.text());

    /** 41, NIS servers in order of preference (RFC 2132 §8.2). */
    public static final DhcpOption<List<Inet4Address>> NIS_SERVERS = known(41, "NIS servers", OptionFormat.addresses());

    /** 42, NTP servers in order of preference (RFC 2132 §8.3). */
    public static final DhcpOption<List<Inet4Address>> NTP_SERVERS = known(42, "NTP servers", OptionFormat.addresses());

    /** 43, vendor-specific information (RFC 2132 §8.4); for PXE see {@link dev.pxekit.dhcp.pxe.PxeVendorOptions}. */
    public static final DhcpOption<byte[]> VENDOR_SPECIFIC_INFORMATION =
            known(43, "vendor-specific information", OptionFormat.bytes());

    /** 44, NetBIOS name servers (WINS) in order of preference (RFC 2132 §8.5). */
    public static final DhcpOption<List<Inet4Address>> NETBIOS_NAME_SERVERS =
            known(44, "NetBIOS name servers", OptionFormat.addresses());

    /** 45, NetBIOS datagram distribution servers in order of preference (RFC 2132 §8.6). */
    public static final DhcpOption<List<Inet4Address>> NETBIOS_DATAGRAM_DISTRIBUTION_SERVERS =
            known(45, "NetBIOS datagram distribution servers", OptionFormat.addresses());

    /** 46, NetBIOS node type: 1 B, 2 P, 4 M, 8 H (RFC 2132 §8.7). */
    public static final DhcpOption<Integer> NETBIOS_NODE_TYPE =
            known(46, "NetBIOS node type", OptionFormat.unsignedByte());

    /** 47, NetBIOS over TCP/IP scope (RFC 2132 §8.8). */
    public static final DhcpOption<String> NETBIOS_SCOPE = known(47, "NetBIOS scope", OptionFormat.text());

    /** 48, X Window System font servers in order of preference (RFC 2132 §8.9). */
    public static final DhcpOption<List<Inet4Address>> X_WINDOW_FONT_SERVERS =
            known(48, "X Window font servers", OptionFormat.addresses());

    /** 49, X Window System display managers in order of preference (RFC 2132 §8.10). */
    public static final DhcpOption<List<Inet4Address>> X_WINDOW_DISPLAY_MANAGERS =
            known(49, "X Window display managers", OptionFormat.addresses());

    /** 50, the address a client asks for (RFC 2132 §9.1). */
    public static final DhcpOption<Inet4Address> REQUESTED_ADDRESS =
            known(50, "requested address", OptionFormat.address());

    /** 51, lease time; 4294967295 seconds are without end (RFC 2132 §9.2). */
    public static final DhcpOption<Duration> LEASE_TIME = known(51, "lease time", OptionFormat.seconds());

    /** 52, overload: 1 options in {@code file}, 2 in {@code sname}, 3 in both (RFC 2132 §9.3). */
    public static final DhcpOption<Integer> OVERLOAD =
            known(52, "overload", new RangedFormat(OptionFormat.unsignedByte(), 1, 3));

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
            known(57, "maximum message size", new RangedFormat(OptionFormat.unsignedShort(), 576, 0xffff));

    /** 58, renewal time T1 (RFC 2132 §9.11). */
    public static final DhcpOption<Duration> RENEWAL_TIME = known(58, "renewal time", OptionFormat.seconds());

    /** 59, rebinding time T2 (RFC 2132 §9.12). */
    public static final DhcpOption<Duration> REBINDING_TIME = known(59, "rebinding time", OptionFormat.seconds());

    /**
     * 60, vendor class identifier: {@code PXEClient:Arch:00007:UNDI:003000} from firmware (RFC 2132 §9.13, PXE 2.1).
     */
    public static final DhcpOption<String> VENDOR_CLASS_IDENTIFIER =
            known(60, "vendor class identifier", OptionFormat.text());

    /** 61, client identifier, two octets or more (RFC 2132 §9.14). */
    public static final DhcpOption<ClientIdentifier> CLIENT_IDENTIFIER =
            known(61, "client identifier", ClientIdentifier.FORMAT);

    /** 62, NetWare/IP domain (RFC 2242). */
    public static final DhcpOption<String> NETWARE_IP_DOMAIN = known(62, "NetWare/IP domain", OptionFormat.text());

    /** 63, NetWare/IP information: suboptions as they are (RFC 2242). */
    public static final DhcpOption<List<RawOption>> NETWARE_IP_INFORMATION =
            known(63, "NetWare/IP information", OptionFormats.RAW_OPTIONS);

    /** 64, NIS+ domain (RFC 2132 §8.11). */
    public static final DhcpOption<String> NIS_PLUS_DOMAIN = known(64, "NIS+ domain", OptionFormat.text());

    /** 65, NIS+ servers in order of preference (RFC 2132 §8.12). */
    public static final DhcpOption<List<Inet4Address>> NIS_PLUS_SERVERS =
            known(65, "NIS+ servers", OptionFormat.addresses());

    /** 66, TFTP server name (RFC 2132 §9.4). */
    public static final DhcpOption<String> TFTP_SERVER_NAME = known(66, "TFTP server name", OptionFormat.text());

    /** 67, boot file name, or the boot file URL of UEFI HTTP boot (RFC 2132 §9.5). */
    public static final DhcpOption<String> BOOT_FILE_NAME = known(67, "boot file name", OptionFormat.text());

    /** 68, mobile IP home agents in order of preference, perhaps none (RFC 2132 §8.13). */
    public static final DhcpOption<List<Inet4Address>> MOBILE_IP_HOME_AGENTS =
            known(68, "mobile IP home agents", OptionFormat.listOrNone(OptionFormat.address()));

    /** 69, SMTP servers in order of preference (RFC 2132 §8.14). */
    public static final DhcpOption<List<Inet4Address>> SMTP_SERVERS =
            known(69, "SMTP servers", OptionFormat.addresses());

    /** 70, POP3 servers in order of preference (RFC 2132 §8.15). */
    public static final DhcpOption<List<Inet4Address>> POP3_SERVERS =
            known(70, "POP3 servers", OptionFormat.addresses());

    /** 71, NNTP servers in order of preference (RFC 2132 §8.16). */
    public static final DhcpOption<List<Inet4Address>> NNTP_SERVERS =
            known(71, "NNTP servers", OptionFormat.addresses());

    /** 72, World Wide Web servers in order of preference (RFC 2132 §8.17). */
    public static final DhcpOption<List<Inet4Address>> WWW_SERVERS = known(72, "WWW servers", OptionFormat.addresses());

    /** 73, finger servers in order of preference (RFC 2132 §8.18). */
    public static final DhcpOption<List<Inet4Address>> FINGER_SERVERS =
            known(73, "finger servers", OptionFormat.addresses());

    /** 74, IRC servers in order of preference (RFC 2132 §8.19). */
    public static final DhcpOption<List<Inet4Address>> IRC_SERVERS = known(74, "IRC servers", OptionFormat.addresses());

    /** 75, StreetTalk servers in order of preference (RFC 2132 §8.20). */
    public static final DhcpOption<List<Inet4Address>> STREETTALK_SERVERS =
            known(75, "StreetTalk servers", OptionFormat.addresses());

    /** 76, StreetTalk directory assistance (STDA) servers in order of preference (RFC 2132 §8.21). */
    public static final DhcpOption<List<Inet4Address>> STREETTALK_DIRECTORY_ASSISTANCE_SERVERS =
            known(76, "StreetTalk directory assistance servers", OptionFormat.addresses());

    /**
     * 77, user classes. Read in the form of RFC 3004 §4 or as the bare text that iPXE sends, written in the form of
     * the RFC.
     */
    public static final DhcpOption<List<String>> USER_CLASSES = known(77, "user classes", UserClasses.FORMAT);

    /** 78, directory agents of the service location protocol (RFC 2610 §3). */
    public static final DhcpOption<SlpDirectoryAgents> SLP_DIRECTORY_AGENTS =
            known(78, "SLP directory agents", SlpDirectoryAgents.FORMAT);

    /** 79, scopes of the service location protocol (RFC 2610 §4). */
    public static final DhcpOption<SlpServiceScope> SLP_SERVICE_SCOPE =
            known(79, "SLP service scope", SlpServiceScope.FORMAT);

    /** 80, rapid commit: two messages instead of four (RFC 4039 §4). */
    public static final DhcpOption<Boolean> RAPID_COMMIT = known(80, "rapid commit", OptionFormat.presence());

    /** 81, the client's fully qualified domain name and who updates DNS (RFC 4702 §2). */
    public static final DhcpOption<ClientFqdn> CLIENT_FQDN = known(81, "client FQDN", ClientFqdn.FORMAT);

    /** 82, relay agent information: a server sends it back as it came (RFC 3046). */
    public static final DhcpOption<RelayAgentInformation> RELAY_AGENT_INFORMATION =
            known(82, "relay agent information", RelayAgentInformation.SPACE);

    /** 83, Internet storage name servers and how to use them (RFC 4174 §2). */
    public static final DhcpOption<IsnsServers> ISNS_SERVERS = known(83, "iSNS servers", IsnsServers.FORMAT);

    /** 85, Novell Directory Services servers in order of preference (RFC 2241 §2). */
    public static final DhcpOption<List<Inet4Address>> NDS_SERVERS = known(85, "NDS servers", OptionFormat.addresses());

    /** 86, Novell Directory Services tree (RFC 2241 §3). */
    public static final DhcpOption<String> NDS_TREE_NAME = known(86, "NDS tree name", OptionFormat.text());

    /** 87, Novell Directory Services context (RFC 2241 §4). */
    public static final DhcpOption<String> NDS_CONTEXT = known(87, "NDS context", OptionFormat.text());

    /** 88, domain names of broadcast and multicast service controllers in order of preference (RFC 4280). */
    public static final DhcpOption<List<String>> BCMCS_CONTROLLER_DOMAIN_NAMES =
            known(88, "BCMCS controller domain names", OptionFormat.list(OptionFormat.domainName()));

    /** 89, addresses of broadcast and multicast service controllers in order of preference (RFC 4280). */
    public static final DhcpOption<List<Inet4Address>> BCMCS_CONTROLLER_ADDRESSES =
            known(89, "BCMCS controller addresses", OptionFormat.addresses());

    /** 90, authentication of the message (RFC 3118 §2, RFC 6704). */
    public static final DhcpOption<DhcpAuthentication> AUTHENTICATION =
            known(90, "authentication", DhcpAuthentication.FORMAT);

    /** 91, how long ago the server last heard from the client (RFC 4388 §6.1). */
    public static final DhcpOption<Duration> CLIENT_LAST_TRANSACTION_TIME =
            known(91, "client last transaction time", OptionFormat.seconds());

    /** 92, all addresses that are bound to the client asked for (RFC 4388 §6.1). */
    public static final DhcpOption<List<Inet4Address>> ASSOCIATED_ADDRESSES =
            known(92, "associated addresses", OptionFormat.addresses());

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

    /** 95, LDAP servers as a URL, in use by Apple without a document (RFC 3679). */
    public static final DhcpOption<String> LDAP = known(95, "LDAP", OptionFormat.text());

    /** 97, client machine identifier, the UUID (RFC 4578 §2.3). */
    public static final DhcpOption<ClientMachineIdentifier> CLIENT_MACHINE_IDENTIFIER = known(
            97,
            "client machine identifier",
            OptionFormat.of(
                    ClientMachineIdentifier::decode, ClientMachineIdentifier::encode, ClientMachineIdentifier::parse));

    /** 98, URLs of user authentication services with blanks between (RFC 2485). */
    public static final DhcpOption<String> USER_AUTHENTICATION_PROTOCOL =
            known(98, "user authentication protocol", OptionFormat.text());

    /** 99, where the client is, as a postal address (RFC 4776 §3.1). */
    public static final DhcpOption<CivicLocation> CIVIC_LOCATION = known(99, "civic location", CivicLocation.FORMAT);

    /** 100, time zone as POSIX writes TZ (RFC 4833 §2). */
    public static final DhcpOption<String> TZ_POSIX_STRING = known(100, "TZ POSIX string", OptionFormat.text());

    /** 101, time zone as a name of the TZ database (RFC 4833 §2). */
    public static final DhcpOption<String> TZ_DATABASE_STRING = known(101, "TZ database string", OptionFormat.text());

    /**
     * 108, how long a client that can do without IPv4 leaves DHCPv4 off; it takes less than 300 seconds as 300 (RFC
     * 8925 §3.1).
     */
    public static final DhcpOption<Duration> IPV6_ONLY_PREFERRED =
            known(108, "IPv6-only preferred", OptionFormat.seconds());

    /** 109, the client's IPv6 source address for softwires (RFC 8539). */
    public static final DhcpOption<Inet6Address> DHCP4O6_SOURCE_ADDRESS =
            known(109, "DHCP 4o6 source address", OptionFormat.address6());

    /** 112, NetInfo parent servers, in use by Apple without a document (RFC 3679). */
    public static final DhcpOption<List<Inet4Address>> NETINFO_PARENT_SERVER_ADDRESSES =
            known(112, "NetInfo parent server addresses", OptionFormat.addresses());

    /** 113, tag of the NetInfo parent server, in use by Apple without a document (RFC 3679). */
    public static final DhcpOption<String> NETINFO_PARENT_SERVER_TAG =
            known(113, "NetInfo parent server tag", OptionFormat.text());

    /** 114, URI of the captive portal API (RFC 8910 §2.1). */
    public static final DhcpOption<String> CAPTIVE_PORTAL = known(114, "captive portal", OptionFormat.text());

    /** 116, 0: the client must not give itself a link-local address; 1: it may (RFC 2563). */
    public static final DhcpOption<Integer> AUTO_CONFIGURE =
            known(116, "auto-configure", new RangedFormat(OptionFormat.unsignedByte(), 0, 1));

    /** 117, name services in the order to ask them, by the code of their option, 0 for local ones (RFC 2937). */
    public static final DhcpOption<List<Integer>> NAME_SERVICE_SEARCH =
            known(117, "name service search", OptionFormat.list(OptionFormat.unsignedShort()));

    /** 118, an address of the subnet from which to allocate (RFC 3011). */
    public static final DhcpOption<Inet4Address> SUBNET_SELECTION =
            known(118, "subnet selection", OptionFormat.address());

    /** 119, domains to search, written with compression (RFC 3397 §2). */
    public static final DhcpOption<List<String>> DOMAIN_SEARCH = known(119, "domain search", DomainNames.COMPRESSED);

    /** 120, SIP outbound proxies in order of preference (RFC 3361 §3). */
    public static final DhcpOption<SipServers> SIP_SERVERS = known(120, "SIP servers", SipServers.FORMAT);

    /** 121, classless static routes; a client that asks for them ignores options 3 and 33 (RFC 3442). */
    public static final DhcpOption<List<ClasslessRoute>> CLASSLESS_STATIC_ROUTES =
            known(121, "classless static routes", OptionFormat.list(ClasslessRoute.FORMAT));

    /** 122, CableLabs client configuration: suboptions as they are (RFC 3495). */
    public static final DhcpOption<List<RawOption>> CABLELABS_CLIENT_CONFIGURATION =
            known(122, "CableLabs client configuration", OptionFormats.RAW_OPTIONS);

    /** 123, where the client is, as coordinates: 16 octets of bit fields (RFC 6225). */
    public static final DhcpOption<byte[]> GEOCONF = known(123, "GeoConf", OptionFormats.octets(16));

    /** 124, vendor classes, by enterprise number (RFC 3925 §3). */
    public static final DhcpOption<List<VendorData>> VENDOR_IDENTIFYING_VENDOR_CLASS =
            known(124, "vendor-identifying vendor class", OptionFormat.list(VendorData.FORMAT));

    /** 125, vendor-specific information, by enterprise number (RFC 3925 §4). */
    public static final DhcpOption<List<VendorData>> VENDOR_IDENTIFYING_VENDOR_SPECIFIC_INFORMATION =
            known(125, "vendor-identifying vendor-specific information", OptionFormat.list(VendorData.FORMAT));

    /** 128, for use by PXE vendors, or the addresses of TFTP servers for IP telephones (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_128 = known(128, "PXE 128", OptionFormat.bytes());

    /** 129, for use by PXE vendors (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_129 = known(129, "PXE 129", OptionFormat.bytes());

    /** 130, for use by PXE vendors (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_130 = known(130, "PXE 130", OptionFormat.bytes());

    /** 131, for use by PXE vendors (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_131 = known(131, "PXE 131", OptionFormat.bytes());

    /** 132, for use by PXE vendors, or the VLAN of IP telephones (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_132 = known(132, "PXE 132", OptionFormat.bytes());

    /** 133, for use by PXE vendors, or the layer 2 priority of IP telephones (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_133 = known(133, "PXE 133", OptionFormat.bytes());

    /** 134, for use by PXE vendors, or the DSCP of IP telephones (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_134 = known(134, "PXE 134", OptionFormat.bytes());

    /** 135, for use by PXE vendors, or the HTTP proxy of IP telephones (RFC 4578). */
    public static final DhcpOption<byte[]> PXE_135 = known(135, "PXE 135", OptionFormat.bytes());

    /** 136, PANA authentication agents in order of preference (RFC 5192). */
    public static final DhcpOption<List<Inet4Address>> PANA_AGENTS =
            known(136, "PANA agents", OptionFormat.addresses());

    /** 137, domain name of the location-to-service translation server (RFC 5223). */
    public static final DhcpOption<String> LOST_SERVER = known(137, "LoST server", OptionFormat.domainName());

    /** 138, CAPWAP access controllers in order of preference (RFC 5417). */
    public static final DhcpOption<List<Inet4Address>> CAPWAP_ACCESS_CONTROLLERS =
            known(138, "CAPWAP access controllers", OptionFormat.addresses());

    /** 139, addresses of IEEE 802.21 mobility servers, by service (RFC 5678). */
    public static final DhcpOption<List<MobilityServerAddresses>> MOBILITY_SERVER_ADDRESSES =
            known(139, "mobility server addresses", OptionFormat.list(MobilityServerAddresses.FORMAT));

    /** 140, domain names of IEEE 802.21 mobility servers, by service (RFC 5678). */
    public static final DhcpOption<List<MobilityServerNames>> MOBILITY_SERVER_NAMES =
            known(140, "mobility server names", OptionFormat.list(MobilityServerNames.FORMAT));

    /** 141, domains that have configuration for SIP user agents (RFC 6011). */
    public static final DhcpOption<List<String>> SIP_UA_CONFIGURATION_DOMAINS =
            known(141, "SIP UA configuration domains", OptionFormat.list(OptionFormat.domainName()));

    /** 142, access network discovery and selection servers in order of preference (RFC 6153). */
    public static final DhcpOption<List<Inet4Address>> ANDSF_SERVERS =
            known(142, "ANDSF servers", OptionFormat.addresses());

    /** 143, URIs of bootstrap servers for secure zero touch provisioning (RFC 8572 §8.1). */
    public static final DhcpOption<List<String>> SZTP_REDIRECT =
            known(143, "SZTP redirect", OptionFormat.list(OptionFormat.prefixed16(OptionFormat.text())));

    /** 144, where the client is, as coordinates with uncertainty: 16 octets of bit fields (RFC 6225). */
    public static final DhcpOption<byte[]> GEOLOC = known(144, "GeoLoc", OptionFormats.octets(16));

    /** 145, algorithms that the client knows for FORCERENEW nonces, 1 for HMAC-MD5 (RFC 6704). */
    public static final DhcpOption<List<Integer>> FORCERENEW_NONCE_CAPABLE =
            known(145, "FORCERENEW nonce capable", OptionFormat.list(OptionFormat.unsignedByte()));

    /** 146, name servers for certain domains (RFC 6731 §4.3). */
    public static final DhcpOption<RdnssSelection> RDNSS_SELECTION =
            known(146, "RDNSS selection", RdnssSelection.FORMAT);

    /** 147, domain name of the DDoS open threat signaling agent (RFC 8973). */
    public static final DhcpOption<String> DOTS_REFERENCE_IDENTIFIER =
            known(147, "DOTS reference identifier", OptionFormat.domainName());

    /** 148, addresses of DDoS open threat signaling agents in order of preference (RFC 8973). */
    public static final DhcpOption<List<Inet4Address>> DOTS_ADDRESSES =
            known(148, "DOTS addresses", OptionFormat.addresses());

    /** 150, TFTP servers for VoIP devices in order of preference (RFC 5859). */
    public static final DhcpOption<List<Inet4Address>> TFTP_SERVER_ADDRESSES =
            known(150, "TFTP server addresses", OptionFormat.addresses());

    /** 151, status of a leasequery (RFC 6926 §6.2). */
    public static final DhcpOption<LeasequeryStatus> LEASEQUERY_STATUS =
            known(151, "leasequery status", LeasequeryStatus.FORMAT);

    /**
     * 152, the server's absolute time when it made the message, in seconds; the RFC names no epoch (RFC 6926 §6.2.3).
     */
    public static final DhcpOption<Long> BASE_TIME = known(152, "base time", OptionFormat.unsignedInt());

    /** 153, how long before the base time the address got into its state (RFC 6926 §6.2). */
    public static final DhcpOption<Duration> START_TIME_OF_STATE =
            known(153, "start time of state", OptionFormat.seconds());

    /** 154, absolute time in seconds, as the base time: bindings that changed from then on (RFC 6926 §6.2). */
    public static final DhcpOption<Long> QUERY_START_TIME = known(154, "query start time", OptionFormat.unsignedInt());

    /** 155, absolute time in seconds, as the base time: bindings that changed up to then (RFC 6926 §6.2). */
    public static final DhcpOption<Long> QUERY_END_TIME = known(155, "query end time", OptionFormat.unsignedInt());

    /**
     * 156, state of the address: 1 available, 2 active, 3 expired, 4 released, 5 abandoned, 6 reset, 7 remote, 8
     * transitioning (RFC 6926 §6.2).
     */
    public static final DhcpOption<Integer> DHCP_STATE = known(156, "DHCP state", OptionFormat.unsignedByte());

    /** 157, bits on where the data of a binding is from; 1 for another server (RFC 6926 §6.2). */
    public static final DhcpOption<Integer> DATA_SOURCE = known(157, "data source", OptionFormat.unsignedByte());

    /** 158, port control protocol servers, each with its addresses (RFC 7291). */
    public static final DhcpOption<List<List<Inet4Address>>> PCP_SERVERS =
            known(158, "PCP servers", OptionFormat.list(OptionFormat.prefixed8(OptionFormat.addresses())));

    /** 159, the ports of a shared address (RFC 7618 §9). */
    public static final DhcpOption<PortParameters> PORT_PARAMETERS =
            known(159, "port parameters", PortParameters.FORMAT);

    /** 161, URL of the manufacturer usage description (RFC 8520 §10). */
    public static final DhcpOption<String> MUD_URL = known(161, "MUD URL", OptionFormat.text());

    /** 162, encrypted DNS resolvers (RFC 9463 §5.1). */
    public static final DhcpOption<List<EncryptedDnsServer>> ENCRYPTED_DNS_SERVERS =
            known(162, "encrypted DNS servers", OptionFormat.list(EncryptedDnsServer.FORMAT));

    /** 175, iPXE's own suboptions. */
    public static final DhcpOption<IpxeOptions> IPXE = known(175, "iPXE", IpxeOptions.SPACE);

    /** 176, settings of IP telephones; tentatively assigned. */
    public static final DhcpOption<String> IP_TELEPHONY = known(176, "IP telephony", OptionFormat.text());

    /** 177, PacketCable and CableHome, or Etherboot; tentatively assigned. */
    public static final DhcpOption<byte[]> PACKETCABLE = known(177, "PacketCable", OptionFormat.bytes());

    /** 201, qualified name of the first iSCSI target; private, used with iPXE. */
    public static final DhcpOption<String> ISCSI_PRIMARY_TARGET =
            known(201, "iSCSI primary target", OptionFormat.text());

    /** 202, qualified name of the second iSCSI target; private, used with iPXE. */
    public static final DhcpOption<String> ISCSI_SECONDARY_TARGET =
            known(202, "iSCSI secondary target", OptionFormat.text());

    /** 203, qualified name of the iSCSI initiator; private, used with iPXE. */
    public static final DhcpOption<String> ISCSI_INITIATOR = known(203, "iSCSI initiator", OptionFormat.text());

    /** 208, 0xf100747e, which older PXELINUX wants beside its options (RFC 5071 §3). */
    public static final DhcpOption<Long> PXELINUX_MAGIC = known(208, "PXELINUX magic", OptionFormat.unsignedInt());

    /** 209, the configuration file of PXELINUX (RFC 5071 §4). */
    public static final DhcpOption<String> PXELINUX_CONFIG_FILE =
            known(209, "PXELINUX configuration file", OptionFormat.text());

    /** 210, the path prefix of PXELINUX (RFC 5071 §5). */
    public static final DhcpOption<String> PXELINUX_PATH_PREFIX =
            known(210, "PXELINUX path prefix", OptionFormat.text());

    /** 211, how long after a failure PXELINUX starts the machine again; zero for never (RFC 5071 §6). */
    public static final DhcpOption<Duration> PXELINUX_REBOOT_TIME =
            known(211, "PXELINUX reboot time", OptionFormat.seconds());

    /** 212, IPv6 over this network by 6rd (RFC 5969 §7.1.1). */
    public static final DhcpOption<SixRd> SIX_RD = known(212, "6rd", SixRd.FORMAT);

    /** 213, domain name of the access network, where location servers are found (RFC 5986). */
    public static final DhcpOption<String> ACCESS_NETWORK_DOMAIN_NAME =
            known(213, "access network domain name", OptionFormat.domainName());

    /** 220, allocation of subnets (RFC 6656). */
    public static final DhcpOption<SubnetAllocation> SUBNET_ALLOCATION =
            known(220, "subnet allocation", SubnetAllocation.FORMAT);

    /** 221, the VPN from which to allocate (RFC 6607 §3.1). */
    public static final DhcpOption<VirtualSubnetSelection> VIRTUAL_SUBNET_SELECTION =
            known(221, "virtual subnet selection", VirtualSubnetSelection.FORMAT);

    /** 249, as option 121, from before RFC 3442; private, asked for by Windows. */
    public static final DhcpOption<List<ClasslessRoute>> MICROSOFT_CLASSLESS_STATIC_ROUTES =
            known(249, "Microsoft classless static routes", OptionFormat.list(ClasslessRoute.FORMAT));

    /** 252, URL of the web proxy configuration file (WPAD); private. */
    public static final DhcpOption<String> PROXY_AUTODISCOVERY = known(252, "proxy autodiscovery", OptionFormat.text());

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
