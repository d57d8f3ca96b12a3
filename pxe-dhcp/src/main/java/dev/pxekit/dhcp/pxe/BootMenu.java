package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.internal.Ranges;
import java.net.Inet4Address;
import java.util.List;

/**
 * The menu that PXE firmware shows before it boots: items, a prompt, and where the boot servers of the items are (PXE 2.1
 * §2.2.3 and §2.3). A proxy DHCP server puts it into the option 43 of its offer; the firmware asks a boot server of the chosen
 * type for the file, on port 4011, with {@link PxeVendorOptions#BOOT_ITEM}.
 *
 * <p>The octets of the items together, and of the servers, are at most 255. Keep the whole below that, too: firmware reads only
 * one option 43.
 *
 * <pre>{@code
 * BootServerType installers = BootServerType.of(0x8000);
 * BootMenu menu = new BootMenu(
 *         PxeVendorOptions.NO_BROADCAST_DISCOVERY | PxeVendorOptions.NO_MULTICAST_DISCOVERY,
 *         List.of(new BootMenu.Server(installers, List.of(address))),
 *         List.of(new BootMenu.Item(installers, "Install"), new BootMenu.Item(BootServerType.BOOTSTRAP, "Local disk")),
 *         new BootMenu.Prompt(10, "Press F8 for a menu"));
 * reply.option(PxeVendorOptions.OPTION, menu.toOptions());
 * }</pre>
 *
 * @param discoveryControl the bits of suboption 6, such as {@link PxeVendorOptions#ONLY_LISTED_BOOT_SERVERS}; 0 to 255
 * @param servers suboption 8, where the boot servers are; none for discovery by broadcast or multicast
 * @param items suboption 9, in the order in which they are shown; one or more, the first is what a timeout takes
 * @param prompt suboption 10
 */
public record BootMenu(int discoveryControl, List<Server> servers, List<Item> items, Prompt prompt) {

    /**
     * Copies the lists and checks the range.
     *
     * @param discoveryControl the bits of suboption 6, 0 to 255
     * @param servers suboption 8; none for discovery by broadcast or multicast
     * @param items suboption 9; one or more
     * @param prompt suboption 10
     * @throws IllegalArgumentException if the discovery control is out of range or there are no items
     */
    public BootMenu {
        Ranges.check("discovery control", discoveryControl, 255);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("boot menu without items (expected: one or more)");
        }
        servers = List.copyOf(servers);
        items = List.copyOf(items);
    }

    /**
     * The addresses of the boot servers of one type.
     *
     * @param type the type
     * @param addresses 0 to 255 addresses; none for any server of the type that answers
     */
    public record Server(BootServerType type, List<Inet4Address> addresses) {

        private static final int MOST = 255;

        /**
         * Copies the list and checks its length.
         *
         * @param type the type
         * @param addresses 0 to 255 addresses
         * @throws IllegalArgumentException if there are more
         */
        public Server {
            if (addresses.size() > MOST) {
                throw new IllegalArgumentException(
                        "boot server with " + addresses.size() + " addresses (expected: 0.." + MOST + ")");
            }
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * An item of the menu.
     *
     * @param type the type of the boot server that is asked if the item is chosen; {@link BootServerType#BOOTSTRAP} boots
     *     from the local disk
     * @param description what the menu shows, at most 255 octets
     */
    public record Item(BootServerType type, String description) {}

    /**
     * What is shown before the menu, and for how long.
     *
     * @param timeout how many seconds the user has to press F8 for the menu, 1 to 254; {@link #TAKE_FIRST} or
     *     {@link #WAIT}
     * @param text what is shown, in the practice of PXE {@code Press F8 for menu}
     */
    public record Prompt(int timeout, String text) {

        /** The first item is taken at once, without prompt and menu. */
        public static final int TAKE_FIRST = 0;

        /** The menu is shown at once and waits for the user without limit. */
        public static final int WAIT = 255;

        /**
         * Checks the range.
         *
         * @param timeout 0 to 255
         * @param text what is shown
         * @throws IllegalArgumentException if the timeout is out of range
         */
        public Prompt {
            Ranges.check("prompt timeout", timeout, 255);
        }
    }

    /**
     * {@return the menu as suboptions 6, 8 (if there are servers), 9 and 10}
     *
     * @throws IllegalArgumentException if one of them has more than 255 octets
     */
    public PxeVendorOptions toOptions() {
        EncapsulatedOptions.Builder<PxeVendorOptions> options =
                PxeVendorOptions.builder().put(PxeVendorOptions.DISCOVERY_CONTROL, discoveryControl);
        if (!servers.isEmpty()) {
            options.put(PxeVendorOptions.BOOT_SERVERS, servers);
        }
        return options.put(PxeVendorOptions.BOOT_MENU, items)
                .put(PxeVendorOptions.MENU_PROMPT, prompt)
                .build();
    }
}
