package dev.pxekit.dhcp.pxe;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.SuboptionSpace;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * Option 175, iPXE's suboptions: what a build can do (features, version, bus) on the way up, and settings on the way down.
 * The codes are those of iPXE's {@code dhcp.h} and {@code features.h}; iPXE closes the list with no END, and neither does
 * the builder. What is decoded encodes to the same octets. Immutable.
 */
public final class IpxeOptions extends EncapsulatedOptions<IpxeOptions> {

    /** 16, feature: PXE extensions, a PXE stack for what is loaded; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_PXE_EXTENSIONS =
            Suboption.of(16, "feature PXE extensions, a PXE stack for what is loaded", OptionFormat.unsignedByte());

    /** 17, feature: iSCSI; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_ISCSI =
            Suboption.of(17, "feature iSCSI", OptionFormat.unsignedByte());

    /** 18, feature: ATA over Ethernet; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_AOE =
            Suboption.of(18, "feature ATA over Ethernet", OptionFormat.unsignedByte());

    /** 19, feature: HTTP; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_HTTP =
            Suboption.of(19, "feature HTTP", OptionFormat.unsignedByte());

    /** 20, feature: HTTPS; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_HTTPS =
            Suboption.of(20, "feature HTTPS", OptionFormat.unsignedByte());

    /** 21, feature: TFTP; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_TFTP =
            Suboption.of(21, "feature TFTP", OptionFormat.unsignedByte());

    /** 23, feature: DNS; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_DNS =
            Suboption.of(23, "feature DNS", OptionFormat.unsignedByte());

    /** 24, feature: Linux kernels in BIOS mode; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_BZIMAGE =
            Suboption.of(24, "feature Linux kernels in BIOS mode", OptionFormat.unsignedByte());

    /** 33, feature: PXE network bootstrap programs; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_PXE =
            Suboption.of(33, "feature PXE network bootstrap programs", OptionFormat.unsignedByte());

    /** 36, feature: EFI images; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_EFI =
            Suboption.of(36, "feature EFI images", OptionFormat.unsignedByte());

    /** 38, feature: VLANs; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_VLAN =
            Suboption.of(38, "feature VLANs", OptionFormat.unsignedByte());

    /** 39, feature: menus; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_MENU =
            Suboption.of(39, "feature menus", OptionFormat.unsignedByte());

    /** 41, feature: NFS; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_NFS =
            Suboption.of(41, "feature NFS", OptionFormat.unsignedByte());

    /** 176, true keeps iPXE from waiting for proxy DHCP offers. */
    public static final Suboption<IpxeOptions, Boolean> NO_PXEDHCP =
            Suboption.of(176, "no-pxedhcp", OptionFormat.flag());

    /** 177, the bus and device of the network interface, sent by iPXE. */
    public static final Suboption<IpxeOptions, BusId> BUS_ID = Suboption.of(
            177,
            "bus-id",
            RecordFormat.of(
                    field("type", OptionFormat.unsignedByte(), BusId::type),
                    field("vendor", OptionFormat.unsignedShort(), BusId::vendor),
                    field("device", OptionFormat.unsignedShort(), BusId::device),
                    BusId::new));

    /** 235, the version, sent by iPXE. */
    public static final Suboption<IpxeOptions, Version> VERSION = Suboption.of(
            235,
            "version",
            RecordFormat.of(
                    field("major", OptionFormat.unsignedByte(), Version::major),
                    field("minor", OptionFormat.unsignedByte(), Version::minor),
                    field("patch", OptionFormat.unsignedByte(), Version::patch),
                    Version::new));

    /** How option 175 is read and written. */
    public static final SuboptionSpace<IpxeOptions> SPACE = SuboptionSpace.of(
            SuboptionSpace.Framing.END_OPTIONAL,
            IpxeOptions::decode,
            List.of(
                    FEATURE_PXE_EXTENSIONS,
                    FEATURE_ISCSI,
                    FEATURE_AOE,
                    FEATURE_HTTP,
                    FEATURE_HTTPS,
                    FEATURE_TFTP,
                    FEATURE_DNS,
                    FEATURE_BZIMAGE,
                    FEATURE_PXE,
                    FEATURE_EFI,
                    FEATURE_VLAN,
                    FEATURE_MENU,
                    FEATURE_NFS,
                    NO_PXEDHCP,
                    BUS_ID,
                    VERSION));

    /**
     * The bus and device of the network interface, suboption 177.
     *
     * @param type the bus, 0 to 255: 1 PCI
     * @param vendor the bus's vendor number, 0 to 65535
     * @param device the vendor's device number, 0 to 65535
     */
    public record BusId(int type, int vendor, int device) {

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

    /**
     * The version of iPXE, suboption 235.
     *
     * @param major 0 to 255
     * @param minor 0 to 255
     * @param patch 0 to 255
     */
    public record Version(int major, int minor, int patch) {

        /**
         * Checks the ranges.
         *
         * @param major 0 to 255
         * @param minor 0 to 255
         * @param patch 0 to 255
         * @throws IllegalArgumentException if a number is out of range
         */
        public Version {
            if ((major | minor | patch) >>> 8 != 0) {
                throw new IllegalArgumentException(
                        "version: " + major + "." + minor + "." + patch + " (expected: 0..255 each)");
            }
        }

        /** The three numbers with dots, such as {@code 1.0.0}. */
        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    private IpxeOptions(byte[] octets) {
        super(octets, SPACE);
    }

    /**
     * Reads a value of option 175; no octets are no suboptions.
     *
     * @param value the value
     * @return what the octets say
     */
    public static IpxeOptions decode(byte[] value) {
        return new IpxeOptions(value);
    }

    /** {@return a builder with no suboptions} */
    public static Builder<IpxeOptions> builder() {
        return SPACE.builder();
    }

    /**
     * {@return whether the build has a feature: the suboption is there and not 0}
     *
     * @param feature one of the constants whose name begins with FEATURE
     */
    public boolean hasFeature(Suboption<IpxeOptions, Integer> feature) {
        return get(feature).filter(version -> version != 0).isPresent();
    }
}
