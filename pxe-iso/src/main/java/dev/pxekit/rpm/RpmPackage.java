package dev.pxekit.rpm;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The metadata of an RPM package of format version 3, 4 or 6: lead, signature and header.
 *
 * <pre>{@code
 * RpmPackage rpm = RpmPackage.open(image.getPath("/Packages/b/bash-5.1.8-6.el9.x86_64.rpm"));
 * System.out.println(rpm.name() + " " + rpm.version() + " " + rpm.fileNames());
 * }</pre>
 *
 * <p>Everything is read when the package is opened and the file is closed again; the payload is not touched. No more memory
 * is taken than the file has bytes. Signatures and digests are not verified. Immutable.
 */
public final class RpmPackage {

    private static final int ALIGNMENT = 8;
    private static final int MAXIMUM_DIRECTORY_LENGTH = 4096;
    /** A few bytes of index can name the same long directory again and again. */
    private static final long MAXIMUM_NAMES_LENGTH = 1L << 26;

    private final RpmLead lead;
    private final RpmHeader signature;
    private final RpmHeader header;
    private final long payloadOffset;

    private RpmPackage(RpmLead lead, RpmHeader signature, RpmHeader header, long payloadOffset) {
        this.lead = lead;
        this.signature = signature;
        this.header = header;
        this.payloadOffset = payloadOffset;
    }

    /**
     * Reads the metadata of a package.
     *
     * @param file the package, in any file system
     * @return its metadata
     * @throws RpmFormatException if it is malformed
     * @throws IOException if it cannot be read
     */
    public static RpmPackage open(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return new Reader(channel).read();
        }
    }

    /** {@return the lead} */
    public RpmLead lead() {
        return lead;
    }

    /** {@return the signature header: digests, signatures and sizes} */
    public RpmHeader signature() {
        return signature;
    }

    /** {@return the header: what the package is} */
    public RpmHeader header() {
        return header;
    }

    /** {@return where the payload begins, in bytes from the start of the package} */
    public long payloadOffset() {
        return payloadOffset;
    }

    /** {@return whether this is a source package} */
    public boolean isSource() {
        return lead.source();
    }

    /**
     * {@return the name}
     *
     * @throws RpmFormatException if the header lacks it
     */
    public String name() throws RpmFormatException {
        return required(RpmTag.NAME, "name");
    }

    /**
     * {@return the version}
     *
     * @throws RpmFormatException if the header lacks it
     */
    public String version() throws RpmFormatException {
        return required(RpmTag.VERSION, "version");
    }

    /**
     * {@return the release}
     *
     * @throws RpmFormatException if the header lacks it
     */
    public String release() throws RpmFormatException {
        return required(RpmTag.RELEASE, "release");
    }

    /**
     * {@return the architecture}
     *
     * @throws RpmFormatException if the header lacks it
     */
    public String architecture() throws RpmFormatException {
        return required(RpmTag.ARCH, "architecture");
    }

    private String required(RpmTag<String> tag, String what) throws RpmFormatException {
        return header.get(tag)
                .orElseThrow(() -> new RpmFormatException(
                        "the header has no " + what + " (tag " + tag.number() + ")", payloadOffset));
    }

    /**
     * {@return the files in the order of the header: absolute names, those of a source package without directory}
     *
     * @throws RpmFormatException if the lists of names and directories do not fit together
     */
    public List<String> fileNames() throws RpmFormatException {
        Optional<List<String>> baseNames = header.get(RpmTag.BASE_NAMES);
        if (baseNames.isEmpty()) {
            return header.get(RpmTag.OLD_FILE_NAMES).orElse(List.of());
        }
        List<String> directories = header.get(RpmTag.DIR_NAMES).orElse(List.of());
        List<Long> indexes = header.get(RpmTag.DIR_INDEXES).orElse(List.of());
        if (indexes.size() != baseNames.get().size()) {
            throw new RpmFormatException(
                    "directory indexes: " + indexes.size() + " (expected: one for each of the "
                            + baseNames.get().size() + " files)",
                    payloadOffset);
        }
        List<String> names = new ArrayList<>(indexes.size());
        long total = 0;
        for (int i = 0; i < indexes.size(); i++) {
            long index = indexes.get(i);
            if (index >= directories.size()) {
                throw new RpmFormatException(
                        "directory index: " + index + " (expected: less than " + directories.size() + ")",
                        payloadOffset);
            }
            String name = directories.get((int) index) + baseNames.get().get(i);
            total += name.length();
            if (directories.get((int) index).length() > MAXIMUM_DIRECTORY_LENGTH || total > MAXIMUM_NAMES_LENGTH) {
                throw new RpmFormatException(
                        "directory name of " + directories.get((int) index).length() + " characters, file names of "
                                + total + " (expected: at most " + MAXIMUM_DIRECTORY_LENGTH + " and "
                                + MAXIMUM_NAMES_LENGTH + ")",
                        payloadOffset);
            }
            names.add(name);
        }
        return List.copyOf(names);
    }

    @Override
    public String toString() {
        return lead.name();
    }

    private static final class Reader {
        private final SeekableByteChannel channel;
        private long position;

        Reader(SeekableByteChannel channel) {
            this.channel = channel;
        }

        RpmPackage read() throws IOException {
            RpmLead lead = RpmLead.decode(bytes(RpmLead.LENGTH));
            RpmHeader signature = header();
            long padding = -position & (ALIGNMENT - 1);
            bytes((int) padding);
            RpmHeader header = header();
            return new RpmPackage(lead, signature, header, position);
        }

        private RpmHeader header() throws IOException {
            long start = position;
            ByteBuffer preamble = bytes(RpmHeader.PREAMBLE_LENGTH);
            int length = RpmHeader.length(preamble, start, channel.size() - position);
            return RpmHeader.decode(preamble, bytes(length), start);
        }

        private ByteBuffer bytes(int length) throws IOException {
            if (length > channel.size() - position) {
                throw new RpmFormatException(
                        "the package ends early: " + length + " more bytes are expected", position);
            }
            ByteBuffer bytes = ByteBuffer.allocate(length);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new EOFException("the package became shorter while it was read");
                }
            }
            position += length;
            return bytes.flip();
        }
    }
}
