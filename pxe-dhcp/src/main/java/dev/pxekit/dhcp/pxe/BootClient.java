package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.v6.ClientLinkLayerAddress;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.VendorClass;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks to boot: the facts of one packet or message of a client, read once. Boot policies decide on it. Immutable.
 *
 * <p>One machine is several of these in one boot: its ROM, the same ROM on port 4011, iPXE, the installer's DHCP client.
 *
 * <h2>Where the facts come from</h2>
 *
 * <table>
 * <caption>Facts and their options</caption>
 * <tr><th>fact</th><th>DHCPv4</th><th>DHCPv6</th></tr>
 * <tr><td>{@link #hardwareAddress}</td><td>{@code htype}, {@code chaddr}</td>
 *     <td>option 79 of the relay agent nearest to the client (RFC 6939), or the address in a DUID-LLT or DUID-LL</td></tr>
 * <tr><td>{@link #clientIdentifier}</td><td>option 61, or hardware type and address</td>
 *     <td>the octets of the DUID</td></tr>
 * <tr><td>{@link #duid}</td><td>none</td><td>option 1</td></tr>
 * <tr><td>{@link #architectures}</td><td>option 93 (RFC 4578 §2.1), or the text of option 60</td>
 *     <td>option 61 (RFC 5970 §3.3), or the text of option 16</td></tr>
 * <tr><td>{@link #machineIdentifier}</td><td>option 97 (RFC 4578 §2.3)</td><td>a DUID-UUID: in network order (RFC 6355 §4), but from PXE and HTTP boot of UEFI in the order of option 97</td></tr>
 * <tr><td>{@link #networkInterface}</td><td>option 94 (RFC 4578 §2.2)</td><td>option 62 (RFC 5970 §3.4)</td></tr>
 * <tr><td>{@link #vendorClass}</td><td>option 60</td>
 *     <td>of the texts in option 16 the first that begins with {@code PXEClient} or {@code HTTPClient}, or else the first</td></tr>
 * <tr><td>{@link #vendorEnterprise}</td><td>none</td><td>option 16; 343 (Intel) from PXE and HTTP boot</td></tr>
 * <tr><td>{@link #userClasses}</td><td>option 77, in either encoding</td><td>option 15</td></tr>
 * <tr><td>{@link #ipxeOptions}</td><td>option 175</td><td>none</td></tr>
 * <tr><td>{@link #requestedOptions}</td><td>option 55</td><td>option 6</td></tr>
 * <tr><td>{@link #relays}</td><td>{@code giaddr}, option 82</td><td>each RELAY-FORW, the one nearest to the client first</td></tr>
 * </table>
 *
 * An option whose octets are no value of its type counts as absent.
 *
 * <h2>What kind of firmware it is</h2>
 *
 * The first condition that holds decides. Class stands for {@link #vendorClass}, arch for the first of {@link #architectures}.
 *
 * <table>
 * <caption>Conditions of {@link #firmware}, in order</caption>
 * <tr><th>firmware</th><th>condition</th><th>source</th></tr>
 * <tr><td>{@link BootFirmware#NONE}</td><td>not a BOOTREQUEST, not a DHCPv6 message of a client</td><td>RFC 2131 §2</td></tr>
 * <tr><td>{@link BootFirmware#GPXE}</td><td>user class {@code gPXE}</td><td>gPXE's net/udp/dhcp.c; it sends option 175, too</td></tr>
 * <tr><td>{@link BootFirmware#IPXE}</td><td>user class {@code iPXE}, or option 175</td>
 *     <td>iPXE's net/udp/dhcp.c and dhcpv6.c; its user can change the class (setting {@code user-class})</td></tr>
 * <tr><td>{@link BootFirmware#APPLE_BSDP}</td><td>class begins {@code AAPLBSDPC}</td><td>Apple's bootp, bsdp.h</td></tr>
 * <tr><td>{@link BootFirmware#U_BOOT}</td>
 *     <td>class begins {@code U-Boot} in either case of letters (such as {@code U-Boot.armv8}), or PXEClient or HTTPClient with arch 21 to 24</td>
 *     <td>U-Boot's net/bootp.c and its default of CONFIG_BOOTP_VCI_STRING; the registry of architectures</td></tr>
 * <tr><td>{@link BootFirmware#RASPBERRY_PI}</td>
 *     <td>class begins {@code PXEClient}, and arch 41; or arch 0 and option 97 that begins with type 0 and {@code RPi}; or
 *     arch 0 and a hardware address of b8:27:eb, dc:a6:32, e4:5f:01, d8:3a:dd, 2c:cf:67 or 28:cd:c1</td>
 *     <td>Raspberry Pi's boot loader configuration, DHCP_OPTION97 (up to the Pi 3 there is only the address); the registry of
 *     hardware addresses</td></tr>
 * <tr><td>{@link BootFirmware#HTTP_BOOT}</td><td>class begins {@code HTTPClient}</td><td>UEFI 2.10 §24.7</td></tr>
 * <tr><td>{@link BootFirmware#PXE_BIOS}</td><td>class begins {@code PXEClient}, arch 0</td><td>PXE 2.1 §2.2.2</td></tr>
 * <tr><td>{@link BootFirmware#PXE_UEFI}</td><td>class begins {@code PXEClient}, arch of UEFI</td><td>UEFI 2.10 §24.3</td></tr>
 * <tr><td>{@link BootFirmware#PXE_OTHER}</td><td>class begins {@code PXEClient}</td><td>PXE 2.1 §2.2.2</td></tr>
 * <tr><td>{@link BootFirmware#ANACONDA}</td><td>class begins {@code anaconda-}</td>
 *     <td>as it sends it: {@code anaconda-Linux} with kernel release and machine</td></tr>
 * <tr><td>{@link BootFirmware#DEBIAN_INSTALLER}</td><td>class begins {@code d-i}</td><td>Debian installation guide, appendix B</td></tr>
 * <tr><td>{@link BootFirmware#WINDOWS}</td><td>class begins {@code MSFT } (such as {@code MSFT 5.0})</td><td>MS-DHCPE §2.2.3</td></tr>
 * <tr><td>{@link BootFirmware#KLIBC}</td><td>class begins {@code Linux ipconfig}</td><td>klibc, ipconfig's documentation</td></tr>
 * <tr><td>{@link BootFirmware#UDHCPC}</td><td>class begins {@code udhcp }</td><td>seen: BusyBox 1.35</td></tr>
 * <tr><td>{@link BootFirmware#DHCPCD}</td>
 *     <td>class begins {@code dhcpcd}; or DHCPv4, and the requested options begin with 1, 121 and have 51, 54, 58 and 59</td>
 *     <td>dhcpcd.conf(5), vendorclassid; seen: 9.4.1 with Debian's settings</td></tr>
 * <tr><td>{@link BootFirmware#SYSTEMD}</td>
 *     <td>the DUID, or that in a client identifier of RFC 4361, is a DUID-EN of enterprise 43793</td><td>networkd.conf(5), DUIDType</td></tr>
 * <tr><td>{@link BootFirmware#GRUB}</td>
 *     <td>DHCPv4, no class, and the requested options are 1, 3, 6, 15, 12, 17, 18; its DISCOVER has nothing to be known by</td>
 *     <td>GRUB's net/bootp.c</td></tr>
 * <tr><td>{@link BootFirmware#DHCLIENT}</td><td>the requested options begin with 1, 28, 2, 3, 15, 6</td>
 *     <td>ISC dhclient's default; seen: 4.4.3</td></tr>
 * <tr><td>{@link BootFirmware#NONE}</td><td>all else</td><td></td></tr>
 * </table>
 *
 * PXELINUX, also as lpxelinux.0, uses the answers that its ROM got and has no packets of its own; gpxelinux.0 is gPXE. For
 * VMware ESXi's own client and NetworkManager's there is no condition: they are {@link BootFirmware#NONE}.
 */
public final class BootClient {

    /** The version of IP of a packet of DHCPv4. */
    static final int IP_VERSION_4 = 4;

    private static final int IP_VERSION_6 = 6;

    private static final String PXE_CLIENT = "PXEClient";
    private static final String HTTP_CLIENT = "HTTPClient";
    private static final String U_BOOT_CLIENT = "U-Boot";
    private static final UUID NO_UUID = new UUID(0, 0);
    private static final String IPXE_USER_CLASS = "iPXE";
    private static final String GPXE_USER_CLASS = "gPXE";

    /** The architecture inside the vendor class, five decimal digits (PXE 2.1 §2.2.2). */
    private static final Pattern ARCHITECTURE_TEXT = Pattern.compile(":Arch:([0-9]{5})(:|$)");

    private static final Set<MessageType> ASKING =
            Set.of(MessageType.DISCOVER, MessageType.REQUEST, MessageType.INFORM);

    private static final Set<Dhcp6MessageType> ASKING_6 = Set.of(
            Dhcp6MessageType.SOLICIT,
            Dhcp6MessageType.REQUEST,
            Dhcp6MessageType.RENEW,
            Dhcp6MessageType.REBIND,
            Dhcp6MessageType.INFORMATION_REQUEST);

    private final Facts facts;
    private final List<ClientArchitecture> architectures;
    private final boolean ipxe;
    private final Optional<ClientMachineIdentifier> machineIdentifier;

    /** A client of these facts, which must not change afterwards. */
    BootClient(Facts facts) {
        this.facts = facts;
        this.architectures = facts.architectures.isEmpty()
                ? facts.vendorClass
                        .flatMap(BootClient::architectureIn)
                        .map(List::of)
                        .orElse(List.of())
                : facts.architectures;
        this.ipxe = facts.userClasses.contains(IPXE_USER_CLASS)
                || (facts.hasIpxeOption && !facts.userClasses.contains(GPXE_USER_CLASS));
        this.machineIdentifier = facts.machineIdentifier.or(this::machineIdentifierInDuid);
    }

    /**
     * The UUID of a DUID-UUID. UEFI copies it from SMBIOS as it stands there, which is the order of option 97; all others
     * write it in network order (RFC 6355 §4).
     */
    private Optional<ClientMachineIdentifier> machineIdentifierInDuid() {
        Optional<UUID> uuid = facts.duid.flatMap(Duid::uuid).filter(given -> !given.equals(NO_UUID));
        boolean uefi =
                !ipxe && facts.vendorClass.filter(BootClient::isBootClass).isPresent();
        return uefi ? uuid.map(ClientMachineIdentifier::ofSmbios) : uuid.map(ClientMachineIdentifier::of);
    }

    /**
     * {@return the client that sent a packet; any packet gives one, also of a client that does not boot}
     *
     * @param packet the packet
     */
    public static BootClient of(DhcpPacket packet) {
        DhcpOptions options = packet.options();
        Facts facts = new Facts(
                IP_VERSION_4,
                packet.isRequest(),
                packet.messageType().filter(ASKING::contains).isPresent());
        facts.messageType = packet.messageType();
        facts.hardwareAddress = packet.clientHardwareAddress();
        facts.clientIdentifier = ClientIdentifier.of(packet);
        facts.architectures = options.get(DhcpOption.CLIENT_ARCHITECTURES).orElse(List.of());
        facts.machineIdentifier = options.get(DhcpOption.CLIENT_MACHINE_IDENTIFIER);
        facts.networkInterface = options.get(DhcpOption.CLIENT_NETWORK_INTERFACE);
        facts.vendorClass = options.get(DhcpOption.VENDOR_CLASS_IDENTIFIER);
        facts.userClasses = options.get(DhcpOption.USER_CLASSES).orElse(List.of());
        facts.ipxeOptions = options.get(DhcpOption.IPXE);
        facts.hasIpxeOption = options.contains(DhcpOption.IPXE);
        facts.requestedOptions = options.get(DhcpOption.PARAMETER_REQUEST_LIST).orElse(List.of());
        facts.relays = BootRelay.of(packet).stream().toList();
        return new BootClient(facts);
    }

    /** The facts of one packet or message, collected field by field. */
    static final class Facts {

        private final int ipVersion;

        /** Whether a client sent it. */
        private final boolean request;

        /** Whether it is of a type that asks for parameters. */
        private final boolean asking;

        private Optional<MessageType> messageType = Optional.empty();
        private Optional<Dhcp6MessageType> messageType6 = Optional.empty();
        private HardwareAddress hardwareAddress = HardwareAddress.of(0, new byte[0]);
        private ClientIdentifier clientIdentifier = ClientIdentifier.of(hardwareAddress);
        private Optional<Duid> duid = Optional.empty();
        private List<ClientArchitecture> architectures = List.of();
        private Optional<ClientMachineIdentifier> machineIdentifier = Optional.empty();
        private Optional<ClientNetworkInterface> networkInterface = Optional.empty();
        private Optional<String> vendorClass = Optional.empty();
        private OptionalLong vendorEnterprise = OptionalLong.empty();
        private List<String> userClasses = List.of();
        private Optional<IpxeOptions> ipxeOptions = Optional.empty();
        private boolean hasIpxeOption;
        private List<Integer> requestedOptions = List.of();
        private List<BootRelay> relays = List.of();

        private Facts(int ipVersion, boolean request, boolean asking) {
            this.ipVersion = ipVersion;
            this.request = request;
            this.asking = asking;
        }

        /** Facts of a DHCPv6 message; of one that came through relay agents, the type of the message inside. */
        static Facts of(Dhcp6MessageType type) {
            Facts facts = new Facts(IP_VERSION_6, !type.isFromServer() && !type.isRelay(), ASKING_6.contains(type));
            facts.messageType6 = Optional.of(type);
            return facts;
        }

        /** Option 1, the client identifier: with it come the UUID of a DUID-UUID and the address of a DUID-LLT or DUID-LL. */
        Facts duid(Duid given) {
            duid = Optional.of(given);
            clientIdentifier = ClientIdentifier.of(given.encode());
            if (hardwareAddress.length() == 0) {
                given.linkLayerAddress().ifPresent(address -> hardwareAddress = address);
            }
            return this;
        }

        /** Option 79 of the relay agent nearest to the client: it goes before the address in a DUID. */
        Facts linkLayerAddress(HardwareAddress given) {
            hardwareAddress = given;
            return this;
        }

        /** Option 61, client architectures. */
        Facts architectures(List<ClientArchitecture> given) {
            architectures = List.copyOf(given);
            return this;
        }

        /** Option 62, client network interface. */
        Facts networkInterface(ClientNetworkInterface given) {
            networkInterface = Optional.of(given);
            return this;
        }

        /** Option 16, vendor class: the enterprise number and the texts. */
        Facts vendorClass(long enterprise, List<String> texts) {
            vendorEnterprise = OptionalLong.of(enterprise);
            vendorClass = texts.stream()
                    .filter(BootClient::isBootClass)
                    .findFirst()
                    .or(() -> texts.stream().findFirst());
            return this;
        }

        /** Option 15, user classes. */
        Facts userClasses(List<String> given) {
            userClasses = List.copyOf(given);
            return this;
        }

        /** Option 6, the codes of the options asked for. */
        Facts requestedOptions(List<Integer> given) {
            requestedOptions = List.copyOf(given);
            return this;
        }

        /** The relay agents, the one nearest to the client first. */
        Facts relays(List<BootRelay> given) {
            relays = List.copyOf(given);
            return this;
        }
    }

    /**
     * {@return the client that a DHCPv6 message is from; any message gives one, also of a client that does not boot} Of a message
     * that came through relay agents it is the client whose message is inside.
     *
     * @param message the message
     */
    public static BootClient of(Dhcp6Message message) {
        return new BootClient(factsOf(message));
    }

    private static Facts factsOf(Dhcp6Message message) {
        Dhcp6Message inner = message.innermost();
        Dhcp6Options options = inner.options();
        Facts facts = Facts.of(inner.type());
        options.get(Dhcp6Option.CLIENT_IDENTIFIER).ifPresent(facts::duid);
        options.get(Dhcp6Option.CLIENT_ARCHITECTURES).ifPresent(facts::architectures);
        options.get(Dhcp6Option.CLIENT_NETWORK_INTERFACE).ifPresent(facts::networkInterface);
        options.get(Dhcp6Option.USER_CLASSES).ifPresent(facts::userClasses);
        options.get(Dhcp6Option.OPTION_REQUEST).ifPresent(facts::requestedOptions);
        List<VendorClass> vendorClasses = options.getAll(Dhcp6Option.VENDOR_CLASS);
        vendorClasses.stream()
                .filter(vendor -> vendor.classes().stream().anyMatch(BootClient::isBootClass))
                .findFirst()
                .or(() -> vendorClasses.stream().findFirst())
                .ifPresent(vendor -> facts.vendorClass(vendor.enterprise(), vendor.classes()));
        List<BootRelay> relays = new ArrayList<>();
        for (Dhcp6Message relay : message.relayChain()) {
            relays.add(0, BootRelay.of(relay));
            relay.options()
                    .get(Dhcp6Option.CLIENT_LINK_LAYER_ADDRESS)
                    .flatMap(ClientLinkLayerAddress::hardwareAddress)
                    .filter(address -> address.length() > 0)
                    .ifPresent(facts::linkLayerAddress);
        }
        return facts.relays(relays);
    }

    /**
     * {@return the client that a DHCPv6 message is from, as {@link #of(Dhcp6Message)} says} Firmware and iPXE do not say their hardware
     * address; it is in the link-local address that they send from.
     *
     * @param message the message
     * @param sender the address that the message came from; what a relay agent says of it is in the message
     */
    public static BootClient of(Dhcp6Message message, Inet6Address sender) {
        Facts facts = factsOf(message);
        if (facts.hardwareAddress.length() == 0) {
            Optional.of(message.clientAddress(sender))
                    .filter(Inet6Address::isLinkLocalAddress)
                    .flatMap(HardwareAddress::inInterfaceIdentifier)
                    .ifPresent(facts::linkLayerAddress);
        }
        return new BootClient(facts);
    }

    private static boolean isBootClass(String text) {
        return text.startsWith(PXE_CLIENT) || text.startsWith(HTTP_CLIENT);
    }

    private static Optional<ClientArchitecture> architectureIn(String vendorClass) {
        Matcher matcher = ARCHITECTURE_TEXT.matcher(vendorClass);
        return matcher.find()
                ? Optional.of(Integer.parseInt(matcher.group(1)))
                        .filter(code -> code <= 0xffff)
                        .map(ClientArchitecture::of)
                : Optional.empty();
    }

    /**
     * {@return whether the client wants to boot over the network} It does if all of these hold:
     *
     * <ol>
     *   <li>it is a BOOTREQUEST with message type DISCOVER, REQUEST or INFORM, or a SOLICIT, REQUEST, RENEW, REBIND or
     *       INFORMATION-REQUEST of DHCPv6;
     *   <li>the vendor class begins with {@code PXEClient}, {@code HTTPClient} or {@code U-Boot}, or the client
     *       {@linkplain #isIpxe is iPXE} (whose vendor class its user can change);
     *   <li>its architecture is known from option 93 (DHCPv6: 61) or from the text of the vendor class, or the client is iPXE or
     *       U-Boot.
     * </ol>
     *
     * Options 94 and 97 are not asked for: firmware leaves them out or fills them wrongly and boots all the same.
     */
    public boolean isNetworkBoot() {
        return facts.request
                && facts.asking
                && (ipxe || isUBootClass() || ((isPxeClient() || isHttpClient()) && !architectures.isEmpty()));
    }

    /**
     * {@return whether the client is iPXE: user class {@code iPXE} in either encoding of option 77 or in DHCPv6's option 15, or
     * option 175 without the user class {@code gPXE}}
     */
    public boolean isIpxe() {
        return ipxe;
    }

    /** {@return whether the vendor class begins with {@code PXEClient}: the client reads PXE's options} */
    public boolean isPxeClient() {
        return hasClass(PXE_CLIENT);
    }

    /**
     * {@return whether the vendor class begins with {@code HTTPClient}: the client wants a URL and takes only offers whose vendor
     * class begins so too (UEFI 2.10 §24.7)}
     */
    public boolean isHttpClient() {
        return hasClass(HTTP_CLIENT);
    }

    /** Over DHCPv6 some versions write the name with a small b. */
    boolean isUBootClass() {
        return facts.vendorClass
                .filter(text -> text.regionMatches(true, 0, U_BOOT_CLIENT, 0, U_BOOT_CLIENT.length()))
                .isPresent();
    }

    private boolean hasClass(String start) {
        return facts.vendorClass.filter(text -> text.startsWith(start)).isPresent();
    }

    /** Whether a client sent the packet. */
    boolean isRequest() {
        return facts.request;
    }

    /** {@return the kind of firmware or program, by the conditions above; whether it boots, {@link #isNetworkBoot} tells} */
    public BootFirmware firmware() {
        return FirmwareRules.firmware(this);
    }

    /** {@return 4 for a packet of DHCPv4, 6 for a message of DHCPv6} */
    public int ipVersion() {
        return facts.ipVersion;
    }

    /** {@return the message type of DHCPv4; empty for BOOTP and DHCPv6} */
    public Optional<MessageType> messageType() {
        return facts.messageType;
    }

    /** {@return the message type of DHCPv6, that of the client's message if it came through relay agents} */
    public Optional<Dhcp6MessageType> messageType6() {
        return facts.messageType6;
    }

    /** {@return the first architecture of {@link #architectures}} */
    public Optional<ClientArchitecture> architecture() {
        return architectures.stream().findFirst();
    }

    /**
     * {@return the architectures as the client gives them, the preferred one first, or the one in the text of the vendor class}
     * Some x64 UEFI firmware says 9 ({@link ClientArchitecture#EBC}) after the text of RFC 4578, where the registry has 7: serve
     * both, as {@link dev.pxekit.dhcp.server.BootPolicy#byArchitecture} does.
     */
    public List<ClientArchitecture> architectures() {
        return architectures;
    }

    /** {@return the identifier that holds the machine's UUID, from option 97 or a DUID-UUID that is not all zeros} */
    public Optional<ClientMachineIdentifier> machineIdentifier() {
        return machineIdentifier;
    }

    /** {@return option 94 (DHCPv6: 62), the version of UNDI} */
    public Optional<ClientNetworkInterface> networkInterface() {
        return facts.networkInterface;
    }

    /** {@return the hardware address that the client asks from; of no octets if a DHCPv6 client's is not known} */
    public HardwareAddress hardwareAddress() {
        return facts.hardwareAddress;
    }

    /** {@return who the client is to a lease store: option 61, or hardware type and address; the octets of a DHCPv6 client's DUID} */
    public ClientIdentifier clientIdentifier() {
        return facts.clientIdentifier;
    }

    /** {@return the DUID of a DHCPv6 client} */
    public Optional<Duid> duid() {
        return facts.duid;
    }

    /** {@return the whole text of the vendor class} */
    public Optional<String> vendorClass() {
        return facts.vendorClass;
    }

    /** {@return the enterprise number beside the vendor class of a DHCPv6 client} */
    public OptionalLong vendorEnterprise() {
        return facts.vendorEnterprise;
    }

    /** {@return the user classes} */
    public List<String> userClasses() {
        return facts.userClasses;
    }

    /** {@return option 175: features, version and bus of iPXE or gPXE} */
    public Optional<IpxeOptions> ipxeOptions() {
        return facts.ipxeOptions;
    }

    /** {@return the codes of the options that the client asks for, in its order} */
    public List<Integer> requestedOptions() {
        return facts.requestedOptions;
    }

    /** {@return the relay agents between client and server, the one nearest to the client first; one at most with DHCPv4} */
    public List<BootRelay> relays() {
        return facts.relays;
    }

    /** One line: hardware address (or the DUID), firmware, architecture, UUID. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(facts.hardwareAddress.length() > 0 ? facts.hardwareAddress : facts.clientIdentifier);
        text.append(' ').append(firmware());
        architecture().ifPresent(architecture -> text.append(", ").append(architecture));
        machineIdentifier
                .flatMap(ClientMachineIdentifier::uuid)
                .ifPresent(uuid -> text.append(", ").append(uuid));
        return text.toString();
    }
}
