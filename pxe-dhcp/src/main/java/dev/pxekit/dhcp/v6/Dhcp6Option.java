package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpAuthentication;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionKey;
import dev.pxekit.dhcp.VirtualSubnetSelection;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A DHCPv6 option as a typed key: its code, its name and how its value is read and written. The constants are the options of
 * the registry, without those of failover; {@link #of} makes a key for any other, and for options inside vendors' options.
 *
 * <pre>{@code
 * Optional<String> url = message.options().get(Dhcp6Option.BOOT_FILE_URL);
 * List<IaNa> associations = message.options().getAll(Dhcp6Option.IA_NA);
 * }</pre>
 *
 * @param <T> the type of the value
 */
public final class Dhcp6Option<T> extends OptionKey<T> {

    private static final int LARGEST_KNOWN = 148;

    private static final @Nullable Dhcp6Option<?>[] KNOWN = new Dhcp6Option<?>[LARGEST_KNOWN + 1];

    private static final OptionFormat<List<Inet6Address>> ADDRESSES = OptionFormat.list(OptionFormat.address6());
    private static final OptionFormat<List<String>> NAMES = OptionFormat.list(OptionFormat.domainName());
    private static final OptionFormat<List<String>> TEXTS =
            OptionFormat.list(OptionFormat.prefixed16(OptionFormat.text()));
    private static final OptionFormat<List<Integer>> CODES = OptionFormat.list(OptionFormat.unsignedShort());

    /** 1, the client's DUID (RFC 8415 §21.2). */
    public static final Dhcp6Option<Duid> CLIENT_IDENTIFIER = known(1, "client identifier", Duid.FORMAT);

    /** 2, the server's DUID (RFC 8415 §21.3). */
    public static final Dhcp6Option<Duid> SERVER_IDENTIFIER = known(2, "server identifier", Duid.FORMAT);

    /** 3, identity association for non-temporary addresses; repeatable (RFC 8415 §21.4). */
    public static final Dhcp6Option<IaNa> IA_NA = known(3, "IA_NA", IaNa.FORMAT);

    /** 4, identity association for temporary addresses; repeatable (RFC 8415 §21.5, dropped by RFC 9915). */
    public static final Dhcp6Option<IaTa> IA_TA = known(4, "IA_TA", IaTa.FORMAT);

    /** 5, an address, in an identity association; repeatable (RFC 8415 §21.6). */
    public static final Dhcp6Option<IaAddress> IA_ADDRESS = known(5, "IA address", IaAddress.FORMAT);

    /** 6, codes of the options that a client asks for (RFC 8415 §21.7). */
    public static final Dhcp6Option<List<Integer>> OPTION_REQUEST = known(6, "option request", CODES);

    /** 7, a server's preference, 0 to 255; with 255 a client looks no further (RFC 8415 §21.8). */
    public static final Dhcp6Option<Integer> PREFERENCE = known(7, "preference", OptionFormat.unsignedByte());

    /**
     * 8, how long the client has been at it, in hundredths of a second (RFC 8415 §21.9); 655.35 seconds stand for that or
     * longer, and longer times are written so. The plain form is the number of hundredths.
     */
    public static final Dhcp6Option<Duration> ELAPSED_TIME = known(8, "elapsed time", ElapsedTime.FORMAT);

    /** 9, the message in a relay agent message (RFC 8415 §21.10). */
    public static final Dhcp6Option<Dhcp6Message> RELAY_MESSAGE = known(9, "relay message", MessageFormat.FORMAT);

    /** 11, authentication (RFC 8415 §21.11). */
    public static final Dhcp6Option<DhcpAuthentication> AUTHENTICATION =
            known(11, "authentication", DhcpOption.AUTHENTICATION.format());

    /** 12, an address to which the client may send by unicast (RFC 8415 §21.12, dropped by RFC 9915). */
    public static final Dhcp6Option<Inet6Address> SERVER_UNICAST = known(12, "server unicast", OptionFormat.address6());

    /** 13, a status (RFC 8415 §21.13). */
    public static final Dhcp6Option<Status> STATUS_CODE = known(13, "status code", Status.FORMAT);

    /** 14, two messages instead of four (RFC 8415 §21.14). */
    public static final Dhcp6Option<Boolean> RAPID_COMMIT = known(14, "rapid commit", OptionFormat.presence());

    /** 15, classes of the user; iPXE sends {@code iPXE} (RFC 8415 §21.15). */
    public static final Dhcp6Option<List<String>> USER_CLASSES = known(15, "user classes", TEXTS);

    /** 16, a vendor's classes: boot firmware tells what it is; repeatable (RFC 8415 §21.16). */
    public static final Dhcp6Option<VendorClass> VENDOR_CLASS = known(16, "vendor class", VendorClass.FORMAT);

    /** 17, a vendor's own options; repeatable (RFC 8415 §21.17). */
    public static final Dhcp6Option<VendorSpecificInformation> VENDOR_SPECIFIC_INFORMATION =
            known(17, "vendor-specific information", VendorSpecificInformation.FORMAT);

    /** 18, a relay agent's interface, which a server sends back as it came (RFC 8415 §21.18). */
    public static final Dhcp6Option<byte[]> INTERFACE_ID = known(18, "interface id", OptionFormat.bytes());

    /** 19, which message a RECONFIGURE asks for (RFC 8415 §21.19). */
    public static final Dhcp6Option<Dhcp6MessageType> RECONFIGURE_MESSAGE =
            known(19, "reconfigure message", Dhcp6MessageType.FORMAT);

    /** 20, the client takes RECONFIGURE (RFC 8415 §21.20). */
    public static final Dhcp6Option<Boolean> RECONFIGURE_ACCEPT =
            known(20, "reconfigure accept", OptionFormat.presence());

    /** 21, names of SIP servers (RFC 3319 §3.1). */
    public static final Dhcp6Option<List<String>> SIP_SERVER_NAMES = known(21, "SIP server names", NAMES);

    /** 22, SIP servers (RFC 3319 §3.2). */
    public static final Dhcp6Option<List<Inet6Address>> SIP_SERVER_ADDRESSES =
            known(22, "SIP server addresses", ADDRESSES);

    /** 23, recursive DNS servers in order of preference (RFC 3646 §3). */
    public static final Dhcp6Option<List<Inet6Address>> DNS_SERVERS = known(23, "DNS servers", ADDRESSES);

    /** 24, domains to look names up in (RFC 3646 §4). */
    public static final Dhcp6Option<List<String>> DOMAIN_SEARCH_LIST = known(24, "domain search list", NAMES);

    /** 25, identity association for delegated prefixes; repeatable (RFC 8415 §21.21). */
    public static final Dhcp6Option<IaPd> IA_PD = known(25, "IA_PD", IaPd.FORMAT);

    /** 26, a prefix, in an identity association; repeatable (RFC 8415 §21.22). */
    public static final Dhcp6Option<IaPrefix> IA_PREFIX = known(26, "IA prefix", IaPrefix.FORMAT);

    /** 27, NIS servers (RFC 3898 §3). */
    public static final Dhcp6Option<List<Inet6Address>> NIS_SERVERS = known(27, "NIS servers", ADDRESSES);

    /** 28, NIS+ servers (RFC 3898 §4). */
    public static final Dhcp6Option<List<Inet6Address>> NISP_SERVERS = known(28, "NIS+ servers", ADDRESSES);

    /** 29, NIS domain (RFC 3898 §5). */
    public static final Dhcp6Option<String> NIS_DOMAIN_NAME = known(29, "NIS domain name", OptionFormat.domainName());

    /** 30, NIS+ domain (RFC 3898 §6). */
    public static final Dhcp6Option<String> NISP_DOMAIN_NAME = known(30, "NIS+ domain name", OptionFormat.domainName());

    /** 31, SNTP servers; see {@link #NTP_SERVER} (RFC 4075 §4). */
    public static final Dhcp6Option<List<Inet6Address>> SNTP_SERVERS = known(31, "SNTP servers", ADDRESSES);

    /**
     * 32, how long a client waits before it asks for options again (RFC 8415 §21.23); 4294967295 seconds mean for ever, less
     * than 600 count as 600, and absent means 86400.
     */
    public static final Dhcp6Option<Duration> INFORMATION_REFRESH_TIME =
            known(32, "information refresh time", OptionFormat.seconds());

    /** 33, names of broadcast and multicast service controllers (RFC 4280). */
    public static final Dhcp6Option<List<String>> BCMCS_SERVER_NAMES = known(33, "BCMCS server names", NAMES);

    /** 34, broadcast and multicast service controllers (RFC 4280). */
    public static final Dhcp6Option<List<Inet6Address>> BCMCS_SERVER_ADDRESSES =
            known(34, "BCMCS server addresses", ADDRESSES);

    /** 36, where the client is, as a postal address (RFC 4776 §3.2). */
    public static final Dhcp6Option<byte[]> CIVIC_LOCATION = known(36, "civic location", OptionFormat.bytes());

    /** 37, what a relay agent knows of the far end of a circuit (RFC 4649 §3). */
    public static final Dhcp6Option<RemoteId> REMOTE_ID = known(37, "remote id", RemoteId.FORMAT);

    /** 38, what a relay agent knows of the subscriber (RFC 4580 §2). */
    public static final Dhcp6Option<byte[]> SUBSCRIBER_ID = known(38, "subscriber id", OptionFormat.bytes());

    /** 39, the client's domain name and who updates DNS (RFC 4704 §4). */
    public static final Dhcp6Option<ClientFqdn> CLIENT_FQDN = known(39, "client FQDN", ClientFqdn.FORMAT);

    /** 40, PANA authentication agents (RFC 5192). */
    public static final Dhcp6Option<List<Inet6Address>> PANA_AGENTS = known(40, "PANA agents", ADDRESSES);

    /** 41, time zone as in {@code EST5EDT4,M3.2.0/02:00,M11.1.0/02:00} (RFC 4833). */
    public static final Dhcp6Option<String> TIME_ZONE_POSIX = known(41, "time zone, POSIX", OptionFormat.text());

    /** 42, time zone as in {@code Europe/Zurich} (RFC 4833). */
    public static final Dhcp6Option<String> TIME_ZONE_NAME = known(42, "time zone name", OptionFormat.text());

    /** 43, codes of the options that a relay agent wants back (RFC 4994). */
    public static final Dhcp6Option<List<Integer>> ECHO_REQUEST = known(43, "echo request", CODES);

    /** 44, what a lease query asks for (RFC 5007 §4.1.2.1). */
    public static final Dhcp6Option<LeaseQuery> LQ_QUERY = known(44, "lease query", LeaseQuery.FORMAT);

    /** 45, what is known of a client (RFC 5007 §4.1.2.2). */
    public static final Dhcp6Option<Dhcp6Options> LQ_CLIENT_DATA = known(45, "client data", Dhcp6Options.FORMAT);

    /** 46, how long ago the client's last message was (RFC 5007 §4.1.2.3). */
    public static final Dhcp6Option<Duration> LQ_CLIENT_LAST_TRANSACTION_TIME =
            known(46, "client last transaction time", OptionFormat.seconds());

    /** 47, the relay agent message of the client's last message (RFC 5007 §4.1.2.4). */
    public static final Dhcp6Option<LeaseQueryRelayData> LQ_RELAY_DATA =
            known(47, "relay data", LeaseQueryRelayData.FORMAT);

    /** 48, links on which the client has bindings (RFC 5007 §4.1.2.5). */
    public static final Dhcp6Option<List<Inet6Address>> LQ_CLIENT_LINKS = known(48, "client links", ADDRESSES);

    /** 51, name of a location-to-service server (RFC 5223). */
    public static final Dhcp6Option<String> LOST_SERVER = known(51, "LoST server", OptionFormat.domainName());

    /** 52, controllers of wireless access points (RFC 5417). */
    public static final Dhcp6Option<List<Inet6Address>> CAPWAP_CONTROLLERS = known(52, "CAPWAP controllers", ADDRESSES);

    /** 53, a relay agent's DUID (RFC 5460 §5.4.1). */
    public static final Dhcp6Option<Duid> RELAY_ID = known(53, "relay id", Duid.FORMAT);

    /** 56, an NTP server, in one suboption of {@link NtpServer}; repeatable (RFC 5908 §4). */
    public static final Dhcp6Option<Dhcp6Options> NTP_SERVER = known(56, "NTP server", NtpServer.FORMAT);

    /** 57, domain of the access network (RFC 5986). */
    public static final Dhcp6Option<String> ACCESS_DOMAIN = known(57, "access domain", OptionFormat.domainName());

    /** 58, domains of SIP user agent configuration (RFC 6011). */
    public static final Dhcp6Option<List<String>> SIP_UA_SERVICE_DOMAINS = known(58, "SIP UA service domains", NAMES);

    /** 59, URL of the boot file (RFC 5970 §3.1). */
    public static final Dhcp6Option<String> BOOT_FILE_URL = known(59, "boot file URL", OptionFormat.text());

    /** 60, parameters of the boot file, such as a kernel's, in order (RFC 5970 §3.2). */
    public static final Dhcp6Option<List<String>> BOOT_FILE_PARAMETERS = known(60, "boot file parameters", TEXTS);

    /** 61, client system architectures, the preferred one first (RFC 5970 §3.3). */
    public static final Dhcp6Option<List<ClientArchitecture>> CLIENT_ARCHITECTURES =
            known(61, "client architectures", DhcpOption.CLIENT_ARCHITECTURES.format());

    /** 62, client network interface, the version of UNDI (RFC 5970 §3.4). */
    public static final Dhcp6Option<ClientNetworkInterface> CLIENT_NETWORK_INTERFACE =
            known(62, "client network interface", DhcpOption.CLIENT_NETWORK_INTERFACE.format());

    /** 64, name of the far end of a DS-Lite tunnel (RFC 6334 §3). */
    public static final Dhcp6Option<String> AFTR_NAME = known(64, "AFTR name", OptionFormat.domainName());

    /** 65, domain of EAP re-authentication (RFC 6440). */
    public static final Dhcp6Option<String> ERP_LOCAL_DOMAIN_NAME =
            known(65, "ERP local domain name", OptionFormat.domainName());

    /** 66, options that a relay agent wants the client to get (RFC 6422). */
    public static final Dhcp6Option<Dhcp6Options> RELAY_SUPPLIED_OPTIONS =
            known(66, "relay-supplied options", Dhcp6Options.FORMAT);

    /** 67, a prefix that is left out of a delegated one (RFC 6603 §4.2). */
    public static final Dhcp6Option<PrefixExclude> PD_EXCLUDE = known(67, "PD exclude", PrefixExclude.FORMAT);

    /** 68, virtual private network of the client (RFC 6607). */
    public static final Dhcp6Option<VirtualSubnetSelection> VIRTUAL_SUBNET_SELECTION =
            known(68, "virtual subnet selection", DhcpOption.VIRTUAL_SUBNET_SELECTION.format());

    /** 74, a recursive DNS server for some domains; repeatable (RFC 6731 §4.2). */
    public static final Dhcp6Option<RdnssSelection> RDNSS_SELECTION =
            known(74, "RDNSS selection", RdnssSelection.FORMAT);

    /** 79, the client's link-layer address as a relay agent saw it (RFC 6939 §4). */
    public static final Dhcp6Option<ClientLinkLayerAddress> CLIENT_LINK_LAYER_ADDRESS =
            known(79, "client link-layer address", ClientLinkLayerAddress.FORMAT);

    /** 80, the link of clients to be reconfigured (RFC 6977). */
    public static final Dhcp6Option<Inet6Address> LINK_ADDRESS = known(80, "link address", OptionFormat.address6());

    /** 82, longest wait between SOLICIT messages, 60 to 86400 seconds; clients ignore others (RFC 8415 §21.24). */
    public static final Dhcp6Option<Duration> SOL_MAX_RT = known(82, "SOL_MAX_RT", OptionFormat.seconds());

    /** 83, longest wait between INFORMATION-REQUEST messages, 60 to 86400 seconds; clients ignore others (RFC 8415 §21.25). */
    public static final Dhcp6Option<Duration> INF_MAX_RT = known(83, "INF_MAX_RT", OptionFormat.seconds());

    /** 84, policy by which source addresses are chosen (RFC 7078 §2). */
    public static final Dhcp6Option<AddressSelection> ADDRESS_SELECTION =
            known(84, "address selection", AddressSelection.FORMAT);

    /** 86, addresses of one port control protocol server; repeatable (RFC 7291). */
    public static final Dhcp6Option<List<Inet6Address>> PCP_SERVERS = known(86, "PCP servers", ADDRESSES);

    /** 87, a DHCPv4 packet, for {@link dev.pxekit.dhcp.DhcpCodec} (RFC 7341). */
    public static final Dhcp6Option<byte[]> DHCPV4_MESSAGE = known(87, "DHCPv4 message", OptionFormat.bytes());

    /** 88, servers for DHCPv4 over DHCPv6; none stands for all servers by multicast (RFC 7341). */
    public static final Dhcp6Option<List<Inet6Address>> DHCP_4O6_SERVERS =
            known(88, "DHCP 4o6 servers", OptionFormat.listOrNone(OptionFormat.address6()));

    /** 94, rules of MAP-E, with values that are octets here (RFC 7598). */
    public static final Dhcp6Option<Dhcp6Options> S46_CONTAINER_MAP_E =
            known(94, "S46 container, MAP-E", Dhcp6Options.FORMAT);

    /** 95, rules of MAP-T, with values that are octets here (RFC 7598). */
    public static final Dhcp6Option<Dhcp6Options> S46_CONTAINER_MAP_T =
            known(95, "S46 container, MAP-T", Dhcp6Options.FORMAT);

    /** 96, lightweight 4over6, with values that are octets here (RFC 7598). */
    public static final Dhcp6Option<Dhcp6Options> S46_CONTAINER_LIGHTWEIGHT_4OVER6 =
            known(96, "S46 container, lightweight 4over6", Dhcp6Options.FORMAT);

    /** 103, URI of the captive portal API (RFC 8910 §2.2). */
    public static final Dhcp6Option<String> CAPTIVE_PORTAL = known(103, "captive portal", OptionFormat.text());

    /** 112, URL of the manufacturer's description of the device's traffic (RFC 8520 §10). */
    public static final Dhcp6Option<String> MUD_URL = known(112, "MUD URL", OptionFormat.text());

    /** 135, a relay agent's port if it is not 547, which a server sends back (RFC 8357). */
    public static final Dhcp6Option<Integer> RELAY_SOURCE_PORT =
            known(135, "relay source port", OptionFormat.unsignedShort());

    /** 136, URIs of bootstrap servers of secure zero touch provisioning (RFC 8572 §8.2). */
    public static final Dhcp6Option<List<String>> SZTP_REDIRECT = known(136, "SZTP redirect", TEXTS);

    /** 143, access network discovery and selection servers (RFC 6153). */
    public static final Dhcp6Option<List<Inet6Address>> ANDSF_SERVERS = known(143, "ANDSF servers", ADDRESSES);

    /** 144, a DNS resolver that is reached with encryption; repeatable (RFC 9463 §4.1). */
    public static final Dhcp6Option<EncryptedDns> ENCRYPTED_DNS = known(144, "encrypted DNS", EncryptedDns.FORMAT);

    /** 148, the network registers addresses that clients made themselves (RFC 9686). */
    public static final Dhcp6Option<Boolean> ADDRESS_REGISTRATION =
            known(148, "address registration", OptionFormat.presence());

    private Dhcp6Option(int code, String name, OptionFormat<T> format) {
        super("option", code, name, format);
    }

    /**
     * Makes a key for an option.
     *
     * @param <T> the type of the value
     * @param code 1 to 65535
     * @param name for messages
     * @param format how values are read and written
     * @return the key
     * @throws IllegalArgumentException if the code is out of range
     */
    public static <T> Dhcp6Option<T> of(int code, String name, OptionFormat<T> format) {
        if (code < 1 || code > 0xffff) {
            throw new IllegalArgumentException("option code: " + code + " (expected: 1..65535)");
        }
        return new Dhcp6Option<>(code, name, format);
    }

    private static <T> Dhcp6Option<T> known(int code, String name, OptionFormat<T> format) {
        Dhcp6Option<T> option = of(code, name, format);
        KNOWN[code] = option;
        return option;
    }

    /** The constant with this code, if there is one. */
    static @Nullable Dhcp6Option<?> find(int code) {
        return code < 0 || code > LARGEST_KNOWN ? null : KNOWN[code];
    }

    /**
     * {@return the constant with this code}
     *
     * @param code the code
     */
    public static Optional<Dhcp6Option<?>> forCode(int code) {
        return Optional.ofNullable(find(code));
    }

    /** {@return all constants, by code} */
    public static List<Dhcp6Option<?>> known() {
        return Stream.<@Nullable Dhcp6Option<?>>of(KNOWN)
                .filter(Objects::nonNull)
                .<Dhcp6Option<?>>map(Objects::requireNonNull)
                .toList();
    }
}
