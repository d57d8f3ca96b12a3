package dev.pxekit.dhcp.pxe;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.SuboptionSpace;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;

/**
 * Option 43 between PXE clients and servers: suboptions closed by END (PXE 2.1 §2.2.3). What is decoded encodes to the same
 * octets. {@link BootMenu} composes those of a menu. Immutable.
 *
 * <pre>{@code
 * PxeVendorOptions options = PxeVendorOptions.builder()
 *         .put(PxeVendorOptions.DISCOVERY_CONTROL, PxeVendorOptions.DOWNLOAD_BOOT_FILE)
 *         .build();
 * reply.option(PxeVendorOptions.OPTION, options);
 * }</pre>
 */
public final class PxeVendorOptions extends EncapsulatedOptions<PxeVendorOptions> {

    /** Bit 0 of the discovery control: the client must not look for boot servers by broadcast. */
    public static final int NO_BROADCAST_DISCOVERY = 1;

    /** Bit 1 of the discovery control: the client must not look for boot servers by multicast. */
    public static final int NO_MULTICAST_DISCOVERY = 2;

    /** Bit 2 of the discovery control: the client uses only the boot servers that suboption 8 lists. */
    public static final int ONLY_LISTED_BOOT_SERVERS = 4;

    /** Bit 3 of the discovery control: the client loads the boot file of this packet with no menu and no discovery. */
    public static final int DOWNLOAD_BOOT_FILE = 8;

    private static final int FIRST_LOADER_OPTION = 64;
    private static final int LAST_LOADER_OPTION = 127;
    private static final int BOOT_ITEM_CODE = 71;

    /** 1, the multicast address of MTFTP. */
    public static final Suboption<PxeVendorOptions, Inet4Address> MTFTP_ADDRESS =
            Suboption.of(1, "MTFTP address", OptionFormat.address());

    /** 2, the UDP port that the client hears MTFTP on; on the wire its least significant octet comes first. */
    public static final Suboption<PxeVendorOptions, Integer> MTFTP_CLIENT_PORT =
            Suboption.of(2, "MTFTP client port", PxeFormats.LITTLE_ENDIAN_SHORT);

    /** 3, the UDP port of the MTFTP server; on the wire its least significant octet comes first. */
    public static final Suboption<PxeVendorOptions, Integer> MTFTP_SERVER_PORT =
            Suboption.of(3, "MTFTP server port", PxeFormats.LITTLE_ENDIAN_SHORT);

    /** 4, after how many seconds of silence the client opens a transfer of its own. */
    public static final Suboption<PxeVendorOptions, Integer> MTFTP_TIMEOUT =
            Suboption.of(4, "MTFTP timeout", OptionFormat.unsignedByte());

    /** 5, for how many seconds the client listens for a transfer before it opens one. */
    public static final Suboption<PxeVendorOptions, Integer> MTFTP_DELAY =
            Suboption.of(5, "MTFTP delay", OptionFormat.unsignedByte());

    /** 6, the bits of the discovery control, such as {@link #DOWNLOAD_BOOT_FILE}. */
    public static final Suboption<PxeVendorOptions, Integer> DISCOVERY_CONTROL =
            Suboption.of(6, "discovery control", OptionFormat.unsignedByte());

    /** 7, the multicast address that boot servers are looked for at. */
    public static final Suboption<PxeVendorOptions, Inet4Address> DISCOVERY_ADDRESS =
            Suboption.of(7, "discovery multicast address", OptionFormat.address());

    /** 8, the boot servers of each type. */
    public static final Suboption<PxeVendorOptions, List<BootMenu.Server>> BOOT_SERVERS = Suboption.of(
            8,
            "boot servers",
            OptionFormat.list(RecordFormat.of(
                    field("type", PxeFormats.BOOT_SERVER_TYPE, BootMenu.Server::type),
                    field("addresses", new CountedFormat<>(OptionFormat.address()), BootMenu.Server::addresses),
                    BootMenu.Server::new)));

    /** 9, the items of the boot menu, in the order in which they are shown. */
    public static final Suboption<PxeVendorOptions, List<BootMenu.Item>> BOOT_MENU = Suboption.of(
            9,
            "boot menu",
            OptionFormat.list(RecordFormat.of(
                    field("type", PxeFormats.BOOT_SERVER_TYPE, BootMenu.Item::type),
                    field("description", OptionFormat.prefixed8(OptionFormat.text()), BootMenu.Item::description),
                    BootMenu.Item::new)));

    /** 10, the prompt of the boot menu. */
    public static final Suboption<PxeVendorOptions, BootMenu.Prompt> MENU_PROMPT = Suboption.of(
            10,
            "menu prompt",
            RecordFormat.of(
                    field("timeout", OptionFormat.unsignedByte(), BootMenu.Prompt::timeout),
                    field("text", OptionFormat.text(), BootMenu.Prompt::text),
                    BootMenu.Prompt::new));

    /** 11, multicast address allocation, which PXE 2.1 reserves. */
    public static final Suboption<PxeVendorOptions, byte[]> MULTICAST_ADDRESS_ALLOCATION =
            Suboption.of(11, "multicast address allocation", OptionFormat.bytes());

    /** 12, the types of credentials that the client has, four octets each. */
    public static final Suboption<PxeVendorOptions, List<Long>> CREDENTIAL_TYPES =
            Suboption.of(12, "credential types", OptionFormat.list(OptionFormat.unsignedInt()));

    /** 71, the boot item that the client asks for or is given. */
    public static final Suboption<PxeVendorOptions, BootItem> BOOT_ITEM = Suboption.of(
            BOOT_ITEM_CODE,
            "boot item",
            RecordFormat.of(
                    field("type", PxeFormats.BOOT_SERVER_TYPE, BootItem::type),
                    field("layer", OptionFormat.unsignedShort(), BootItem::layer),
                    BootItem::new));

    private static final SuboptionSpace<PxeVendorOptions> SPACE =
            SuboptionSpace.of(SuboptionSpace.Framing.END_WRITTEN, PxeVendorOptions::decode, suboptionKeys());

    /** Option 43 read as PXE suboptions; right only beside option 60 that begins with {@code PXEClient}. */
    public static final DhcpOption<PxeVendorOptions> OPTION =
            DhcpOption.of(DhcpOption.VENDOR_SPECIFIC_INFORMATION.code(), "PXE vendor options", SPACE);

    private static List<Suboption<PxeVendorOptions, ?>> suboptionKeys() {
        List<Suboption<PxeVendorOptions, ?>> keys = new ArrayList<>(List.of(
                MTFTP_ADDRESS,
                MTFTP_CLIENT_PORT,
                MTFTP_SERVER_PORT,
                MTFTP_TIMEOUT,
                MTFTP_DELAY,
                DISCOVERY_CONTROL,
                DISCOVERY_ADDRESS,
                BOOT_SERVERS,
                BOOT_MENU,
                MENU_PROMPT,
                MULTICAST_ADDRESS_ALLOCATION,
                CREDENTIAL_TYPES,
                BOOT_ITEM));
        for (int code = FIRST_LOADER_OPTION; code <= LAST_LOADER_OPTION; code++) {
            if (code != BOOT_ITEM_CODE) {
                keys.add(loaderOption(code));
            }
        }
        return List.copyOf(keys);
    }

    /**
     * The boot item, suboption 71: what the client picked from a boot menu.
     *
     * @param type the boot server type; {@link BootServerType#BOOTSTRAP} is the local disk
     * @param layer the layer, 0 to 65535; bit 15 asks for credentials
     */
    public record BootItem(BootServerType type, int layer) {

        private static final int CREDENTIALS = 0x8000;

        /**
         * Checks the range.
         *
         * @param type the boot server type
         * @param layer the layer, 0 to 65535; bit 15 asks for credentials
         * @throws IllegalArgumentException if the layer is out of range
         */
        public BootItem {
            Ranges.check("boot item layer", layer, 0xffff);
        }

        /**
         * The boot item of a type's number.
         *
         * @param type the boot server type, 0 to 65535
         * @param layer the layer, 0 to 65535; bit 15 asks for credentials
         * @throws IllegalArgumentException if a number is out of range
         */
        public BootItem(int type, int layer) {
            this(BootServerType.of(type), layer);
        }

        /** {@return whether bit 15 of the layer asks for credentials} */
        public boolean asksForCredentials() {
            return (layer & CREDENTIALS) != 0;
        }
    }

    private PxeVendorOptions(byte[] octets) {
        super(octets, SPACE);
    }

    /**
     * {@return the suboption with this code, of those that PXE leaves to what it loads} Their octets are the loader's.
     *
     * @param code 64 to 127, but not 71, which is {@link #BOOT_ITEM}
     * @throws IllegalArgumentException if it is another
     */
    public static Suboption<PxeVendorOptions, byte[]> loaderOption(int code) {
        if (code < FIRST_LOADER_OPTION || code > LAST_LOADER_OPTION || code == BOOT_ITEM_CODE) {
            throw new IllegalArgumentException("loader option: " + code + " (expected: 64..127, not 71)");
        }
        return Suboption.of(code, "loader option " + code, OptionFormat.bytes());
    }

    /**
     * Reads a value of option 43. END and what follows it are kept but are no suboptions; a missing END is no fault.
     *
     * @param value the value
     * @return what the octets say
     */
    public static PxeVendorOptions decode(byte[] value) {
        return new PxeVendorOptions(value);
    }

    /** {@return a builder with no suboptions} */
    public static Builder<PxeVendorOptions> builder() {
        return SPACE.builder();
    }
}
