package dev.pxekit.dhcp.pxe;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.SuboptionSpace;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * Option 43 between PXE clients and servers: suboptions closed by END (PXE 2.1 §2.2.3). What is decoded encodes to the same
 * octets. Immutable.
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

    /** 6, the bits of the discovery control, such as {@link #DOWNLOAD_BOOT_FILE}. */
    public static final Suboption<PxeVendorOptions, Integer> DISCOVERY_CONTROL =
            Suboption.of(6, "discovery control", OptionFormat.unsignedByte());

    /** 71, the boot item that the client asks for or is given. */
    public static final Suboption<PxeVendorOptions, BootItem> BOOT_ITEM = Suboption.of(
            71,
            "boot item",
            RecordFormat.of(
                    field("type", OptionFormat.unsignedShort(), BootItem::type),
                    field("layer", OptionFormat.unsignedShort(), BootItem::layer),
                    BootItem::new));

    private static final SuboptionSpace<PxeVendorOptions> SPACE = SuboptionSpace.of(
            SuboptionSpace.Framing.END_WRITTEN, PxeVendorOptions::decode, List.of(DISCOVERY_CONTROL, BOOT_ITEM));

    /** Option 43 read as PXE suboptions; right only beside option 60 that begins with {@code PXEClient}. */
    public static final DhcpOption<PxeVendorOptions> OPTION =
            DhcpOption.of(DhcpOption.VENDOR_SPECIFIC_INFORMATION.code(), "PXE vendor options", SPACE);

    /**
     * The boot item, suboption 71: what the client picked from a boot menu.
     *
     * @param type the boot server type, 0 to 65535; 0 is the local disk
     * @param layer the layer, 0 to 65535; bit 15 asks for credentials
     */
    public record BootItem(int type, int layer) {

        /**
         * Checks the ranges.
         *
         * @param type the boot server type, 0 to 65535; 0 is the local disk
         * @param layer the layer, 0 to 65535; bit 15 asks for credentials
         * @throws IllegalArgumentException if a number is out of range
         */
        public BootItem {
            if ((type | layer) >>> 16 != 0) {
                throw new IllegalArgumentException(
                        "boot item: type " + type + ", layer " + layer + " (expected: 0..65535 each)");
            }
        }
    }

    private PxeVendorOptions(byte[] octets) {
        super(octets, SPACE);
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
