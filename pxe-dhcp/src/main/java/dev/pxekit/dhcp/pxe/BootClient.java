package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who asks to boot: the facts of one packet of a client, read once. Boot policies decide on it. Immutable.
 *
 * <p>One machine is several of these in one boot: its ROM, the same ROM on port 4011, iPXE, the installer's DHCP client.
 */
public final class BootClient {

    private static final String PXE_CLIENT = "PXEClient";
    private static final String HTTP_CLIENT = "HTTPClient";
    private static final String IPXE_USER_CLASS = "iPXE";

    /** The architecture inside option 60, five decimal digits (PXE 2.1 §2.2.2). */
    private static final Pattern ARCHITECTURE_TEXT = Pattern.compile(":Arch:([0-9]{5})(:|$)");

    private final HardwareAddress hardwareAddress;
    private final ClientIdentifier clientIdentifier;
    private final List<ClientArchitecture> architectures;
    private final Optional<ClientMachineIdentifier> machineIdentifier;
    private final Optional<ClientNetworkInterface> networkInterface;
    private final Optional<String> vendorClass;
    private final List<String> userClasses;
    private final Optional<IpxeOptions> ipxeOptions;
    private final boolean ipxe;
    private final boolean asksForBoot;

    private BootClient(DhcpPacket packet) {
        DhcpOptions options = packet.options();
        hardwareAddress = packet.clientHardwareAddress();
        clientIdentifier = ClientIdentifier.of(packet);
        vendorClass = options.get(DhcpOption.VENDOR_CLASS_IDENTIFIER);
        architectures = options.get(DhcpOption.CLIENT_ARCHITECTURES)
                .or(() -> vendorClass.flatMap(BootClient::architectureIn).map(List::of))
                .orElse(List.of());
        machineIdentifier = options.get(DhcpOption.CLIENT_MACHINE_IDENTIFIER);
        networkInterface = options.get(DhcpOption.CLIENT_NETWORK_INTERFACE);
        userClasses = options.get(DhcpOption.USER_CLASSES).orElse(List.of());
        ipxeOptions = options.get(DhcpOption.IPXE);
        ipxe = userClasses.contains(IPXE_USER_CLASS) || options.contains(DhcpOption.IPXE);
        asksForBoot = packet.isRequest()
                && packet.messageType().filter(BootClient::asksForParameters).isPresent();
    }

    /**
     * {@return the client that sent a packet; any packet gives one, also of a client that does not boot}
     *
     * @param packet the packet
     */
    public static BootClient of(DhcpPacket packet) {
        return new BootClient(packet);
    }

    private static boolean asksForParameters(MessageType type) {
        return type.equals(MessageType.DISCOVER) || type.equals(MessageType.REQUEST) || type.equals(MessageType.INFORM);
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
     *   <li>the packet is a BOOTREQUEST with message type DISCOVER, REQUEST or INFORM;
     *   <li>option 60 begins with {@code PXEClient} or {@code HTTPClient}, or the client {@linkplain #isIpxe is iPXE}
     *       (whose option 60 its user can change);
     *   <li>its architecture is known from option 93 or from the text of option 60, or the client is iPXE.
     * </ol>
     *
     * Options 94 and 97 are not asked for: firmware leaves them out or fills them wrongly and boots all the same.
     */
    public boolean isNetworkBoot() {
        return asksForBoot && (ipxe || ((isPxeClient() || isHttpClient()) && !architectures.isEmpty()));
    }

    /**
     * {@return whether the client is iPXE: user class {@code iPXE} in either encoding of option 77, or option 175}
     */
    public boolean isIpxe() {
        return ipxe;
    }

    /** {@return whether option 60 begins with {@code PXEClient}: the client reads PXE's options} */
    public boolean isPxeClient() {
        return vendorClass.filter(text -> text.startsWith(PXE_CLIENT)).isPresent();
    }

    /**
     * {@return whether option 60 begins with {@code HTTPClient}: the client wants a URL and takes only offers whose option 60 begins
     * so too (UEFI 2.10 §24.7)}
     */
    public boolean isHttpClient() {
        return vendorClass.filter(text -> text.startsWith(HTTP_CLIENT)).isPresent();
    }

    /**
     * {@return the kind of firmware; {@link BootFirmware#NONE} if the client does not {@linkplain #isNetworkBoot boot}}
     */
    public BootFirmware firmware() {
        if (!isNetworkBoot()) {
            return BootFirmware.NONE;
        }
        if (ipxe) {
            return BootFirmware.IPXE;
        }
        if (isHttpClient()) {
            return BootFirmware.HTTP_BOOT;
        }
        ClientArchitecture first = architectures.get(0);
        if (first.equals(ClientArchitecture.X86_BIOS)) {
            return BootFirmware.PXE_BIOS;
        }
        return first.isUefi() ? BootFirmware.PXE_UEFI : BootFirmware.PXE_OTHER;
    }

    /** {@return the first architecture of {@link #architectures}} */
    public Optional<ClientArchitecture> architecture() {
        return architectures.stream().findFirst();
    }

    /** {@return the architectures of option 93, the preferred one first, or the one in the text of option 60} */
    public List<ClientArchitecture> architectures() {
        return architectures;
    }

    /** {@return option 97, which holds the machine's UUID} */
    public Optional<ClientMachineIdentifier> machineIdentifier() {
        return machineIdentifier;
    }

    /** {@return option 94, the version of UNDI} */
    public Optional<ClientNetworkInterface> networkInterface() {
        return networkInterface;
    }

    /** {@return the hardware address that the client asks from} */
    public HardwareAddress hardwareAddress() {
        return hardwareAddress;
    }

    /** {@return who the client is to a lease store: option 61, or hardware type and address} */
    public ClientIdentifier clientIdentifier() {
        return clientIdentifier;
    }

    /** {@return the whole text of option 60} */
    public Optional<String> vendorClass() {
        return vendorClass;
    }

    /** {@return the user classes of option 77} */
    public List<String> userClasses() {
        return userClasses;
    }

    /** {@return option 175: features and version of iPXE} */
    public Optional<IpxeOptions> ipxeOptions() {
        return ipxeOptions;
    }

    /** One line: hardware address, firmware, architecture, UUID. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(hardwareAddress).append(' ').append(firmware());
        architecture().ifPresent(architecture -> text.append(", ").append(architecture));
        machineIdentifier
                .flatMap(ClientMachineIdentifier::uuid)
                .ifPresent(uuid -> text.append(", ").append(uuid));
        return text.toString();
    }
}
