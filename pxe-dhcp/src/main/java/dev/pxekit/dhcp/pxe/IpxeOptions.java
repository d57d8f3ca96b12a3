package dev.pxekit.dhcp.pxe;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.SuboptionSpace;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Option 175, iPXE's suboptions: what a build can do (features, version, bus) on the way up, and settings on the way down.
 * The codes are those of iPXE's {@code dhcp.h} and {@code features.h}; iPXE closes the list with no END, and neither does
 * the builder. What is decoded encodes to the same octets. Immutable.
 */
public final class IpxeOptions extends EncapsulatedOptions<IpxeOptions> {

    /** 1, the priority of these settings against others, -128 to 127. */
    public static final Suboption<IpxeOptions, Integer> PRIORITY = Suboption.of(1, "priority", PxeFormats.SIGNED_BYTE);

    /** 2, the field {@code yiaddr}, which iPXE uses inside itself. */
    public static final Suboption<IpxeOptions, Inet4Address> YOUR_ADDRESS =
            Suboption.of(2, "yiaddr", OptionFormat.address());

    /** 3, the field {@code siaddr}, which iPXE uses inside itself. */
    public static final Suboption<IpxeOptions, Inet4Address> NEXT_SERVER =
            Suboption.of(3, "siaddr", OptionFormat.address());

    /** 8, true keeps a SAN drive attached after its boot failed. */
    public static final Suboption<IpxeOptions, Boolean> KEEP_SAN = Suboption.of(8, "keep-san", PxeFormats.TRUTH);

    /** 9, true attaches a SAN drive and does not boot from it. */
    public static final Suboption<IpxeOptions, Boolean> SKIP_SAN_BOOT =
            Suboption.of(9, "skip-san-boot", PxeFormats.TRUTH);

    /** 16, feature: PXE extensions, a PXE stack for what is loaded; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_PXE_EXTENSIONS =
            Suboption.of(16, "feature-pxe-ext", OptionFormat.unsignedByte());

    /** 17, feature: iSCSI; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_ISCSI =
            Suboption.of(17, "feature-iscsi", OptionFormat.unsignedByte());

    /** 18, feature: ATA over Ethernet; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_AOE =
            Suboption.of(18, "feature-aoe", OptionFormat.unsignedByte());

    /** 19, feature: HTTP; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_HTTP =
            Suboption.of(19, "feature-http", OptionFormat.unsignedByte());

    /** 20, feature: HTTPS; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_HTTPS =
            Suboption.of(20, "feature-https", OptionFormat.unsignedByte());

    /** 21, feature: TFTP; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_TFTP =
            Suboption.of(21, "feature-tftp", OptionFormat.unsignedByte());

    /** 22, feature: FTP; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_FTP =
            Suboption.of(22, "feature-ftp", OptionFormat.unsignedByte());

    /** 23, feature: DNS; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_DNS =
            Suboption.of(23, "feature-dns", OptionFormat.unsignedByte());

    /** 24, feature: Linux kernels in BIOS mode; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_BZIMAGE =
            Suboption.of(24, "feature-bzimage", OptionFormat.unsignedByte());

    /** 25, feature: Multiboot kernels; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_MULTIBOOT =
            Suboption.of(25, "feature-multiboot", OptionFormat.unsignedByte());

    /** 26, feature: SLAM, a multicast transfer protocol; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_SLAM =
            Suboption.of(26, "feature-slam", OptionFormat.unsignedByte());

    /** 27, feature: SCSI over RDMA (SRP); the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_SRP =
            Suboption.of(27, "feature-srp", OptionFormat.unsignedByte());

    /** 32, feature: NBI images of Etherboot; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_NBI =
            Suboption.of(32, "feature-nbi", OptionFormat.unsignedByte());

    /** 33, feature: PXE network bootstrap programs; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_PXE =
            Suboption.of(33, "feature-pxe", OptionFormat.unsignedByte());

    /** 34, feature: ELF images; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_ELF =
            Suboption.of(34, "feature-elf", OptionFormat.unsignedByte());

    /** 35, feature: COMBOOT and COM32 images of SYSLINUX; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_COMBOOT =
            Suboption.of(35, "feature-comboot", OptionFormat.unsignedByte());

    /** 36, feature: EFI images; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_EFI =
            Suboption.of(36, "feature-efi", OptionFormat.unsignedByte());

    /** 37, feature: Fibre Channel over Ethernet; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_FCOE =
            Suboption.of(37, "feature-fcoe", OptionFormat.unsignedByte());

    /** 38, feature: VLANs; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_VLAN =
            Suboption.of(38, "feature-vlan", OptionFormat.unsignedByte());

    /** 39, feature: menus; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_MENU =
            Suboption.of(39, "feature-menu", OptionFormat.unsignedByte());

    /** 40, feature: SDI images; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_SDI =
            Suboption.of(40, "feature-sdi", OptionFormat.unsignedByte());

    /** 41, feature: NFS; the value is a version, 0 for none. */
    public static final Suboption<IpxeOptions, Integer> FEATURE_NFS =
            Suboption.of(41, "feature-nfs", OptionFormat.unsignedByte());

    /** 81, a command that runs in place of the automatic boot. */
    public static final Suboption<IpxeOptions, String> SCRIPTLET = Suboption.of(81, "scriptlet", OptionFormat.text());

    /** 85, the server that log messages go to over TLS. */
    public static final Suboption<IpxeOptions, String> SYSLOGS = Suboption.of(85, "syslogs", OptionFormat.text());

    /** 90, fingerprints of the root certificates that are trusted. */
    public static final Suboption<IpxeOptions, byte[]> TRUST = Suboption.of(90, "trust", OptionFormat.bytes());

    /** 91, the certificate that iPXE shows, in DER. */
    public static final Suboption<IpxeOptions, byte[]> CERTIFICATE = Suboption.of(91, "cert", OptionFormat.bytes());

    /** 92, the private key of that certificate. */
    public static final Suboption<IpxeOptions, byte[]> PRIVATE_KEY = Suboption.of(92, "privkey", OptionFormat.bytes());

    /** 93, the URL under which cross-signed certificates are. */
    public static final Suboption<IpxeOptions, String> CROSS_CERTIFICATE =
            Suboption.of(93, "crosscert", OptionFormat.text());

    /** 176, true keeps iPXE from waiting for proxy DHCP offers. */
    public static final Suboption<IpxeOptions, Boolean> NO_PXEDHCP = Suboption.of(176, "no-pxedhcp", PxeFormats.TRUTH);

    /** 177, the bus and device of the network interface, sent by iPXE. */
    public static final Suboption<IpxeOptions, BusId> BUS_ID = Suboption.of(
            177,
            "bus-id",
            RecordFormat.of(
                    field("type", OptionFormat.unsignedByte(), BusId::type),
                    field("vendor", OptionFormat.unsignedShort(), BusId::vendor),
                    field("device", OptionFormat.unsignedShort(), BusId::device),
                    BusId::new));

    /** 178, true takes the DHCP settings of the firmware that loaded iPXE. */
    public static final Suboption<IpxeOptions, Boolean> USE_CACHED = Suboption.of(178, "use-cached", PxeFormats.TRUTH);

    /** 187, how often a SAN command is tried again. */
    public static final Suboption<IpxeOptions, Integer> SAN_RETRY =
            Suboption.of(187, "san-retry", OptionFormat.unsignedByte());

    /** 188, the file on a SAN drive that is booted. */
    public static final Suboption<IpxeOptions, String> SAN_FILENAME =
            Suboption.of(188, "san-filename", OptionFormat.text());

    /** 189, the BIOS drive number of a SAN drive, 0x80 for the first. */
    public static final Suboption<IpxeOptions, Integer> SAN_DRIVE =
            Suboption.of(189, "san-drive", OptionFormat.unsignedByte());

    /** 190, the user name. */
    public static final Suboption<IpxeOptions, String> USERNAME = Suboption.of(190, "username", OptionFormat.text());

    /** 191, the password. */
    public static final Suboption<IpxeOptions, String> PASSWORD = Suboption.of(191, "password", OptionFormat.text());

    /** 192, the user name that the other side proves in CHAP. */
    public static final Suboption<IpxeOptions, String> REVERSE_USERNAME =
            Suboption.of(192, "reverse-username", OptionFormat.text());

    /** 193, the password that the other side proves in CHAP. */
    public static final Suboption<IpxeOptions, String> REVERSE_PASSWORD =
            Suboption.of(193, "reverse-password", OptionFormat.text());

    /** 194, the user number for NFS. */
    public static final Suboption<IpxeOptions, Long> UID = Suboption.of(194, "uid", OptionFormat.unsignedInt());

    /** 195, the group number for NFS. */
    public static final Suboption<IpxeOptions, Long> GID = Suboption.of(195, "gid", OptionFormat.unsignedInt());

    /** 235, the version, sent by iPXE. */
    public static final Suboption<IpxeOptions, Version> VERSION = Suboption.of(
            235,
            "version",
            RecordFormat.of(
                    field("major", OptionFormat.unsignedByte(), Version::major),
                    field("minor", OptionFormat.unsignedByte(), Version::minor),
                    field("patch", OptionFormat.unsignedByte(), Version::patch),
                    Version::new));

    private static final String FEATURE_PREFIX = "feature-";

    private static final Map<Integer, Suboption<IpxeOptions, Integer>> FEATURES = Stream.of(
                    FEATURE_PXE_EXTENSIONS,
                    FEATURE_ISCSI,
                    FEATURE_AOE,
                    FEATURE_HTTP,
                    FEATURE_HTTPS,
                    FEATURE_TFTP,
                    FEATURE_FTP,
                    FEATURE_DNS,
                    FEATURE_BZIMAGE,
                    FEATURE_MULTIBOOT,
                    FEATURE_SLAM,
                    FEATURE_SRP,
                    FEATURE_NBI,
                    FEATURE_PXE,
                    FEATURE_ELF,
                    FEATURE_COMBOOT,
                    FEATURE_EFI,
                    FEATURE_FCOE,
                    FEATURE_VLAN,
                    FEATURE_MENU,
                    FEATURE_SDI,
                    FEATURE_NFS)
            .collect(Collectors.toUnmodifiableMap(Suboption::code, feature -> feature));

    /** How option 175 is read and written. */
    public static final SuboptionSpace<IpxeOptions> SPACE = SuboptionSpace.of(
            SuboptionSpace.Framing.END_OPTIONAL,
            IpxeOptions::decode,
            Stream.<Suboption<IpxeOptions, ?>>concat(
                            FEATURES.values().stream(),
                            Stream.of(
                                    PRIORITY,
                                    YOUR_ADDRESS,
                                    NEXT_SERVER,
                                    KEEP_SAN,
                                    SKIP_SAN_BOOT,
                                    SCRIPTLET,
                                    SYSLOGS,
                                    TRUST,
                                    CERTIFICATE,
                                    PRIVATE_KEY,
                                    CROSS_CERTIFICATE,
                                    NO_PXEDHCP,
                                    BUS_ID,
                                    USE_CACHED,
                                    SAN_RETRY,
                                    SAN_FILENAME,
                                    SAN_DRIVE,
                                    USERNAME,
                                    PASSWORD,
                                    REVERSE_USERNAME,
                                    REVERSE_PASSWORD,
                                    UID,
                                    GID,
                                    VERSION))
                    .toList());

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

    /**
     * {@return the features of the build in wire order, by the names of their suboptions without the word feature, such as
     * {@code dns}, {@code http} and {@code pxe-ext}} Those with version 0 and unknown ones are left out.
     */
    public List<String> features() {
        return suboptions().stream()
                .map(suboption -> FEATURES.get(suboption.code()))
                .flatMap(Stream::ofNullable)
                .distinct()
                .filter(this::hasFeature)
                .map(feature -> feature.name().substring(FEATURE_PREFIX.length()))
                .toList();
    }
}
