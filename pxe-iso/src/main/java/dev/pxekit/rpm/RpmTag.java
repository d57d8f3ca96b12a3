package dev.pxekit.rpm;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A typed key of an {@link RpmHeader}: a tag number and how its value is read. The constants are the tags of the main
 * header (rpm.org, "RPM tags"); the factories make keys for any other number, those of the signature included. Two keys
 * are equal if they have the same number and type.
 *
 * @param <T> what the value is in Java
 */
public final class RpmTag<T> {

    /** Name, 1000. */
    public static final RpmTag<String> NAME = string(1000);

    /** Version, 1001. */
    public static final RpmTag<String> VERSION = string(1001);

    /** Release, 1002. */
    public static final RpmTag<String> RELEASE = string(1002);

    /** Epoch, 1003; absent for none, which compares as 0. */
    public static final RpmTag<Long> EPOCH = number(1003);

    /** One-line summary, 1004: the text without locale. */
    public static final RpmTag<String> SUMMARY = string(1004);

    /** Description, 1005: the text without locale. */
    public static final RpmTag<String> DESCRIPTION = string(1005);

    /** Build time, 1006, in seconds since 1970. */
    public static final RpmTag<Long> BUILD_TIME = number(1006);

    /** Sum of the file sizes in bytes, 1009; absent above 4 GiB, see {@link #LONG_SIZE}. */
    public static final RpmTag<Long> SIZE = number(1009);

    /** Licence, 1014. */
    public static final RpmTag<String> LICENSE = string(1014);

    /** Operating system, 1021. */
    public static final RpmTag<String> OS = string(1021);

    /** Architecture, 1022: of a source package that of the machine which built it. */
    public static final RpmTag<String> ARCH = string(1022);

    /** Full file names, 1027: how packages before RPM 4 list their files. */
    public static final RpmTag<List<String>> OLD_FILE_NAMES = strings(1027);

    /** File name of the source package, 1044; absent in a source package. */
    public static final RpmTag<String> SOURCE_RPM = string(1044);

    /** Version of the rpm that built the package, 1064. */
    public static final RpmTag<String> RPM_VERSION = string(1064);

    /** For each file the index of its directory in {@link #DIR_NAMES}, 1116. */
    public static final RpmTag<List<Long>> DIR_INDEXES = numbers(1116);

    /** For each file its name without directory, 1117. */
    public static final RpmTag<List<String>> BASE_NAMES = strings(1117);

    /** Directories with trailing slash, 1118. */
    public static final RpmTag<List<String>> DIR_NAMES = strings(1118);

    /** Payload format, 1124: {@code cpio}. */
    public static final RpmTag<String> PAYLOAD_FORMAT = string(1124);

    /** Payload compressor, 1125: {@code gzip}, {@code bzip2}, {@code lzma}, {@code xz}, {@code zstd}. */
    public static final RpmTag<String> PAYLOAD_COMPRESSOR = string(1125);

    /** Compression level, 1126. */
    public static final RpmTag<String> PAYLOAD_FLAGS = string(1126);

    /** Sum of the file sizes in bytes, 5009: in packages above 4 GiB. */
    public static final RpmTag<Long> LONG_SIZE = number(5009);

    private enum Kind {
        STRING,
        STRINGS,
        NUMBER,
        NUMBERS,
        BYTES
    }

    private final int number;
    private final Kind kind;
    private final Reader<T> reader;

    @FunctionalInterface
    private interface Reader<T> {
        T read(RpmEntry entry) throws RpmFormatException;
    }

    private RpmTag(int number, Kind kind, Reader<T> reader) {
        this.number = number;
        this.kind = kind;
        this.reader = reader;
    }

    /**
     * {@return a key for a text: STRING, or the first one of STRING_ARRAY and I18NSTRING}
     *
     * @param number the tag number
     */
    public static RpmTag<String> string(int number) {
        return new RpmTag<>(number, Kind.STRING, RpmEntry::string);
    }

    /**
     * {@return a key for a list of texts: STRING_ARRAY, I18NSTRING or STRING}
     *
     * @param number the tag number
     */
    public static RpmTag<List<String>> strings(int number) {
        return new RpmTag<>(number, Kind.STRINGS, RpmEntry::strings);
    }

    /**
     * {@return a key for a number: the first one of CHAR, INT8, INT16, INT32 (unsigned) or INT64}
     *
     * @param number the tag number
     */
    public static RpmTag<Long> number(int number) {
        return new RpmTag<>(number, Kind.NUMBER, RpmEntry::number);
    }

    /**
     * {@return a key for a list of numbers: CHAR, INT8, INT16, INT32 (unsigned) or INT64}
     *
     * @param number the tag number
     */
    public static RpmTag<List<Long>> numbers(int number) {
        return new RpmTag<>(number, Kind.NUMBERS, RpmEntry::numbers);
    }

    /**
     * {@return a key for bytes: BIN, as a read-only buffer}
     *
     * @param number the tag number
     */
    public static RpmTag<ByteBuffer> bytes(int number) {
        return new RpmTag<>(number, Kind.BYTES, RpmEntry::bytes);
    }

    /** {@return the tag number} */
    public int number() {
        return number;
    }

    T read(RpmEntry entry) throws RpmFormatException {
        return reader.read(entry);
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof RpmTag<?> other && other.number == number && other.kind == kind;
    }

    @Override
    public int hashCode() {
        return number * 31 + kind.hashCode();
    }

    @Override
    public String toString() {
        return "tag " + number;
    }
}
