package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.OptionFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Option 175, iPXE's suboptions: what a build can do (features, version, bus) on the way up, and settings on the way down.
 * The codes are those of iPXE's {@code dhcp.h} and {@code features.h}; iPXE closes the list with no END, and neither does
 * the builder. What is decoded encodes to the same octets. Immutable.
 */
public final class IpxeOptions {

    /** Option 175 read as iPXE suboptions. */
    public static final DhcpOption<IpxeOptions> OPTION = DhcpOption.of(
            DhcpOption.IPXE.code(), "iPXE options", OptionFormat.of(IpxeOptions::decode, IpxeOptions::encode));

    /** Feature: PXE extensions, a PXE stack for what is loaded. */
    public static final int FEATURE_PXE_EXTENSIONS = 16;

    /** Feature: iSCSI. */
    public static final int FEATURE_ISCSI = 17;

    /** Feature: ATA over Ethernet. */
    public static final int FEATURE_AOE = 18;

    /** Feature: HTTP. */
    public static final int FEATURE_HTTP = 19;

    /** Feature: HTTPS. */
    public static final int FEATURE_HTTPS = 20;

    /** Feature: TFTP. */
    public static final int FEATURE_TFTP = 21;

    /** Feature: DNS. */
    public static final int FEATURE_DNS = 23;

    /** Feature: Linux kernels in BIOS mode. */
    public static final int FEATURE_BZIMAGE = 24;

    /** Feature: PXE network bootstrap programs. */
    public static final int FEATURE_PXE = 33;

    /** Feature: EFI images. */
    public static final int FEATURE_EFI = 36;

    /** Feature: VLANs. */
    public static final int FEATURE_VLAN = 38;

    /** Feature: menus. */
    public static final int FEATURE_MENU = 39;

    /** Feature: NFS. */
    public static final int FEATURE_NFS = 41;

    private static final int PRIORITY = 1;
    private static final int FIRST_FEATURE = 16;
    private static final int LAST_FEATURE = 79;
    private static final int NO_PXE_DHCP = 176;
    private static final int BUS_ID = 177;
    private static final int VERSION = 235;

    /**
     * The bus and device of the network interface, suboption 177.
     *
     * @param type the bus, 0 to 255: 1 PCI
     * @param vendor the bus's vendor number, 0 to 65535
     * @param device the vendor's device number, 0 to 65535
     */
    public record BusId(int type, int vendor, int device) {

        private static final int LENGTH = 5;

        /**
         * Checks the ranges.
         *
         * @param type the bus, 0 to 255: 1 PCI
         * @param vendor the bus's vendor number, 0 to 65535
         * @param device the vendor's device number, 0 to 65535
         * @throws IllegalArgumentException if a number is out of range
         */
        public BusId {
            if (type >>> 8 != 0 || (vendor | device) >>> 16 != 0) {
                throw new IllegalArgumentException("bus id: type " + type + ", vendor " + vendor + ", device " + device
                        + " (expected: 0..255 and twice 0..65535)");
            }
        }
    }

    private final SuboptionBlock block;

    private IpxeOptions(SuboptionBlock block) {
        this.block = block;
    }

    /**
     * Reads a value of option 175; no octets are no suboptions.
     *
     * @param value the value
     * @return what the octets say
     * @throws DhcpFormatException if a suboption runs past the end
     */
    public static IpxeOptions decode(byte[] value) throws DhcpFormatException {
        return new IpxeOptions(SuboptionBlock.decode(value));
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
     * Writes the suboptions.
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

    /**
     * {@return whether the build has a feature: one of the constants here, or any suboption code from 16 to 79, not 0 in value}
     *
     * @param feature the feature's code
     */
    public boolean hasFeature(int feature) {
        return feature >= FIRST_FEATURE
                && feature <= LAST_FEATURE
                && raw(feature)
                        .filter(value -> value.length > 0 && value[0] != 0)
                        .isPresent();
    }

    /** {@return suboption 1, the priority of these settings against others, -128 to 127} */
    public OptionalInt priority() {
        return block.raw(PRIORITY, 1).map(value -> OptionalInt.of(value[0])).orElseGet(OptionalInt::empty);
    }

    /** {@return suboption 176: whether iPXE is told not to wait for proxy DHCP offers} */
    public boolean isNoPxeDhcp() {
        return block.raw(NO_PXE_DHCP, 1).filter(value -> value[0] != 0).isPresent();
    }

    /** {@return suboption 177, the network interface's bus and device} */
    public Optional<BusId> busId() {
        return block.raw(BUS_ID, BusId.LENGTH)
                .map(value -> new BusId(
                        value[0] & 0xff,
                        (value[1] & 0xff) << 8 | (value[2] & 0xff),
                        (value[3] & 0xff) << 8 | (value[4] & 0xff)));
    }

    /** {@return suboption 235, the version with dots, such as {@code 1.0.0}} */
    public Optional<String> version() {
        return block.raw(VERSION, 3)
                .map(value -> (value[0] & 0xff) + "." + (value[1] & 0xff) + "." + (value[2] & 0xff));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpxeOptions that && block.equals(that.block);
    }

    @Override
    public int hashCode() {
        return block.hashCode();
    }

    @Override
    public String toString() {
        return block.toString();
    }

    /** Builds iPXE options. Not safe for use by several threads at once. */
    public static final class Builder {

        private final List<Suboption> suboptions;

        private Builder(List<Suboption> suboptions) {
            this.suboptions = new ArrayList<>(suboptions);
        }

        /**
         * Sets suboption 1, -128 to 127.
         *
         * @param priority the priority
         * @return this builder
         */
        public Builder priority(int priority) {
            if (priority < Byte.MIN_VALUE || priority > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("priority: " + priority + " (expected: -128..127)");
            }
            return suboption(PRIORITY, new byte[] {(byte) priority});
        }

        /**
         * Sets suboption 176; true keeps iPXE from waiting for proxy DHCP offers.
         *
         * @param noPxeDhcp whether to say so
         * @return this builder
         */
        public Builder noPxeDhcp(boolean noPxeDhcp) {
            return suboption(NO_PXE_DHCP, new byte[] {(byte) (noPxeDhcp ? 1 : 0)});
        }

        /**
         * Marks a feature, 16 to 79, with the value 1 that iPXE itself sends.
         *
         * @param feature the feature's code
         * @return this builder
         */
        public Builder feature(int feature) {
            if (feature < FIRST_FEATURE || feature > LAST_FEATURE) {
                throw new IllegalArgumentException("feature: " + feature + " (expected: 16..79)");
            }
            return suboption(feature, new byte[] {1});
        }

        /**
         * Sets suboption 177.
         *
         * @param busId the bus and device
         * @return this builder
         */
        public Builder busId(BusId busId) {
            return suboption(BUS_ID, new byte[] {
                (byte) busId.type(),
                (byte) (busId.vendor() >>> 8),
                (byte) busId.vendor(),
                (byte) (busId.device() >>> 8),
                (byte) busId.device()
            });
        }

        /**
         * Sets suboption 235, each number 0 to 255.
         *
         * @param major the major number
         * @param minor the minor number
         * @param patch the patch number
         * @return this builder
         */
        public Builder version(int major, int minor, int patch) {
            if ((major | minor | patch) >>> 8 != 0) {
                throw new IllegalArgumentException(
                        "version: " + major + "." + minor + "." + patch + " (expected: 0..255 each)");
            }
            return suboption(VERSION, new byte[] {(byte) major, (byte) minor, (byte) patch});
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

        /** {@return the suboptions} */
        public IpxeOptions build() {
            return new IpxeOptions(SuboptionBlock.of(suboptions, false));
        }
    }
}
