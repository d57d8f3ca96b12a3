package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpAuthentication;
import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.VirtualSubnetSelection;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Dhcp6OptionTest {

    private static final String ADDRESS = "20010db8000000000000000000000001";
    private static final String OTHER_ADDRESS = "20010db8000000000000000000000002";
    private static final List<Object> NO_OPTIONS = List.of();

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static Arguments row(Dhcp6Option<?> option, Object value, String hex, Object plain) {
        return Arguments.of(option, value, hex, plain);
    }

    private static Stream<Arguments> all(String hex, Object value, Object plain, Dhcp6Option<?>... options) {
        return Arrays.stream(options).map(option -> row(option, value, hex, plain));
    }

    static Stream<Arguments> values() {
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofDays(1);
        Status noBinding = new Status(StatusCode.NO_BINDING, "gone");
        Dhcp6Options status =
                Dhcp6Options.builder().put(Dhcp6Option.STATUS_CODE, noBinding).build();
        List<Object> statusPlain = List.of(
                Map.of("option", 13, "name", "status code", "value", Map.of("code", "NoBinding", "message", "gone")));
        IaAddress address = new IaAddress(Ipv6.parse("2001:db8::1"), hour, IdentityAssociation.INFINITY, status);
        String addressHex = ADDRESS + "00000e10ffffffff" + "000d00060003676f6e65";
        Map<String, Object> addressPlain = Map.of(
                "address",
                "2001:db8::1",
                "preferredLifetime",
                3600L,
                "validLifetime",
                4294967295L,
                "options",
                statusPlain);
        Dhcp6Options addresses =
                Dhcp6Options.builder().add(Dhcp6Option.IA_ADDRESS, address).build();
        List<Object> addressesPlain = List.of(Map.of("option", 5, "name", "IA address", "value", addressPlain));
        Duid duid = Duid.linkLayer(HardwareAddress.parse("52:54:00:77:00:01"));
        Dhcp6Message solicit = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .transactionId(0xabcdef)
                .option(Dhcp6Option.RAPID_COMMIT, true)
                .build();
        Map<String, Object> solicitPlain = Map.of(
                "type",
                "SOLICIT",
                "xid",
                "abcdef",
                "options",
                List.of(Map.of("option", 14, "name", "rapid commit", "value", true)));
        Stream<Arguments> repeated = Stream.of(
                        all(
                                ADDRESS + OTHER_ADDRESS,
                                List.of(Ipv6.parse("2001:db8::1"), Ipv6.parse("2001:db8::2")),
                                List.of("2001:db8::1", "2001:db8::2"),
                                Dhcp6Option.SIP_SERVER_ADDRESSES,
                                Dhcp6Option.DNS_SERVERS,
                                Dhcp6Option.NIS_SERVERS,
                                Dhcp6Option.NISP_SERVERS,
                                Dhcp6Option.SNTP_SERVERS,
                                Dhcp6Option.BCMCS_SERVER_ADDRESSES,
                                Dhcp6Option.PANA_AGENTS,
                                Dhcp6Option.LQ_CLIENT_LINKS,
                                Dhcp6Option.CAPWAP_CONTROLLERS,
                                Dhcp6Option.PCP_SERVERS,
                                Dhcp6Option.DHCP_4O6_SERVERS,
                                Dhcp6Option.ANDSF_SERVERS),
                        all(
                                "03666f6f0362617200" + "00" + "01610162" + "00",
                                List.of("foo.bar", "", "a.b"),
                                List.of("foo.bar", "", "a.b"),
                                Dhcp6Option.SIP_SERVER_NAMES,
                                Dhcp6Option.DOMAIN_SEARCH_LIST,
                                Dhcp6Option.BCMCS_SERVER_NAMES,
                                Dhcp6Option.SIP_UA_SERVICE_DOMAINS),
                        all(
                                "03666f6f0362617200",
                                "foo.bar",
                                "foo.bar",
                                Dhcp6Option.NIS_DOMAIN_NAME,
                                Dhcp6Option.NISP_DOMAIN_NAME,
                                Dhcp6Option.LOST_SERVER,
                                Dhcp6Option.ACCESS_DOMAIN,
                                Dhcp6Option.AFTR_NAME,
                                Dhcp6Option.ERP_LOCAL_DOMAIN_NAME),
                        all(
                                "687474703a2f2f61",
                                "http://a",
                                "http://a",
                                Dhcp6Option.BOOT_FILE_URL,
                                Dhcp6Option.TIME_ZONE_POSIX,
                                Dhcp6Option.TIME_ZONE_NAME,
                                Dhcp6Option.CAPTIVE_PORTAL,
                                Dhcp6Option.MUD_URL),
                        all(
                                "0001610002" + "6263",
                                List.of("a", "bc"),
                                List.of("a", "bc"),
                                Dhcp6Option.USER_CLASSES,
                                Dhcp6Option.BOOT_FILE_PARAMETERS,
                                Dhcp6Option.SZTP_REDIRECT),
                        all(
                                "00000e10",
                                hour,
                                3600L,
                                Dhcp6Option.INFORMATION_REFRESH_TIME,
                                Dhcp6Option.LQ_CLIENT_LAST_TRANSACTION_TIME,
                                Dhcp6Option.SOL_MAX_RT,
                                Dhcp6Option.INF_MAX_RT),
                        all("", true, true, Dhcp6Option.RAPID_COMMIT, Dhcp6Option.RECONFIGURE_ACCEPT),
                        all("", true, true, Dhcp6Option.ADDRESS_REGISTRATION),
                        all(
                                ADDRESS,
                                Ipv6.parse("2001:db8::1"),
                                "2001:db8::1",
                                Dhcp6Option.SERVER_UNICAST,
                                Dhcp6Option.LINK_ADDRESS),
                        all(
                                "00170018",
                                List.of(23, 24),
                                List.of(23, 24),
                                Dhcp6Option.OPTION_REQUEST,
                                Dhcp6Option.ECHO_REQUEST),
                        all(
                                "00030001525400770001",
                                duid,
                                "00:03:00:01:52:54:00:77:00:01",
                                Dhcp6Option.CLIENT_IDENTIFIER,
                                Dhcp6Option.SERVER_IDENTIFIER,
                                Dhcp6Option.RELAY_ID),
                        all(
                                "000d00060003676f6e65",
                                status,
                                statusPlain,
                                Dhcp6Option.LQ_CLIENT_DATA,
                                Dhcp6Option.RELAY_SUPPLIED_OPTIONS,
                                Dhcp6Option.S46_CONTAINER_MAP_E,
                                Dhcp6Option.S46_CONTAINER_MAP_T,
                                Dhcp6Option.S46_CONTAINER_LIGHTWEIGHT_4OVER6))
                .flatMap(rows -> rows);
        return Stream.concat(
                repeated,
                Stream.of(
                        row(
                                Dhcp6Option.IA_NA,
                                new IaNa(0xfffffffeL, Duration.ZERO, day, addresses),
                                "fffffffe0000000000015180" + "00050022" + addressHex,
                                Map.of(
                                        "iaid",
                                        0xfffffffeL,
                                        "renewalTime",
                                        0L,
                                        "rebindingTime",
                                        86400L,
                                        "options",
                                        addressesPlain)),
                        row(
                                Dhcp6Option.IA_TA,
                                new IaTa(1, addresses),
                                "00000001" + "00050022" + addressHex,
                                Map.of("iaid", 1L, "options", addressesPlain)),
                        row(Dhcp6Option.IA_ADDRESS, address, addressHex, addressPlain),
                        row(
                                Dhcp6Option.IA_PD,
                                new IaPd(2, hour, day, Dhcp6Options.EMPTY),
                                "0000000200000e1000015180",
                                Map.of(
                                        "iaid",
                                        2L,
                                        "renewalTime",
                                        3600L,
                                        "rebindingTime",
                                        86400L,
                                        "options",
                                        NO_OPTIONS)),
                        row(
                                Dhcp6Option.IA_PREFIX,
                                new IaPrefix(hour, day, 56, Ipv6.parse("2001:db8::"), Dhcp6Options.EMPTY),
                                "00000e100001518038" + "20010db8000000000000000000000000",
                                Map.of(
                                        "preferredLifetime",
                                        3600L,
                                        "validLifetime",
                                        86400L,
                                        "prefixLength",
                                        56,
                                        "prefix",
                                        "2001:db8::",
                                        "options",
                                        NO_OPTIONS)),
                        row(Dhcp6Option.PREFERENCE, 255, "ff", 255),
                        row(Dhcp6Option.ELAPSED_TIME, Duration.ofMillis(12340), "04d2", 1234),
                        row(Dhcp6Option.RELAY_MESSAGE, solicit, "01abcdef000e0000", solicitPlain),
                        row(
                                Dhcp6Option.AUTHENTICATION,
                                new DhcpAuthentication(3, 1, 0, -1, Octets.of(new byte[] {1, 2})),
                                "030100ffffffffffffffff0102",
                                Map.of(
                                        "protocol",
                                        3,
                                        "algorithm",
                                        1,
                                        "replayDetectionMethod",
                                        0,
                                        "replayDetection",
                                        "18446744073709551615",
                                        "information",
                                        "0102")),
                        row(
                                Dhcp6Option.STATUS_CODE,
                                noBinding,
                                "0003676f6e65",
                                Map.of("code", "NoBinding", "message", "gone")),
                        row(
                                Dhcp6Option.STATUS_CODE,
                                new Status(StatusCode.of(900), ""),
                                "0384",
                                Map.of("code", "status-900", "message", "")),
                        row(
                                Dhcp6Option.VENDOR_CLASS,
                                new VendorClass(VendorClass.INTEL, List.of("PXEClient:Arch:00007:UNDI:003016")),
                                "000001570020"
                                        + HexFormat.of()
                                                .formatHex("PXEClient:Arch:00007:UNDI:003016"
                                                        .getBytes(StandardCharsets.US_ASCII)),
                                Map.of("enterprise", 343L, "classes", List.of("PXEClient:Arch:00007:UNDI:003016"))),
                        row(
                                Dhcp6Option.VENDOR_CLASS,
                                new VendorClass(4491, List.of()),
                                "0000118b",
                                Map.of("enterprise", 4491L, "classes", List.of())),
                        row(
                                Dhcp6Option.VENDOR_SPECIFIC_INFORMATION,
                                new VendorSpecificInformation(
                                        4491,
                                        Dhcp6Options.builder()
                                                .add(1, new byte[] {7})
                                                .build()),
                                "0000118b0001000107",
                                Map.of("enterprise", 4491L, "options", List.of(Map.of("option", 1, "hex", "07")))),
                        row(Dhcp6Option.RECONFIGURE_MESSAGE, Dhcp6MessageType.RENEW, "05", "RENEW"),
                        row(
                                Dhcp6Option.REMOTE_ID,
                                new RemoteId(9, Octets.parse("0a0b")),
                                "000000090a0b",
                                Map.of("enterprise", 9L, "identifier", "0a0b")),
                        row(
                                Dhcp6Option.CLIENT_FQDN,
                                new ClientFqdn(ClientFqdn.SERVER_UPDATES, "pc-1.lab."),
                                "010470632d31036c616200",
                                Map.of("flags", 1, "domainName", "pc-1.lab.")),
                        row(
                                Dhcp6Option.CLIENT_FQDN,
                                new ClientFqdn(0, "pc-1"),
                                "000470632d31",
                                Map.of("flags", 0, "domainName", "pc-1")),
                        row(Dhcp6Option.CLIENT_FQDN, new ClientFqdn(4, ""), "04", Map.of("flags", 4, "domainName", "")),
                        row(
                                Dhcp6Option.CLIENT_FQDN,
                                new ClientFqdn(0, "."),
                                "0000",
                                Map.of("flags", 0, "domainName", ".")),
                        row(
                                Dhcp6Option.CLIENT_FQDN,
                                new ClientFqdn(0, "a\\."),
                                "0002612e",
                                Map.of("flags", 0, "domainName", "a\\.")),
                        row(
                                Dhcp6Option.LQ_QUERY,
                                new LeaseQuery(1, Ipv6.parse("::"), addresses),
                                "01" + "00".repeat(16) + "00050022" + addressHex,
                                Map.of("queryType", 1, "linkAddress", "::", "options", addressesPlain)),
                        row(
                                Dhcp6Option.LQ_RELAY_DATA,
                                new LeaseQueryRelayData(Ipv6.parse("2001:db8::1"), solicit),
                                ADDRESS + "01abcdef000e0000",
                                Map.of("peerAddress", "2001:db8::1", "message", solicitPlain)),
                        row(
                                Dhcp6Option.NTP_SERVER,
                                Dhcp6Options.builder()
                                        .add(NtpServer.NAME, "ntp.lab")
                                        .build(),
                                "00030009036e7470036c616200",
                                List.of(Map.of("option", 3, "name", "NTP server name", "value", "ntp.lab"))),
                        row(
                                Dhcp6Option.CLIENT_ARCHITECTURES,
                                List.of(ClientArchitecture.X64_UEFI, ClientArchitecture.of(0x1234)),
                                "00071234",
                                List.of("x64 UEFI (7)", "architecture 4660 (4660)")),
                        row(
                                Dhcp6Option.CLIENT_NETWORK_INTERFACE,
                                new ClientNetworkInterface(1, 3, 16),
                                "010310",
                                Map.of("type", 1, "majorVersion", 3, "minorVersion", 16)),
                        row(
                                Dhcp6Option.PD_EXCLUDE,
                                new PrefixExclude(64, Octets.parse("01")),
                                "4001",
                                Map.of("prefixLength", 64, "subnetId", "01")),
                        row(
                                Dhcp6Option.VIRTUAL_SUBNET_SELECTION,
                                new VirtualSubnetSelection(255, Octets.EMPTY),
                                "ff",
                                Map.of("type", 255, "information", "")),
                        row(
                                Dhcp6Option.RDNSS_SELECTION,
                                new RdnssSelection(Ipv6.parse("2001:db8::1"), 1, List.of("lab", "")),
                                ADDRESS + "01" + "036c616200" + "00",
                                Map.of("server", "2001:db8::1", "preference", 1, "domains", List.of("lab", ""))),
                        row(
                                Dhcp6Option.CLIENT_LINK_LAYER_ADDRESS,
                                new ClientLinkLayerAddress(1, Octets.parse("52:54:00:77:00:01")),
                                "0001525400770001",
                                Map.of("type", 1, "address", "525400770001")),
                        row(
                                Dhcp6Option.ADDRESS_SELECTION,
                                new AddressSelection(
                                        3,
                                        Dhcp6Options.builder()
                                                .add(85, new byte[] {4, 30, 0})
                                                .build()),
                                "0300550003041e00",
                                Map.of("flags", 3, "options", List.of(Map.of("option", 85, "hex", "041e00")))),
                        row(Dhcp6Option.DHCP_4O6_SERVERS, List.of(), "", List.of()),
                        row(Dhcp6Option.RELAY_SOURCE_PORT, 1547, "060b", 1547),
                        row(
                                Dhcp6Option.ENCRYPTED_DNS,
                                new EncryptedDns(
                                        1, "dns.lab", List.of(Ipv6.parse("2001:db8::1")), Octets.parse("000100020268")),
                                "0001" + "0009" + "03646e73036c616200" + "0010" + ADDRESS + "000100020268",
                                Map.of(
                                        "priority",
                                        1,
                                        "authenticationDomainName",
                                        "dns.lab",
                                        "addresses",
                                        List.of("2001:db8::1"),
                                        "serviceParameters",
                                        "000100020268")),
                        row(
                                Dhcp6Option.ENCRYPTED_DNS,
                                new EncryptedDns(2, "lab", List.of(), Octets.EMPTY),
                                "0002" + "0005" + "036c616200",
                                Map.of(
                                        "priority",
                                        2,
                                        "authenticationDomainName",
                                        "lab",
                                        "addresses",
                                        List.of(),
                                        "serviceParameters",
                                        "")),
                        row(Dhcp6Option.of(65001, "mine", OptionFormat.unsignedByte()), 200, "c8", 200)));
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void readsAndWritesItsValue(Dhcp6Option<T> option, T value, String hex) throws Exception {
        assertThat(option.encode(value)).isEqualTo(hex(hex));
        T decoded = option.decode(hex(hex));
        assertThat(decoded).isEqualTo(value).hasSameHashCodeAs(value).hasToString(value.toString());
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void hasAPlainForm(Dhcp6Option<T> option, T value, String hex, Object plain) {
        assertThat(option.format().toPlain(value)).isEqualTo(plain);
        assertThat(option.format().fromPlain(plain)).isEqualTo(value);
        assertThat(option.format().fromPlain(texts(plain))).isEqualTo(value);
    }

    /** The plain form with texts in place of numbers and truth values. */
    private static Object texts(Object plain) {
        if (plain instanceof List<?> list) {
            return list.stream().map(Dhcp6OptionTest::texts).toList();
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> texts = new LinkedHashMap<>();
            map.forEach((name, value) -> texts.put(name.toString(), texts(value)));
            return texts;
        }
        return plain.toString();
    }

    @ParameterizedTest
    @MethodSource("values")
    <T> void survivesMutations(Dhcp6Option<T> option, T value, String hex) {
        Fuzz.run(500, octets -> rewrite(option, octets), hex(hex));
    }

    private static <T> void rewrite(Dhcp6Option<T> option, byte[] octets) throws DhcpFormatException {
        T value = option.decode(octets);
        byte[] written = option.encode(value);
        assertThat(written).hasSizeLessThanOrEqualTo(Math.max(octets.length, 1) * 3 + 2);
        assertThat(option.encode(option.decode(written))).isEqualTo(written);
        assertThat(option.encode(option.format().fromPlain(option.format().toPlain(value))))
                .isEqualTo(written);
    }

    static List<Dhcp6Option<?>> known() {
        return Dhcp6Option.known();
    }

    @ParameterizedTest
    @MethodSource("known")
    <T> void readsRandomOctetsOrRefusesThem(Dhcp6Option<T> option) {
        Random random = new Random(8415);
        List<byte[]> seeds = new ArrayList<>();
        for (int length = 0; length < 64; length++) {
            byte[] octets = new byte[length];
            for (int i = 0; i < length; i++) {
                octets[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(12));
            }
            seeds.add(octets);
        }
        Fuzz.run(500, octets -> rewrite(option, octets), seeds.toArray(byte[][]::new));
    }

    @Test
    void hasARowForEveryKnownOptionButOctets() {
        List<Object> tested = values().map(row -> row.get()[0]).toList();
        assertThat(Dhcp6Option.known())
                .filteredOn(option -> !option.format().equals(OptionFormat.bytes()))
                .allMatch(tested::contains);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0001, 0, DUID too short",
        "3, 0000000000000000000000, 8, IA_NA of 11 octets",
        "3, 0000000000000000000000000005, 12, nested header cut",
        "3, 00000000000000000000000000050001, 12, nested option cut",
        "3, 0000000000000000000000000005000100, 12, nested address too short",
        "5, 0000, 0, address cut",
        "6, 001700, 2, odd option request",
        "6, '', 0, empty option request",
        "7, 0102, 1, two octets",
        "8, 01, 0, one octet",
        "9, '', 0, no message",
        "11, 0301, 2, cut",
        "12, 20, 0, cut",
        "13, 00, 0, one octet",
        "14, 00, 0, one octet too many",
        "15, '', 0, no class",
        "15, 000561, 2, class overrun",
        "16, 000157, 0, enterprise cut",
        "16, 00000157002048, 6, class overrun",
        "17, 0000118b00010002aa, 4, vendor option overrun",
        "19, '', 0, no type",
        "23, 20010db80000000000000000000000, 0, address cut",
        "24, c000, 0, compressed name",
        "24, 03666f6f, 4, name without end",
        "26, 0000000000000000810000000000000000000000000000000000, 25, prefix length 129",
        "39, '', 0, no flags",
        "39, 0103666f6f0000, 6, octets after the root",
        "39, 0105666f, 2, label overrun",
        "44, 01, 1, cut",
        "47, 20010db800000000000000000000000101, 17, message cut",
        "60, 00056162, 2, parameter overrun",
        "61, 0007 00, 2, odd",
        "61, '', 0, none",
        "62, 0103, 2, cut",
        "67, 4000000000000000000000000000000000000000, 0, subnet id of 19 octets",
        "67, 0001, 0, prefix length 0",
        "74, 20010db800000000000000000000000101, 17, no domains",
        "79, 00, 0, type cut",
        "135, 06, 0, cut",
        "144, 00010005036c61, 4, name cut",
        "144, 00010005036c6162000000, 11, no addresses",
        "144, 00010005036c616200000f00, 11, addresses cut"
    })
    void refusesValuesThatAreNone(int code, String hex, int offset, String why) {
        Dhcp6Option<?> option = Dhcp6Option.forCode(code).orElseThrow();
        byte[] octets = hex(hex.replace(" ", ""));
        assertThatThrownBy(() -> option.decode(octets))
                .as(why)
                .isInstanceOfSatisfying(
                        DhcpFormatException.class,
                        e -> assertThat(e.offset()).as(e.getMessage()).isEqualTo(offset));
    }

    @Test
    void leavesTheValueOfANestedOptionToThatOption() throws Exception {
        Dhcp6Options suboptions = Dhcp6Option.NTP_SERVER.decode(hex("0001000401020304"));
        assertThat(suboptions.get(NtpServer.ADDRESS)).isEmpty();
        assertThat(suboptions.diagnostics())
                .containsExactly(new DhcpDiagnostic(
                        DhcpDiagnostic.VALUE, "option 1 (NTP server address): 16 octets expected, 4 left", 4));
    }

    @Test
    void writesTheLargestElapsedTimeForLongerOnes() {
        assertThat(Dhcp6Option.ELAPSED_TIME.encode(Duration.ofHours(1))).isEqualTo(hex("ffff"));
        assertThatThrownBy(() -> Dhcp6Option.ELAPSED_TIME.encode(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesValuesOutOfRange() {
        Duration zero = Duration.ZERO;
        Dhcp6Options none = Dhcp6Options.EMPTY;
        assertThatThrownBy(() -> new IaNa(-1, zero, zero, none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IaNa(1L << 32, zero, zero, none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IaPd(0, Duration.ofMillis(1), zero, none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole seconds");
        assertThatThrownBy(() -> new IaPrefix(zero, zero, 129, Ipv6.parse("::"), none))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prefix length: 129 (expected: 0..128)");
        assertThatThrownBy(() -> Dhcp6Option.of(0, "none", OptionFormat.bytes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..65535");
        assertThatThrownBy(() -> StatusCode.of(65536)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StatusCode.parse("nothing")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsWhatIsInsideItsValues() throws Exception {
        IaNa association = new IaNa(
                1,
                Duration.ZERO,
                Duration.ZERO,
                Dhcp6Options.builder()
                        .add(
                                Dhcp6Option.IA_ADDRESS,
                                new IaAddress(
                                        Ipv6.parse("2001:db8::1"), Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY))
                        .add(Dhcp6Option.STATUS_CODE, new Status(StatusCode.NOT_ON_LINK, ""))
                        .build());
        assertThat(association.addresses()).extracting(IaAddress::address).containsExactly(Ipv6.parse("2001:db8::1"));
        assertThat(association.status()).map(Status::code).contains(StatusCode.NOT_ON_LINK);
        assertThat(new ClientLinkLayerAddress(1, Octets.parse("525400770001")).hardwareAddress())
                .contains(HardwareAddress.parse("52:54:00:77:00:01"));
        assertThat(new ClientLinkLayerAddress(256, Octets.parse("01")).hardwareAddress())
                .isEmpty();
    }
}
