package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.OptionFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Option 43 between PXE clients and servers: suboptions closed by END (PXE 2.1 §2.2.3). What is decoded encodes to the same
 * octets. Immutable.
 *
 * <pre>{@code
 * PxeVendorOptions options = PxeVendorOptions.builder()
 *         .discoveryControl(PxeVendorOptions.DOWNLOAD_BOOT_FILE)
 *         .build();
 * reply.option(PxeVendorOptions.OPTION, options);
 * }</pre>
 */
public final class PxeVendorOptions {

    /** Option 43 read as PXE suboptions; right only beside option 60 that begins with {@code PXEClient}. */
    public static final DhcpOption<PxeVendorOptions> OPTION = DhcpOption.of(
            DhcpOption.VENDOR_SPECIFIC_INFORMATION.code(),
            "PXE vendor options",
            OptionFormat.of(PxeVendorOptions::decode, PxeVendorOptions::encode));

    /** Bit 0 of the discovery control: the client must not look for boot servers by broadcast. */
    public static final int NO_BROADCAST_DISCOVERY = 1;

    /** Bit 1 of the discovery control: the client must not look for boot servers by multicast. */
    public static final int NO_MULTICAST_DISCOVERY = 2;

    /** Bit 2 of the discovery control: the client uses only the boot servers that suboption 8 lists. */
    public static final int ONLY_LISTED_BOOT_SERVERS = 4;

    /** Bit 3 of the discovery control: the client loads the boot file of this packet with no menu and no discovery. */
    public static final int DOWNLOAD_BOOT_FILE = 8;

    private static final int DISCOVERY_CONTROL = 6;
    private static final int BOOT_ITEM = 71;

    /**
     * The boot item, suboption 71: what the client picked from a boot menu.
     *
     * @param type the boot server type, 0 to 65535; 0 is the local disk
     * @param layer the layer, 0 to 65535; bit 15 asks for credentials
     */
    public record BootItem(int type, int layer) {

        private static final int LENGTH = 4;

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

    private final SuboptionBlock block;

    private PxeVendorOptions(SuboptionBlock block) {
        this.block = block;
    }

    /**
     * Reads a value of option 43. END and what follows it are kept but are no suboptions; a missing END is no fault.
     *
     * @param value the value
     * @return what the octets say
     * @throws DhcpFormatException if a suboption runs past the end
     */
    public static PxeVendorOptions decode(byte[] value) throws DhcpFormatException {
        return new PxeVendorOptions(SuboptionBlock.decode(value));
    }

    /** {@return a builder with no suboptions} */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** {@return a builder that starts with these suboptions} */
    public Builder toBuilder() {
        return new Builder(suboptions());
    }

    /**
     * Writes the suboptions, with END if they were built or had one.
     *
     * @return the octets
     */
    public byte[] encode() {
        return block.encode();
    }

    /** {@return the suboptions in wire order, unknown and repeated ones too} */
    public List<Suboption> suboptions() {
        return block.suboptions();
    }

    /**
     * {@return the octets of the first suboption with this code}
     *
     * @param code the code
     */
    public Optional<byte[]> raw(int code) {
        return block.raw(code);
    }

    /** {@return suboption 6, the bits of the discovery control, 0 to 255} */
    public OptionalInt discoveryControl() {
        return block.raw(DISCOVERY_CONTROL, 1)
                .map(value -> OptionalInt.of(value[0] & 0xff))
                .orElseGet(OptionalInt::empty);
    }

    /** {@return suboption 71, the boot item that the client asks for or is given} */
    public Optional<BootItem> bootItem() {
        return block.raw(BOOT_ITEM, BootItem.LENGTH)
                .map(ByteBuffer::wrap)
                .map(value -> new BootItem(value.getShort(0) & 0xffff, value.getShort(2) & 0xffff));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PxeVendorOptions that && block.equals(that.block);
    }

    @Override
    public int hashCode() {
        return block.hashCode();
    }

    @Override
    public String toString() {
        return block.toString();
    }

    /** Builds PXE vendor options. Not safe for use by several threads at once. */
    public static final class Builder {

        private final List<Suboption> suboptions;

        private Builder(List<Suboption> suboptions) {
            this.suboptions = new ArrayList<>(suboptions);
        }

        /**
         * Sets suboption 6; {@link #DOWNLOAD_BOOT_FILE} is one of its bits.
         *
         * @param bits the bits
         * @return this builder
         */
        public Builder discoveryControl(int bits) {
            if (bits < 0 || bits > 255) {
                throw new IllegalArgumentException("discovery control: " + bits + " (expected: 0..255)");
            }
            return suboption(DISCOVERY_CONTROL, new byte[] {(byte) bits});
        }

        /**
         * Sets suboption 71.
         *
         * @param item the boot item
         * @return this builder
         */
        public Builder bootItem(BootItem item) {
            return suboption(
                    BOOT_ITEM,
                    ByteBuffer.allocate(BootItem.LENGTH)
                            .putShort((short) item.type())
                            .putShort((short) item.layer())
                            .array());
        }

        /**
         * Sets a suboption: in place of the first one with its code, or at the end.
         *
         * @param code the code
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the code is not 1 to 254 or there are more than 255 octets
         */
        public Builder suboption(int code, byte[] value) {
            SuboptionBlock.put(suboptions, Suboption.of(code, value));
            return this;
        }

        /** {@return the suboptions, closed by END} */
        public PxeVendorOptions build() {
            return new PxeVendorOptions(SuboptionBlock.of(suboptions, true));
        }
    }
}
