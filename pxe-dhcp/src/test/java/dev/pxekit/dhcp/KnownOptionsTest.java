package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every known option: its value, its octets and its plain form; and what is no value of it. */
class KnownOptionsTest {

    private static final int ROUNDS = 2_000;

    private static final Inet4Address FIRST = Ipv4.parse("10.0.0.1");
    private static final Inet4Address SECOND = Ipv4.parse("192.0.2.255");
    private static final List<Inet4Address> BOTH = List.of(FIRST, SECOND);
    private static final String BOTH_HEX = "0a000001c00002ff";
    private static final List<String> BOTH_PLAIN = List.of("10.0.0.1", "192.0.2.255");

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static Arguments of(OptionKey<?> key, Object value, String hex, Object plain) {
        return Arguments.of(key, value, hex, plain);
    }

    /** Options whose formats are those that several options have. */
    static Stream<Arguments> simple() {
        List<Arguments> values = new ArrayList<>();
        for (DhcpOption<?> option : DhcpOption.known()) {
            OptionFormat<?> format = option.format();
            if (format.equals(OptionFormat.address())) {
                values.add(of(option, SECOND, "c00002ff", "192.0.2.255"));
            } else if (format.equals(OptionFormat.addresses())) {
                values.add(of(option, BOTH, BOTH_HEX, BOTH_PLAIN));
            } else if (format.equals(OptionFormat.text())) {
                values.add(of(option, "a \u00e9", "6120c3a9", "a \u00e9"));
            } else if (format.equals(OptionFormat.flag())) {
                values.add(of(option, true, "01", true));
                values.add(of(option, false, "00", false));
            } else if (format.equals(OptionFormat.seconds())) {
                values.add(of(option, Duration.ofSeconds(0xffff_fffeL), "fffffffe", 0xffff_fffeL));
            } else if (format.equals(OptionFormat.bytes())) {
                values.add(of(option, new byte[] {1, -1}, "01ff", "01ff"));
            } else if (format.equals(OptionFormat.domainName())) {
                values.add(of(option, "a.example", "0161076578616d706c6500", "a.example"));
            } else if (format.equals(OptionFormat.unsignedByte())) {
                values.add(of(option, 255, "ff", 255));
            } else if (format.equals(OptionFormat.unsignedShort())) {
                values.add(of(option, 0xfffe, "fffe", 0xfffe));
            } else if (format.equals(OptionFormat.unsignedInt())) {
                values.add(of(option, 0xf100747eL, "f100747e", 0xf100747eL));
            }
        }
        return values.stream();
    }

    /** Options with formats of their own. */
    static Stream<Arguments> special() {
        return Stream.of(
                of(DhcpOption.TIME_OFFSET, Duration.ofHours(-1), "fffff1f0", -3600L),
                of(
                        DhcpOption.POLICY_FILTERS,
                        List.of(new PolicyFilter(Ipv4.parse("10.0.0.0"), Ipv4.parse("255.0.0.0"))),
                        "0a000000ff000000",
                        List.of(Map.of("address", "10.0.0.0", "mask", "255.0.0.0"))),
                of(DhcpOption.MAXIMUM_DATAGRAM_REASSEMBLY_SIZE, 576, "0240", 576),
                of(DhcpOption.DEFAULT_IP_TTL, 1, "01", 1),
                of(DhcpOption.PATH_MTU_PLATEAU_TABLE, List.of(68, 1500), "004405dc", List.of(68, 1500)),
                of(DhcpOption.INTERFACE_MTU, 68, "0044", 68),
                of(
                        DhcpOption.STATIC_ROUTES,
                        List.of(new StaticRoute(FIRST, SECOND), new StaticRoute(SECOND, FIRST)),
                        BOTH_HEX + "c00002ff0a000001",
                        List.of(
                                Map.of("destination", "10.0.0.1", "router", "192.0.2.255"),
                                Map.of("destination", "192.0.2.255", "router", "10.0.0.1"))),
                of(DhcpOption.TCP_DEFAULT_TTL, 255, "ff", 255),
                of(DhcpOption.OVERLOAD, 3, "03", 3),
                of(DhcpOption.PARAMETER_REQUEST_LIST, List.of(1, 0, 255), "0100ff", List.of(1, 0, 255)),
                of(DhcpOption.MAXIMUM_MESSAGE_SIZE, 576, "0240", 576),
                of(
                        DhcpOption.NETWARE_IP_INFORMATION,
                        List.of(RawOption.of(2, new byte[0]), RawOption.of(5, new byte[] {1})),
                        "0200050101",
                        List.of(Map.of("option", 2, "hex", ""), Map.of("option", 5, "hex", "01"))),
                of(DhcpOption.MOBILE_IP_HOME_AGENTS, List.of(), "", List.of()),
                of(DhcpOption.MOBILE_IP_HOME_AGENTS, BOTH, BOTH_HEX, BOTH_PLAIN),
                of(
                        DhcpOption.SLP_DIRECTORY_AGENTS,
                        new SlpDirectoryAgents(true, BOTH),
                        "01" + BOTH_HEX,
                        Map.of("mandatory", true, "addresses", BOTH_PLAIN)),
                of(
                        DhcpOption.SLP_SERVICE_SCOPE,
                        new SlpServiceScope(false, "a,b"),
                        "00612c62",
                        Map.of("mandatory", false, "scopes", "a,b")),
                of(
                        DhcpOption.SLP_SERVICE_SCOPE,
                        new SlpServiceScope(true, ""),
                        "01",
                        Map.of("mandatory", true, "scopes", "")),
                of(DhcpOption.RAPID_COMMIT, true, "", true),
                of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(ClientFqdn.CANONICAL | ClientFqdn.SERVER_UPDATES, 0, 0, "pc.example."),
                        "050000" + "027063076578616d706c6500",
                        Map.of("flags", 5, "rcode1", 0, "rcode2", 0, "name", "pc.example.")),
                of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(ClientFqdn.CANONICAL, 255, 255, "pc"),
                        "04ffff" + "027063",
                        Map.of("flags", 4, "rcode1", 255, "rcode2", 255, "name", "pc")),
                of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(ClientFqdn.NO_UPDATES, 0, 0, "pc.example"),
                        "080000" + hex("pc.example"),
                        Map.of("flags", 8, "rcode1", 0, "rcode2", 0, "name", "pc.example")),
                of(
                        DhcpOption.CLIENT_FQDN,
                        new ClientFqdn(ClientFqdn.CANONICAL, 0, 0, ""),
                        "040000",
                        Map.of("flags", 4, "rcode1", 0, "rcode2", 0, "name", "")),
                of(
                        DhcpOption.ISNS_SERVERS,
                        new IsnsServers(3, 0x21, 0x8000, 0xffff_ffffL, BOTH),
                        "000300218000ffffffff" + BOTH_HEX,
                        Map.of(
                                "functions",
                                3,
                                "discoveryDomainAccess",
                                0x21,
                                "administrativeFlags",
                                0x8000,
                                "securityBitmap",
                                0xffff_ffffL,
                                "addresses",
                                BOTH_PLAIN)),
                of(
                        DhcpOption.BCMCS_CONTROLLER_DOMAIN_NAMES,
                        List.of("a.b", "c"),
                        "0161016200016300",
                        List.of("a.b", "c")),
                of(
                        DhcpOption.AUTHENTICATION,
                        new DhcpAuthentication(3, 1, 0, -2, Octets.parse("01aa")),
                        "030100fffffffffffffffe01aa",
                        Map.of(
                                "protocol",
                                3,
                                "algorithm",
                                1,
                                "replayDetectionMethod",
                                0,
                                "replayDetection",
                                "18446744073709551614",
                                "information",
                                "01aa")),
                of(
                        DhcpOption.CIVIC_LOCATION,
                        new CivicLocation(2, "DE", List.of(RawOption.of(1, new byte[] {'B', 'E'}))),
                        "024445" + "01024245",
                        Map.of(
                                "what",
                                2,
                                "countryCode",
                                "DE",
                                "elements",
                                List.of(Map.of("option", 1, "hex", "4245")))),
                of(
                        DhcpOption.DHCP4O6_SOURCE_ADDRESS,
                        Ipv6.parse("2001:db8::1"),
                        "20010db8000000000000000000000001",
                        "2001:db8::1"),
                of(DhcpOption.AUTO_CONFIGURE, 0, "00", 0),
                of(DhcpOption.NAME_SERVICE_SEARCH, List.of(6, 0), "00060000", List.of(6, 0)),
                of(
                        DhcpOption.DOMAIN_SEARCH,
                        List.of("eng.apple.com", "marketing.apple.com"),
                        "03656e67056170706c6503636f6d00096d61726b6574696e67c004",
                        List.of("eng.apple.com", "marketing.apple.com")),
                of(
                        DhcpOption.SIP_SERVERS,
                        SipServers.ofNames(List.of("a.b", "c.b")),
                        "00" + "0161016200" + "0163016200",
                        Map.of("names", List.of("a.b", "c.b"))),
                of(
                        DhcpOption.SIP_SERVERS,
                        SipServers.ofAddresses(BOTH),
                        "01" + BOTH_HEX,
                        Map.of("addresses", BOTH_PLAIN)),
                of(
                        DhcpOption.CLASSLESS_STATIC_ROUTES,
                        List.of(
                                new ClasslessRoute(Ipv4.ANY, 0, FIRST),
                                new ClasslessRoute(Ipv4.parse("10.0.0.0"), 8, FIRST),
                                new ClasslessRoute(Ipv4.parse("10.17.0.0"), 16, Ipv4.ANY),
                                new ClasslessRoute(Ipv4.parse("10.27.129.0"), 24, FIRST),
                                new ClasslessRoute(Ipv4.parse("10.229.0.128"), 25, FIRST),
                                new ClasslessRoute(Ipv4.parse("10.198.122.47"), 32, FIRST)),
                        "000a000001" + "080a0a000001" + "100a1100000000" + "180a1b810a000001" + "190ae500800a000001"
                                + "200ac67a2f0a000001",
                        List.of(
                                "0.0.0.0/0 via 10.0.0.1",
                                "10.0.0.0/8 via 10.0.0.1",
                                "10.17.0.0/16 via 0.0.0.0",
                                "10.27.129.0/24 via 10.0.0.1",
                                "10.229.0.128/25 via 10.0.0.1",
                                "10.198.122.47/32 via 10.0.0.1")),
                of(
                        DhcpOption.CABLELABS_CLIENT_CONFIGURATION,
                        List.of(RawOption.of(1, new byte[] {10, 0, 0, 1})),
                        "01040a000001",
                        List.of(Map.of("option", 1, "hex", "0a000001"))),
                of(DhcpOption.GEOCONF, new byte[16], "00".repeat(16), "00".repeat(16)),
                of(
                        DhcpOption.VENDOR_IDENTIFYING_VENDOR_CLASS,
                        List.of(
                                new VendorData(4491, Octets.parse("026162")),
                                new VendorData(0xffff_ffffL, Octets.EMPTY)),
                        "0000118b03026162" + "ffffffff00",
                        List.of(
                                Map.of("enterpriseNumber", 4491L, "data", "026162"),
                                Map.of("enterpriseNumber", 0xffff_ffffL, "data", ""))),
                of(
                        DhcpOption.VENDOR_IDENTIFYING_VENDOR_SPECIFIC_INFORMATION,
                        List.of(new VendorData(4491, Octets.parse("010100"))),
                        "0000118b03010100",
                        List.of(Map.of("enterpriseNumber", 4491L, "data", "010100"))),
                of(
                        DhcpOption.MOBILITY_SERVER_ADDRESSES,
                        List.of(new MobilityServerAddresses(1, BOTH), new MobilityServerAddresses(3, List.of(FIRST))),
                        "0108" + BOTH_HEX + "03040a000001",
                        List.of(
                                Map.of("service", 1, "addresses", BOTH_PLAIN),
                                Map.of("service", 3, "addresses", List.of("10.0.0.1")))),
                of(
                        DhcpOption.MOBILITY_SERVER_NAMES,
                        List.of(new MobilityServerNames(2, List.of("a", "b"))),
                        "0206016100016200",
                        List.of(Map.of("service", 2, "names", List.of("a", "b")))),
                of(DhcpOption.SIP_UA_CONFIGURATION_DOMAINS, List.of("a", "b"), "016100016200", List.of("a", "b")),
                of(
                        DhcpOption.SZTP_REDIRECT,
                        List.of("https://a", "https://b:8443"),
                        "0009" + hex("https://a") + "000e" + hex("https://b:8443"),
                        List.of("https://a", "https://b:8443")),
                of(DhcpOption.GEOLOC, new byte[16], "00".repeat(16), "00".repeat(16)),
                of(DhcpOption.FORCERENEW_NONCE_CAPABLE, List.of(1), "01", List.of(1)),
                of(
                        DhcpOption.RDNSS_SELECTION,
                        new RdnssSelection(1, FIRST, SECOND, List.of("a.b", "")),
                        "01" + BOTH_HEX + "0161016200" + "00",
                        Map.of(
                                "flags",
                                1,
                                "primary",
                                "10.0.0.1",
                                "secondary",
                                "192.0.2.255",
                                "domains",
                                List.of("a.b", ""))),
                of(
                        DhcpOption.LEASEQUERY_STATUS,
                        new LeasequeryStatus(3, "bad"),
                        "03626164",
                        Map.of("code", 3, "message", "bad")),
                of(DhcpOption.LEASEQUERY_STATUS, new LeasequeryStatus(0, ""), "00", Map.of("code", 0, "message", "")),
                of(
                        DhcpOption.PCP_SERVERS,
                        List.of(BOTH, List.of(FIRST)),
                        "08" + BOTH_HEX + "040a000001",
                        List.of(BOTH_PLAIN, List.of("10.0.0.1"))),
                of(
                        DhcpOption.PORT_PARAMETERS,
                        new PortParameters(6, 16, 0xfff0),
                        "0610fff0",
                        Map.of("offset", 6, "length", 16, "identifier", 0xfff0)),
                of(
                        DhcpOption.ENCRYPTED_DNS_SERVERS,
                        List.of(
                                new EncryptedDnsServer(1, "dot.example", BOTH, Octets.parse("00010004036474")),
                                new EncryptedDnsServer(0xffff, "a", List.of(), Octets.EMPTY)),
                        "0020" + "0001" + "0d03646f74076578616d706c6500" + "08" + BOTH_HEX + "00010004036474" + "0006"
                                + "ffff" + "03016100",
                        List.of(
                                Map.of(
                                        "servicePriority",
                                        1,
                                        "authenticationDomainName",
                                        "dot.example",
                                        "addresses",
                                        BOTH_PLAIN,
                                        "serviceParameters",
                                        "00010004036474"),
                                Map.of(
                                        "servicePriority",
                                        0xffff,
                                        "authenticationDomainName",
                                        "a",
                                        "addresses",
                                        List.of(),
                                        "serviceParameters",
                                        ""))),
                of(
                        DhcpOption.SIX_RD,
                        new SixRd(8, 32, Ipv6.parse("2001:db8::"), BOTH),
                        "0820" + "20010db8000000000000000000000000" + BOTH_HEX,
                        Map.of(
                                "ipv4MaskLength",
                                8,
                                "prefixLength",
                                32,
                                "prefix",
                                "2001:db8::",
                                "borderRelays",
                                BOTH_PLAIN)),
                of(
                        DhcpOption.SUBNET_ALLOCATION,
                        new SubnetAllocation(1, List.of(RawOption.of(1, new byte[] {0, 24}))),
                        "0101020018",
                        Map.of("flags", 1, "suboptions", List.of(Map.of("option", 1, "hex", "0018")))),
                of(
                        DhcpOption.VIRTUAL_SUBNET_SELECTION,
                        new VirtualSubnetSelection(0, Octets.parse("6162")),
                        "006162",
                        Map.of("type", 0, "information", "6162")),
                of(
                        DhcpOption.MICROSOFT_CLASSLESS_STATIC_ROUTES,
                        List.of(new ClasslessRoute(Ipv4.parse("10.0.0.0"), 8, FIRST)),
                        "080a0a000001",
                        List.of("10.0.0.0/8 via 10.0.0.1")));
    }

    static Stream<Arguments> relayAgentSuboptions() {
        return Stream.of(
                of(RelayAgentInformation.CIRCUIT_ID, new byte[] {0, 4}, "0004", "0004"),
                of(RelayAgentInformation.REMOTE_ID, new byte[] {1}, "01", "01"),
                of(RelayAgentInformation.DOCSIS_DEVICE_CLASS, 1L, "00000001", 1L),
                of(RelayAgentInformation.LINK_SELECTION, FIRST, "0a000001", "10.0.0.1"),
                of(RelayAgentInformation.SUBSCRIBER_ID, "me", "6d65", "me"),
                of(
                        RelayAgentInformation.RADIUS_ATTRIBUTES,
                        List.of(RawOption.of(1, new byte[] {'m', 'e'}), RawOption.of(2, new byte[0])),
                        "01046d65" + "0202",
                        List.of(Map.of("option", 1, "hex", "6d65"), Map.of("option", 2, "hex", ""))),
                of(RelayAgentInformation.AUTHENTICATION, new byte[] {1, 0}, "0100", "0100"),
                of(
                        RelayAgentInformation.VENDOR_SPECIFIC_INFORMATION,
                        List.of(new VendorData(9, Octets.parse("010100"))),
                        "0000000903010100",
                        List.of(Map.of("enterpriseNumber", 9L, "data", "010100"))),
                of(RelayAgentInformation.RELAY_AGENT_FLAGS, 128, "80", 128),
                of(RelayAgentInformation.SERVER_IDENTIFIER_OVERRIDE, SECOND, "c00002ff", "192.0.2.255"),
                of(
                        RelayAgentInformation.RELAY_AGENT_IDENTIFIER,
                        Duid.linkLayer(HardwareAddress.parse("52:54:00:77:00:01")),
                        "00030001525400770001",
                        "00030001525400770001"),
                of(RelayAgentInformation.ACCESS_TECHNOLOGY_TYPE, 4, "0004", 4),
                of(RelayAgentInformation.ACCESS_NETWORK_NAME, "net", "6e6574", "net"),
                of(RelayAgentInformation.ACCESS_POINT_NAME, "ap", "6170", "ap"),
                of(
                        RelayAgentInformation.ACCESS_POINT_BSSID,
                        HardwareAddress.parse("52:54:00:77:00:01"),
                        "525400770001",
                        "52:54:00:77:00:01"),
                of(RelayAgentInformation.OPERATOR_IDENTIFIER, 0xffff_ffffL, "ffffffff", 0xffff_ffffL),
                of(RelayAgentInformation.OPERATOR_REALM, "a.b", "612e62", "a.b"),
                of(RelayAgentInformation.RELAY_SOURCE_PORT, true, "", true),
                of(
                        RelayAgentInformation.VIRTUAL_SUBNET_SELECTION,
                        new VirtualSubnetSelection(255, Octets.EMPTY),
                        "ff",
                        Map.of("type", 255, "information", "")),
                of(RelayAgentInformation.VIRTUAL_SUBNET_SELECTION_CONTROL, true, "", true));
    }

    @ParameterizedTest
    @MethodSource({"simple", "special", "relayAgentSuboptions"})
    <T> void readsAndWritesItsValue(OptionKey<T> key, T value, String hex, Object plain) throws Exception {
        byte[] octets = octets(hex);
        assertThat(key.encode(value)).isEqualTo(octets);
        assertThat(key.decode(octets)).isEqualTo(value);
        assertThat(key.format().toPlain(value)).isEqualTo(plain);
        assertThat(key.format().fromPlain(plain)).isEqualTo(value);
    }

    static Stream<OptionKey<?>> keys() {
        return Stream.concat(DhcpOption.known().stream(), relayAgentSuboptions().map(arguments ->
                (OptionKey<?>) arguments.get()[0]));
    }

    /** What is read from mutated or random octets is written to octets of the same value, and comes back from its plain form. */
    @ParameterizedTest
    @MethodSource("keys")
    <T> void givesItsValueBackWhateverTheOctets(OptionKey<T> key) throws Exception {
        Fuzz.run(ROUNDS / 2, octets -> checkRoundTrip(key, octets), seeds(key));
        Random random = new Random(key.code());
        for (int round = 0; round < ROUNDS / 2; round++) {
            byte[] octets = random(random, random.nextInt(round % 10 == 0 ? 255 : 24));
            try {
                checkRoundTrip(key, octets);
            } catch (DhcpFormatException e) {
                assertThat(e.offset()).isBetween(0L, (long) octets.length);
            }
        }
    }

    private static byte[][] seeds(OptionKey<?> key) {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(new byte[] {1, 4, 0, 0, 0, 1, 0});
        Stream.of(simple(), special(), relayAgentSuboptions())
                .flatMap(values -> values)
                .map(Arguments::get)
                .filter(value -> value[0].equals(key))
                .forEach(value -> seeds.add(octets((String) value[2])));
        return seeds.toArray(byte[][]::new);
    }

    /** Octets of which half are small numbers, which make lengths and codes that fit. */
    private static byte[] random(Random random, int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) random.nextInt(random.nextBoolean() ? 6 : 256);
        }
        return octets;
    }

    private static <T> void checkRoundTrip(OptionKey<T> key, byte[] octets) throws DhcpFormatException {
        T value = key.decode(octets);
        if (!isUnwritable(key, value)) {
            checkSame(octets, key.decode(key.encode(value)), value);
            checkSame(octets, key.format().fromPlain(key.format().toPlain(value)), value);
        }
    }

    private static void checkSame(byte[] octets, Object found, Object expected) {
        if (!Objects.deepEquals(found, expected)) {
            throw new AssertionError(HexFormat.of().formatHex(octets) + ": " + found + " is not " + expected);
        }
    }

    /** Suboptions keep octets that are none, and user classes may be bare text that their own form has no room for. */
    private static boolean isUnwritable(OptionKey<?> key, Object value) {
        if (value instanceof EncapsulatedOptions<?> suboptions) {
            return !suboptions.toBuilder().build().equals(suboptions);
        }
        return key == DhcpOption.USER_CLASSES
                && ((List<?>) value)
                        .stream()
                                .mapToInt(text -> text.toString().getBytes(StandardCharsets.UTF_8).length)
                                .anyMatch(length -> length < 1 || length > 255);
    }

    @ParameterizedTest(name = "option {0} of {1}: {3}")
    @CsvSource({
        // Numbers out of range.
        "22, 023f, 0, value: 575",
        "23, 00, 0, value: 0",
        "25, 05dc0043, 2, value: 67",
        "26, 0043, 0, value: 67",
        "37, 00, 0, value: 0",
        "52, 00, 0, value: 0",
        "52, 04, 0, value: 4",
        "57, 023f, 0, value: 575",
        "116, 02, 0, value: 2",
        "19, 02, 0, truth value 2",
        // Too short, too long, none.
        "1, ffffff, 0, 4 octets expected",
        "1, ffffff0000, 4, 1 octet too many",
        "2, 000000, 0, 4 octets expected",
        "3, '', 0, no values",
        "3, 0a00000100, 4, 4 octets expected",
        "21, 0a000001, 4, 4 octets expected",
        "33, 0a0000010a000002ff, 8, 4 octets expected",
        "80, 00, 0, 1 octet too many",
        "90, 0101, 2, 1 octet expected",
        "90, 010100ffffffffffffff, 3, 8 octets expected",
        "117, 000600, 2, 2 octets expected",
        "145, '', 0, no values",
        "146, 010a0000010a000002, 9, no values",
        "151, '', 0, 1 octet expected",
        "220, '', 0, 1 octet expected",
        "221, '', 0, 1 octet expected",
        "123, 00000000000000000000000000000000ff, 16, 1 octet too many",
        "144, 000000000000000000000000000000, 0, 16 octets expected",
        // 63, 99, 122: suboptions.
        "63, 02, 1, 1 octet expected",
        "63, 02050102, 2, 5 octets expected",
        "99, 0244, 1, 2 octets expected",
        "99, 02444501034245, 5, 3 octets expected",
        "122, 0104, 2, 4 octets expected",
        // 78, 79, 81, 83
        "78, 01, 1, no values",
        "78, 020a000001, 0, truth value 2",
        "79, '', 0, 1 octet expected",
        "81, '', 0, 1 octet expected",
        "81, 0400, 2, 1 octet expected",
        "81, 0400000361, 4, 3 octets expected",
        "81, 04000001610001, 6, 1 octet too many",
        "81, 040000c000, 3, compressed domain name",
        "83, 000300218000ffffffff, 10, no values",
        // 119, 120, 137
        "119, c000, 0, pointer to offset 0",
        "119, 016100c003, 3, pointer to offset 3",
        "119, 016100c0ff, 3, pointer to offset 255",
        "119, 0161, 2, domain name without an end",
        "120, 020a000001, 0, encoding: 2",
        "120, '', 0, 1 octet expected",
        "120, 00, 1, no domain names",
        "120, 01, 1, no values",
        "120, 00016100c003, 4, pointer to offset 3",
        "137, 0161c000, 2, compressed domain name",
        "137, 01610000, 3, 1 octet too many",
        "88, 0161c000, 2, compressed domain name",
        // 121: width, octets, router.
        "121, '', 0, no values",
        "121, 210a0000000a00000101, 0, width: 33",
        "121, 080a0a000001ff, 6, width: 255",
        "121, 180a1b, 3, 1 octet expected",
        "121, 080a0a0000, 2, 4 octets expected",
        "249, 210a0000000a00000101, 0, width: 33",
        // 124, 125: enterprise number, length, data.
        "124, '', 0, no values",
        "124, 000011, 0, 4 octets expected",
        "124, 0000118b, 4, 1 octet expected",
        "124, 0000118b046162, 5, 4 octets expected",
        "125, 0000118b02010100, 7, 4 octets expected",
        "125, 0000118bff0101, 5, 255 octets expected",
        // 139, 140, 143, 158, 159, 162, 212
        "139, 01050a00000100, 6, 4 octets expected",
        "139, 0100, 2, no values",
        "140, 01020161, 4, 1 octet expected",
        "143, '', 0, no values",
        "143, 00, 0, 2 octets expected",
        "143, 00056162, 2, 5 octets expected",
        "158, 00, 1, no values",
        "158, 050a00000100, 5, 4 octets expected",
        "158, 080a000001, 1, 8 octets expected",
        "159, 0011ffff, 0, port parameters",
        "159, 0010ff, 2, 2 octets expected",
        "162, 0002, 2, 2 octets expected",
        "162, 00020001, 4, 1 octet expected",
        "162, 0003000100, 5, 1 octet expected",
        "162, 000700010301610000, 9, no values",
        "162, 000b00010301610005 0a000001, 9, 5 octets expected",
        "212, 2120 20010db8000000000000000000000000 0a000001, 0, 6rd",
        "212, 0069 20010db8000000000000000000000000 0a000001, 0, 6rd",
        "212, 0820 20010db8000000000000000000000000, 18, no values"
    })
    void refusesWhatIsNoValue(int code, String hex, int offset, String message) {
        DhcpOption<?> option = DhcpOption.forCode(code).orElseThrow();
        assertThatThrownBy(() -> option.decode(octets(hex.replace(" ", ""))))
                .isInstanceOfSatisfying(
                        DhcpFormatException.class, e -> assertThat(e.offset()).isEqualTo(offset))
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 0a0000",
        "7, 0101",
        "7, 01056d65",
        "9, 0000000902010100",
        "9, 00000009",
        "10, ''",
        "12, 0001",
        "13, 04",
        "16, 5254007700",
        "16, 52540077000102",
        "17, 000000",
        "19, 43",
        "19, 004300",
        "151, ''",
        "152, 00"
    })
    void countsBadSuboptionsOfOption82AsAbsent(int code, String hex) {
        RelayAgentInformation information =
                RelayAgentInformation.builder().put(code, octets(hex)).build();
        assertThat(information.diagnostics()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(DhcpDiagnostic.VALUE);
            assertThat(diagnostic.offset()).isBetween(2, 2 + octets(hex).length);
        });
    }

    @Test
    void readsARelaySourcePortOfTwoOctets() throws Exception {
        assertThat(RelayAgentInformation.RELAY_SOURCE_PORT.decode(octets("0043")))
                .isTrue();
    }

    @Test
    void readsSipServerNamesWithPointers() throws Exception {
        assertThat(DhcpOption.SIP_SERVERS.decode(octets("00" + "0161016200" + "0163c002")))
                .isEqualTo(SipServers.ofNames(List.of("a.b", "c.b")));
    }

    @Test
    void dropsBitsOfARouteBeyondItsWidth() throws Exception {
        assertThat(DhcpOption.CLASSLESS_STATIC_ROUTES.decode(octets("090aff0a000001")))
                .containsExactly(ClasslessRoute.parse("10.128.0.0/9 via 10.0.0.1"));
        assertThatThrownBy(() -> ClasslessRoute.parse("10.255.0.0/9 via 10.0.0.1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/33 via 10.0.0.1", "10.0.0.0/8", "10.0.0/8 via 10.0.0.1", "10.0.0.0/8 via router", "''"})
    void refusesTextThatIsNoRoute(String text) {
        assertThatThrownBy(() -> ClasslessRoute.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWhatVendorsPutIn() throws Exception {
        assertThat(new VendorData(4491, Octets.parse("0261620163")).items())
                .containsExactly(Octets.parse("6162"), Octets.parse("63"));
        assertThat(new VendorData(4491, Octets.parse("0201620000")).suboptions())
                .containsExactly(RawOption.of(2, new byte[] {'b'}), RawOption.of(0, new byte[0]));
        VendorData text = new VendorData(4491, Octets.parse("616263"));
        assertThatThrownBy(text::items).isInstanceOf(DhcpFormatException.class);
        assertThatThrownBy(text::suboptions).isInstanceOf(DhcpFormatException.class);
    }

    @Test
    void keepsTheFlagsOfAClientFqdn() {
        ClientFqdn fqdn = new ClientFqdn(ClientFqdn.SERVER_UPDATES | ClientFqdn.CANONICAL, 0, 0, "a.");
        assertThat(fqdn.has(ClientFqdn.SERVER_UPDATES)).isTrue();
        assertThat(fqdn.has(ClientFqdn.OVERRIDDEN)).isFalse();
        assertThatThrownBy(() -> new ClientFqdn(ClientFqdn.CANONICAL, 0, 0, "a..b"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new ClientFqdn(0, 0, 0, "a..b").name()).isEqualTo("a..b");
    }

    @Test
    void acceptsTextOfNumbersInPlainForms() {
        assertThat(DhcpOption.LEASE_TIME.format().fromPlain("300")).isEqualTo(Duration.ofMinutes(5));
        assertThat(DhcpOption.TIME_OFFSET.format().fromPlain("-60")).isEqualTo(Duration.ofMinutes(-1));
        assertThat(DhcpOption.INTERFACE_MTU.format().fromPlain("1500")).isEqualTo(1500);
        assertThatThrownBy(() -> DhcpOption.INTERFACE_MTU.format().fromPlain("67"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(DhcpOption.SLP_SERVICE_SCOPE.format().fromPlain(Map.of("mandatory", "true", "scopes", "a")))
                .isEqualTo(new SlpServiceScope(true, "a"));
    }

    @Test
    void refusesToWriteValuesOutOfRange() {
        assertThatThrownBy(() -> DhcpOption.TIME_OFFSET.encode(Duration.ofDays(100_000)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DhcpOption.MAXIMUM_MESSAGE_SIZE.encode(575))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DhcpOption.GEOCONF.encode(new byte[15])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SipServers(List.of("a"), BOTH)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VendorData(-1, Octets.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VendorData(1, Octets.of(new byte[256])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new EncryptedDnsServer(1, "a", List.of(), Octets.parse("00")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> DhcpOption.CABLELABS_CLIENT_CONFIGURATION.encode(List.of(RawOption.of(1, new byte[256]))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void registersEveryConstantOnce() throws Exception {
        Set<Integer> codes = new TreeSet<>();
        for (var field : DhcpOption.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof DhcpOption<?> option) {
                assertThat(codes.add(option.code())).as(option.toString()).isTrue();
                assertThat(DhcpOption.forCode(option.code()).orElseThrow()).isSameAs(option);
            }
        }
        assertThat(DhcpOption.known().stream().map(OptionKey::code)).containsExactlyElementsOf(codes);
        assertThat(DhcpOption.known().stream().map(OptionKey::name)).doesNotHaveDuplicates();
    }

    @Test
    void hasEveryOptionOfTheRegistry() throws Exception {
        JsonObject registry = registry();
        for (JsonObject option : registry.objects("options")) {
            assertThat(DhcpOption.forCode((int) option.number("code")))
                    .as(option.text("name"))
                    .isPresent();
        }
        for (JsonObject suboption : registry.objects("option_82_suboptions")) {
            assertThat(RelayAgentInformation.SPACE.key((int) suboption.number("code")))
                    .as(suboption.text("name"))
                    .isNotNull();
        }
    }

    private static JsonObject registry() throws IOException {
        return JsonObject.parse(Files.readString(Needs.conformance("dhcp").resolve("options.json")))
                .object("dhcp4");
    }

    /** Every known option of packets that real clients and servers sent, or that others publish as good ones. */
    @Test
    void readsTheOptionsOfHealthyPackets() throws Exception {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            List<String> faults = new ArrayList<>();
            for (JsonObject vector : lines.map(JsonObject::parse).toList()) {
                if (vector.number("family") == 4 && !vector.text("kind").equals("malformed")) {
                    faults.addAll(faults(vector));
                }
            }
            // Made to be wrong: static routes of 3 octets and of none.
            assertThat(faults)
                    .containsExactly(
                            "published-tcpdump-dhcp-option-33-03: option 33 (static routes): 4 octets expected, 3 left"
                                    + " at offset 257 (value)",
                            "published-tcpdump-dhcp-option-33-04: option 33 (static routes): no values (expected: one"
                                    + " or more) at offset 257 (value)");
        }
    }

    private static List<String> faults(JsonObject vector) {
        try {
            return DhcpCodec.decode(octets(vector.text("hex"))).options().diagnostics().stream()
                    .map(diagnostic -> vector.text("id") + ": " + diagnostic)
                    .toList();
        } catch (DhcpFormatException e) {
            return List.of();
        }
    }

    @Test
    void countsOptionsAsAbsentThatTheDocumentsSayToIgnore() throws Exception {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            for (JsonObject vector : lines.map(JsonObject::parse).toList()) {
                // A UUID without its type octet reads as another type, whose length RFC 4578 leaves open; it gives no
                // UUID.
                if (vector.number("family") == 4
                        && !vector.text("id").equals("malformed-97-len16")
                        && vector.optionalText("expect").orElse("").startsWith("ignore-option")) {
                    assertThat(faults(vector)).as(vector.text("id")).isNotEmpty();
                }
            }
        }
    }

    @Test
    void testsEveryOption() {
        Set<Integer> tested = new TreeSet<>();
        Stream.concat(simple(), special())
                .forEach(arguments -> tested.add(((OptionKey<?>) arguments.get()[0]).code()));
        // In DhcpOptionTest.
        tested.addAll(Arrays.asList(53, 61, 77, 82, 93, 94, 97, 175));
        assertThat(DhcpOption.known().stream().map(OptionKey::code)).containsExactlyElementsOf(tested);
    }
}
