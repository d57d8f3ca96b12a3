package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootMenu;
import java.net.Inet4Address;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client boots, the answer of a {@link BootPolicy}: a boot file by TFTP, a boot file URL, one of several from a menu, its
 * local disk, or nothing. Immutable.
 *
 * <p>A URL goes to clients that read one: UEFI HTTP boot and iPXE. A boot file goes to PXE firmware and to iPXE, a menu to PXE
 * firmware and iPXE from a {@link ProxyDhcpServer}. Where the client cannot read what was decided, it gets what {@link #ignore}
 * gives.
 *
 * <pre>{@code
 * BootDecision.bootFile("pxelinux.0").with(DhcpOption.PXELINUX_CONFIG_FILE, "hosts/build7");
 * BootDecision.menu(
 *         new BootMenu.Prompt(10, "Press F8 for a menu"),
 *         BootChoice.localDisk("Local disk"),
 *         new BootChoice(BootServerType.of(0x8001), "Install", BootDecision.bootFile("snponly.efi")));
 * }</pre>
 */
public final class BootDecision {

    /** The {@code file} field has 128 octets, one of which is a NUL: every firmware reads it. */
    static final int LONGEST_BOOT_FILE = 127;

    /** Option 67 has one octet of length. */
    private static final int LONGEST_URL = 255;

    /**
     * What the server writes itself: addresses and times of the lease (1 and 3 are the subnet's and can be changed), the message
     * (53, 52, 54 to 57), who is who (60, 61, 82, 97), and what the decision says (66, 67).
     */
    private static final Set<Integer> SERVERS_OWN =
            Set.of(0, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 66, 67, 80, 82, 97, 255);

    private static final int VENDOR_OPTIONS = DhcpOption.VENDOR_SPECIFIC_INFORMATION.code();

    private enum Kind {
        IGNORE,
        BOOT_FILE,
        URL,
        MENU,
        LOCAL_DISK,
        RASPBERRY_PI
    }

    private static final BootDecision IGNORE = new BootDecision(Kind.IGNORE, null, null);
    private static final BootDecision LOCAL_DISK = new BootDecision(Kind.LOCAL_DISK, null, null);
    private static final BootDecision RASPBERRY_PI = new BootDecision(Kind.RASPBERRY_PI, null, null);

    private final Kind kind;
    private final @Nullable String name;
    private final @Nullable Inet4Address nextServer;
    private final BootMenu.@Nullable Prompt prompt;
    private final List<BootChoice> choices;
    private final DhcpOptions options;

    private BootDecision(Kind kind, @Nullable String name, @Nullable Inet4Address nextServer) {
        this(kind, name, nextServer, null, List.of(), DhcpOptions.EMPTY);
    }

    private BootDecision(
            Kind kind,
            @Nullable String name,
            @Nullable Inet4Address nextServer,
            BootMenu.@Nullable Prompt prompt,
            List<BootChoice> choices,
            DhcpOptions options) {
        this.kind = kind;
        this.name = name;
        this.nextServer = nextServer;
        this.prompt = prompt;
        this.choices = choices;
        this.options = options;
    }

    /**
     * {@return nothing to boot: a DHCP server gives an address without boot options, a proxy DHCP server gives no answer; another
     * policy, or another server, may know more}
     */
    public static BootDecision ignore() {
        return IGNORE;
    }

    /**
     * The client's own disk, or whatever comes next in its boot order. This is an answer, where {@link #ignore} is none, and no
     * other policy of a chain is asked:
     *
     * <ul>
     *   <li>PXE firmware is given a boot menu whose only item is type 0, with a timeout of 0: it leaves PXE at once, where it
     *       otherwise waits for an offer with a boot file for up to a minute (PXE 2.1 §2.2.3, tags 9 and 10; edk2,
     *       UefiPxeBcDxe/PxeBcBoot.c, which ends with "PXE-E21: Remote boot cancelled" and goes on in the boot order);
     *   <li>iPXE is given a reply with no boot file name by a DHCP server, and none by a proxy: it says "Nothing to boot" and ends
     *       with an error, after which UEFI goes on in the boot order (UEFI 2.10 §3.1.1). A menu would end it without an error
     *       (iPXE, usr/pxemenu.c), after which UEFI may show its boot manager;
     *   <li>UEFI HTTP boot and Raspberry Pi are given nothing: both go on in the boot order when no boot options come;
     *   <li>over DHCPv6, where there are no menus, every client is given an address and no boot file URL.
     * </ul>
     *
     * @return the decision
     */
    public static BootDecision localDisk() {
        return LOCAL_DISK;
    }

    /**
     * A boot file on the server's own TFTP server.
     *
     * @param name the path as the client asks for it, such as {@code snponly.efi}: 1 to 127 printable ASCII characters, as the
     *     PXE ROMs of BIOS machines read the {@code file} field of the packet and no option
     * @return the decision
     * @throws IllegalArgumentException if the name is none
     */
    public static BootDecision bootFile(String name) {
        return new BootDecision(Kind.BOOT_FILE, checked("boot file name", name, LONGEST_BOOT_FILE), null);
    }

    /**
     * A boot file on another TFTP server.
     *
     * @param name the path as the client asks for it: 1 to 127 printable ASCII characters
     * @param nextServer where it is, the address of one machine
     * @return the decision
     * @throws IllegalArgumentException if the name is none, or the address 0.0.0.0, broadcast or multicast
     */
    public static BootDecision bootFile(String name, Inet4Address nextServer) {
        return new BootDecision(
                Kind.BOOT_FILE, checked("boot file name", name, LONGEST_BOOT_FILE), checkedServer(nextServer));
    }

    /**
     * A boot file URL: what UEFI HTTP boot loads, or the script or image that iPXE chains to.
     *
     * @param url an absolute URL of at most 255 ASCII characters; {@code http} and {@code https} for UEFI, {@code tftp} and
     *     others too for iPXE. One of more than 127 goes to the client in option 67 alone, which both read
     * @return the decision
     * @throws IllegalArgumentException if the URL is not absolute, has no host, or is too long
     */
    public static BootDecision url(URI url) {
        if (url.getScheme() == null || url.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    "boot file URL: " + url + " (expected: scheme and host as in http://10.77.0.1:8080/boot.ipxe)");
        }
        return new BootDecision(Kind.URL, checked("boot file URL", url.toASCIIString(), LONGEST_URL), null);
    }

    /**
     * One of several, chosen at the machine's own console (PXE 2.1 §2.2.3): a {@link ProxyDhcpServer} gives the menu, and the
     * boot file on port 4011 when the firmware has one chosen. A {@link DhcpServer}, which has no port 4011, and a
     * {@link Dhcp6Server}, as DHCPv6 has no menus (RFC 5970), give the first choice, which is what the end of the prompt takes.
     *
     * <p>Choices that boot {@link #ignore nothing} are left out, so that a menu can be made of what policies decide; a menu of
     * none is {@link #ignore}.
     *
     * @param prompt what is shown before the menu, and for how long
     * @param choices in the order in which they are shown; the first is what the end of the prompt takes
     * @return the decision
     * @throws IllegalArgumentException if two choices have one type, or the menu has more than 249 octets, which is what one
     *     option 43 has room for beside an item that was chosen
     */
    public static BootDecision menu(BootMenu.Prompt prompt, BootChoice... choices) {
        List<BootChoice> all = Arrays.stream(choices)
                .filter(choice -> !choice.decision().isIgnore())
                .toList();
        if (all.isEmpty()) {
            return IGNORE;
        }
        Set<Object> types = new HashSet<>();
        for (BootChoice choice : all) {
            if (!types.add(choice.type())) {
                throw new IllegalArgumentException("boot menu with two items of type " + choice.type()
                        + " (expected: a type of its own for each)");
            }
        }
        checked("prompt of a boot menu", prompt.text(), LONGEST_URL);
        PxeMenus.check(prompt, all);
        return new BootDecision(Kind.MENU, null, null, prompt, all, DhcpOptions.EMPTY);
    }

    /**
     * The files that a Raspberry Pi asks for by itself, on the server's own TFTP server: it takes no boot file name, and boots if
     * the menu of option 43 has the text {@code Raspberry Pi Boot} (Raspberry Pi's boot loader configuration, PXE_OPTION43).
     * For no other client.
     *
     * @return the decision
     */
    public static BootDecision raspberryPi() {
        return RASPBERRY_PI;
    }

    /**
     * The files that a Raspberry Pi asks for by itself, on another TFTP server.
     *
     * @param nextServer where they are, the address of one machine
     * @return the decision
     * @throws IllegalArgumentException if the address is 0.0.0.0, broadcast or multicast
     */
    public static BootDecision raspberryPi(Inet4Address nextServer) {
        return new BootDecision(Kind.RASPBERRY_PI, null, checkedServer(nextServer));
    }

    /**
     * This decision with an option of the DHCPv4 reply that carries it, in place of one that the server or its subnet would add: such as
     * 209 and 210 for PXELINUX, suboptions of 175 for iPXE (which no other client gets), or the whole of 43 for a client with
     * vendor options of its own.
     *
     * @param <T> the type of the value
     * @param option any but those that tell who is who, the lease and what is booted: 50 to 61, 66, 67, 80, 82 and 97; nor 43 with
     *     a menu or the local disk, which are in it
     * @param value the value
     * @return the decision
     * @throws IllegalArgumentException if the option cannot be set, the value is out of its range, or this is {@link #ignore}
     */
    public <T> BootDecision with(DhcpOption<T> option, T value) {
        return with(DhcpOptions.builder().put(option, value).build());
    }

    /**
     * This decision with options of the reply that carries it, as {@link #with(DhcpOption, Object)}.
     *
     * @param added the options
     * @return the decision
     * @throws IllegalArgumentException if one of them cannot be set, or this is {@link #ignore}
     */
    public BootDecision with(DhcpOptions added) {
        if (kind == Kind.IGNORE) {
            throw new IllegalArgumentException(
                    "options " + added.codes() + " of no reply (expected: something to boot)");
        }
        for (int code : added.codes()) {
            boolean inUse = code == VENDOR_OPTIONS && (kind == Kind.MENU || kind == Kind.LOCAL_DISK);
            if (inUse || SERVERS_OWN.contains(code)) {
                throw new IllegalArgumentException(
                        "option " + code + " of a boot decision (expected: none that the server"
                                + " writes itself; a boot file, URL or menu makes a decision of its own)");
            }
        }
        return new BootDecision(
                kind,
                name,
                nextServer,
                prompt,
                choices,
                options.toBuilder().putAll(added).build());
    }

    static String checked(String what, String text, int longest) {
        boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (text.isEmpty() || text.length() > longest || !printable) {
            throw new IllegalArgumentException(what + " of " + text.length() + " characters (expected: 1.." + longest
                    + " printable ASCII characters): " + text);
        }
        return text;
    }

    private static Inet4Address checkedServer(Inet4Address address) {
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || address.equals(Ipv4.BROADCAST)) {
            throw new IllegalArgumentException(
                    "next server: " + address.getHostAddress() + " (expected: the address of a TFTP server)");
        }
        return address;
    }

    /** {@return whether there is nothing to boot} */
    public boolean isIgnore() {
        return kind == Kind.IGNORE;
    }

    /** {@return whether the client boots its own disk} */
    public boolean isLocalDisk() {
        return kind == Kind.LOCAL_DISK;
    }

    /** {@return whether the client is a Raspberry Pi that asks for the files it knows} */
    public boolean isRaspberryPi() {
        return kind == Kind.RASPBERRY_PI;
    }

    /** {@return the boot file's name, if it is to be loaded by TFTP} */
    public Optional<String> bootFileName() {
        return kind == Kind.BOOT_FILE ? Optional.ofNullable(name) : Optional.empty();
    }

    /** {@return the TFTP server of the boot file, if it is another than the server's own} */
    public Optional<Inet4Address> nextServer() {
        return Optional.ofNullable(nextServer);
    }

    /** {@return the boot file URL, if there is one} */
    public Optional<URI> url() {
        return kind == Kind.URL ? Optional.ofNullable(name).map(URI::create) : Optional.empty();
    }

    /** {@return what is shown before the menu, if there is one} */
    public Optional<BootMenu.Prompt> prompt() {
        return Optional.ofNullable(prompt);
    }

    /** {@return the items of the menu, in their order; none if it is no menu} */
    public List<BootChoice> choices() {
        return choices;
    }

    /** {@return the options that were added to the reply} */
    public DhcpOptions options() {
        return options;
    }

    /** What is given where there is no menu to choose from: of a menu its first choice, else this. */
    BootDecision firstChoice() {
        return choices.stream().findFirst().map(BootChoice::decision).orElse(this);
    }

    /** What goes into {@code file} or option 67, of a boot file and of a URL. */
    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BootDecision that
                && kind == that.kind
                && Objects.equals(name, that.name)
                && Objects.equals(nextServer, that.nextServer)
                && Objects.equals(prompt, that.prompt)
                && choices.equals(that.choices)
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, nextServer, prompt, choices, options);
    }

    /** {@code ignore}, {@code local disk}, the URL, the boot file with its server, or the descriptions of a menu. */
    @Override
    public String toString() {
        String text = switch (kind) {
            case IGNORE -> "ignore";
            case LOCAL_DISK -> "local disk";
            case RASPBERRY_PI -> "Raspberry Pi's own files";
            case MENU ->
                "menu of " + choices.stream().map(BootChoice::description).toList();
            case BOOT_FILE, URL -> String.valueOf(name);
        };
        return nextServer == null ? text : nextServer.getHostAddress() + ":" + text;
    }
}
