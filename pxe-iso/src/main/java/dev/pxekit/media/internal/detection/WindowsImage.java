package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a Windows image ({@code .wim}, {@code .esd}, {@code .swm}) says of itself: the XML data that its header points to ("Windows
 * Imaging File Format", Microsoft, 2007).
 *
 * <pre>
 * 0          8        12                      72                80               88               96
 * +----------+--------+-----------------------+-----------------+----------------+----------------+--------
 * | MSWIM000 | length | version, flags, parts,| XML data: size  | offset         | original size  | boot
 * |          | of this| offset table          | (7), flags (1)  |                |                | metadata
 * +----------+--------+-----------------------+-----------------+----------------+----------------+--------
 * </pre>
 *
 * @param product the name without the edition, such as "Windows Server 2022"
 * @param version the number, such as "10.0.20348"
 * @param editions the identifiers of the editions, with commas
 * @param architectures in Windows' words: amd64, x86, arm64
 */
record WindowsImage(
        Optional<String> product, Optional<String> version, Optional<String> editions, List<String> architectures) {

    static final WindowsImage UNKNOWN =
            new WindowsImage(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    private static final int HEADER_LENGTH = 208;
    private static final int XML_DATA = 72;
    private static final long MAGIC = 0x0000_004d_4957_534dL; // "MSWIM", little-endian
    private static final int COMPRESSED = 4;

    /** Discs with a dozen editions have 30 to 60 KiB. */
    private static final int MAXIMUM_XML_LENGTH = 1 << 20;

    private static final int MOST_IMAGES = 64;

    private static final String PREINSTALLATION = "Windows PE";

    /** Reads the description; empty if the file is no such image, or its description cannot be read. */
    static Optional<WindowsImage> read(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer header = read(channel, 0, HEADER_LENGTH);
            if (header.remaining() < HEADER_LENGTH || header.getLong(0) != MAGIC) {
                return Optional.empty();
            }
            long sizeAndFlags = header.getLong(XML_DATA);
            long size = sizeAndFlags & 0x00ff_ffff_ffff_ffffL;
            long offset = header.getLong(XML_DATA + 8);
            boolean readable = (sizeAndFlags >>> 56 & COMPRESSED) == 0
                    && size <= MAXIMUM_XML_LENGTH
                    && offset >= HEADER_LENGTH
                    && offset <= channel.size() - size;
            return readable ? Optional.of(parse(decode(read(channel, offset, (int) size)))) : Optional.empty();
        }
    }

    private static ByteBuffer read(SeekableByteChannel channel, long offset, int length) throws IOException {
        long available = Math.max(0, channel.size() - offset);
        ByteBuffer buffer =
                ByteBuffer.allocate((int) Math.min(length, available)).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(offset);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until the buffer is full
        }
        return buffer.flip();
    }

    private static String decode(ByteBuffer xml) {
        return StandardCharsets.UTF_16LE.decode(xml).toString();
    }

    /** Reads the description of an image file's images. */
    static WindowsImage parse(String xml) {
        List<String> images = Xml.contents(xml, "IMAGE", MOST_IMAGES);
        Optional<String> first = images.stream()
                .filter(image -> !image.contains("<INSTALLATIONTYPE>WindowsPE")) // an .esd begins with setup itself
                .findFirst()
                .or(() -> images.stream().findFirst());
        return new WindowsImage(
                first.flatMap(image -> Xml.content(image, "NAME"))
                        .map(TextFile::title)
                        .flatMap(WindowsImage::product)
                        .or(() -> preinstallation(images)),
                first.flatMap(image -> Xml.content(image, "VERSION")).flatMap(WindowsImage::version),
                Optional.of(values(images, "EDITIONID").collect(Collectors.joining(", ")))
                        .filter(text -> !text.isEmpty()),
                values(images, "ARCH").flatMap(WindowsImage::architecture).toList());
    }

    private static Stream<String> values(List<String> images, String element) {
        return images.stream()
                .flatMap(image -> Xml.content(image, element).stream())
                .map(TextFile::title)
                .filter(text -> !text.isEmpty() && !text.equals("WindowsPE"))
                .distinct();
    }

    /** "Windows 11 Pro": up to the word with the number, and an R2 behind it. */
    private static Optional<String> product(String name) {
        List<String> words = List.of(name.split(" ", -1));
        int end = 0;
        while (end < words.size()
                && !Version.isLikely(words.get(end))
                && !words.get(end).equals("Vista")) {
            end++;
        }
        if (end == words.size()) {
            return Optional.empty();
        }
        boolean second = end + 1 < words.size() && words.get(end + 1).equals("R2");
        return Optional.of(String.join(" ", words.subList(0, end + (second ? 2 : 1))));
    }

    /** Discs of WinPE alone have one image, "Microsoft Windows PE (amd64)"; those of setup have another that bears its name. */
    private static Optional<String> preinstallation(List<String> images) {
        boolean alone = !images.isEmpty()
                && images.stream()
                        .allMatch(image -> Xml.content(image, "NAME")
                                .filter(name -> name.contains(PREINSTALLATION))
                                .isPresent());
        return alone ? Optional.of(PREINSTALLATION) : Optional.empty();
    }

    private static Optional<String> version(String xml) {
        List<String> numbers = Stream.of("MAJOR", "MINOR", "BUILD")
                .flatMap(part -> Xml.content(xml, part).stream())
                .map(TextFile::title)
                .filter(Version::isLikely)
                .toList();
        return numbers.size() < 3 ? Optional.empty() : Optional.of(String.join(".", numbers));
    }

    /** The numbers of {@code PROCESSOR_ARCHITECTURE_…} in {@code winnt.h}. */
    private static Stream<String> architecture(String number) {
        return switch (number) {
            case "0" -> Stream.of("x86");
            case "5" -> Stream.of("arm");
            case "9" -> Stream.of("amd64");
            case "12" -> Stream.of("arm64");
            default -> Stream.empty();
        };
    }
}
