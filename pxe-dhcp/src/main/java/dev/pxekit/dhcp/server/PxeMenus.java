package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.util.List;
import java.util.Locale;

/** The contents of option 43 that are menus, also those that nobody sees. */
final class PxeMenus {

    /** Firmware reads one option 43 and no second part; a boot item that is given back takes six octets of it. */
    private static final int LONGEST_OPTION = 249;

    /**
     * Boot servers are asked at their address alone. That only listed ones may answer is not said: edk2 compares {@code siaddr}
     * with the list then, and there is the TFTP server (UefiPxeBcDxe/PxeBcDhcp4.c).
     */
    private static final int ASK_LISTED_SERVERS =
            PxeVendorOptions.NO_BROADCAST_DISCOVERY | PxeVendorOptions.NO_MULTICAST_DISCOVERY;

    /** A menu that is not shown and whose only item leaves PXE. */
    static final PxeVendorOptions LOCAL_DISK =
            new BootMenu(ASK_LISTED_SERVERS, List.of(), bootstrap("Local disk"), takeFirst("Local disk")).toOptions();

    /**
     * Octet for octet what Raspberry Pi's documentation shows: up to the Pi 3 the ROM looks for the text and cannot be changed, and
     * nothing says how it looks.
     */
    static final PxeVendorOptions RASPBERRY_PI = PxeVendorOptions.builder()
            .put(PxeVendorOptions.DISCOVERY_CONTROL, ASK_LISTED_SERVERS)
            .put(PxeVendorOptions.MENU_PROMPT, takeFirst("PXE"))
            .put(PxeVendorOptions.BOOT_MENU, bootstrap("Raspberry Pi Boot"))
            .build();

    private PxeMenus() {}

    private static List<BootMenu.Item> bootstrap(String description) {
        return List.of(new BootMenu.Item(BootServerType.BOOTSTRAP, description));
    }

    private static BootMenu.Prompt takeFirst(String text) {
        return new BootMenu.Prompt(BootMenu.Prompt.TAKE_FIRST, text);
    }

    /** The menu of a decision, whose items this server answers for. */
    static PxeVendorOptions of(BootDecision decision, Inet4Address server) {
        return of(decision.prompt().orElseThrow(), decision.choices(), server);
    }

    private static PxeVendorOptions of(BootMenu.Prompt prompt, List<BootChoice> choices, Inet4Address server) {
        List<BootMenu.Server> servers = choices.stream()
                .filter(choice -> !choice.decision().isLocalDisk())
                .map(choice -> new BootMenu.Server(choice.type(), List.of(server)))
                .toList();
        List<BootMenu.Item> items = choices.stream()
                .map(choice -> new BootMenu.Item(choice.type(), choice.description()))
                .toList();
        return new BootMenu(ASK_LISTED_SERVERS, servers, items, prompt).toOptions();
    }

    /** Refuses a menu that is too large. */
    static void check(BootMenu.Prompt prompt, List<BootChoice> choices) {
        String tooLarge = "boot menu of %s octets with " + choices.size()
                + " items (expected: 1..249; fewer items, or shorter descriptions and prompt)";
        int length;
        try {
            length = of(prompt, choices, Ipv4.ANY).encode().length;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, tooLarge, "too many"), e);
        }
        if (length > LONGEST_OPTION) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, tooLarge, length));
        }
    }
}
