package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The view over UDF directories (ECMA-167 part 4, UDF 1.02 to 2.60). Named streams are not shown. Names match exactly.
 *
 * <pre>
 * file identifier descriptor (ECMA-167 4/14.4)
 * 0      16       18             19        20     36         38               38 + IU      38 + IU + FI
 * +------+--------+--------------+---------+------+----------+----------------+------------+------------+
 * | tag  | version| characterist.| length  | ICB  | length of| implementation | identifier | padding    |
 * |      |        |              | of name | (16) | impl. use| use            |            | to 4 bytes |
 * +------+--------+--------------+---------+------+----------+----------------+------------+------------+
 * </pre>
 */
final class UdfTree implements Tree {

    /** Bytes of a descriptor whose name has some twenty characters. */
    static final int TYPICAL_LENGTH = 60;

    private static final int FIXED_LENGTH = 38;
    private static final int DELETED = 0x04;
    private static final int PARENT = 0x08;

    private static final int MAXIMUM_TARGET = 4096;
    /** The longest descriptor has 65,535 bytes of implementation use and 255 of name. */
    private static final int CHUNK = 1 << 17;

    private final Image image;
    private final UdfVolume volume;
    private final Node root;

    private UdfTree(Image image, UdfVolume volume) throws IOException {
        this.image = image;
        this.volume = volume;
        UdfFileEntry entry = volume.root();
        if (entry.fileType() != UdfFileEntry.DIRECTORY) {
            throw new IsoFormatException(
                    "file type of UDF root directory: " + entry.fileType() + " (expected: " + UdfFileEntry.DIRECTORY
                            + ")",
                    entry.offset());
        }
        this.root = node(entry, entry.offset());
    }

    /** The tree, if the image has an anchor of UDF. */
    static Optional<UdfTree> find(Image image) throws IOException {
        Optional<UdfVolume> volume = UdfVolume.find(image);
        return volume.isPresent() ? Optional.of(new UdfTree(image, volume.get())) : Optional.empty();
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public boolean ignoresCase() {
        return false;
    }

    @Override
    public Volume volume() {
        return new Volume("udf", volume.identifier(), volume.blockSize(), volume.blocks());
    }

    @Override
    public Directory read(Node directory) throws IOException {
        return new Reader(directory).read();
    }

    /** Reads the descriptors of one directory. What is wrong with one of them is kept; the others are still read. */
    private final class Reader {
        private final Directory.Builder builder = new Directory.Builder(false);
        private final List<Extent> extents;
        private final Content content;
        private final ByteBuffer window = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        /** Where the first byte of the window is in the directory. */
        private long windowPosition;

        private int descriptors;

        Reader(Node directory) throws IOException {
            this.extents = directory.extents();
            this.content = new ExtentContent(image, extents);
            window.limit(0);
        }

        Directory read() throws IOException {
            long position = 0;
            try {
                while (position < content.size()) {
                    position += descriptor(position);
                }
            } catch (IsoFormatException e) {
                builder.damage(e); // where the next descriptor begins is not known
            }
            return builder.build();
        }

        private long descriptor(long position) throws IOException {
            if (++descriptors > Directory.MAXIMUM_ENTRIES) {
                throw new IsoFormatException(
                        "directory with more than " + Directory.MAXIMUM_ENTRIES + " records", offsetOf(position));
            }
            int index = require(position, FIXED_LENGTH);
            int identifier =
                    UdfTag.identifier(window.slice(index, UdfTag.LENGTH).order(window.order()));
            if (identifier != UdfTag.FILE_IDENTIFIER) {
                throw new IsoFormatException(
                        "UDF descriptor tag: " + identifier + " (expected: " + UdfTag.FILE_IDENTIFIER
                                + ", a file identifier)",
                        offsetOf(position));
            }
            int nameIndex = FIXED_LENGTH + Fields.u16(window, index + 36);
            int nameLength = Fields.u8(window, index + 19);
            index = require(position, nameIndex + nameLength);
            if ((Fields.u8(window, index + 18) & (DELETED | PARENT)) == 0) {
                try {
                    add(index, nameIndex, nameLength, offsetOf(position));
                } catch (IsoFormatException e) {
                    builder.damage(e);
                }
            }
            return (nameIndex + nameLength + 3L) & ~3L;
        }

        private void add(int index, int nameIndex, int nameLength, long origin) throws IOException {
            String name = UdfFields.characters(window, index + nameIndex, nameLength);
            if (!Names.isUsable(name)) {
                throw Names.unusable(name, origin);
            }
            long block = Fields.u32(window, index + 24);
            int reference = Fields.u16(window, index + 28);
            builder.add(name, node(volume.entry(block, reference), origin), 1);
        }

        /** Has so many bytes in the window, and tells the index of the first. */
        private int require(long position, int length) throws IOException {
            if (length > content.size() - position) {
                throw new IsoFormatException(
                        "UDF file identifier of " + length + " bytes (expected: at most " + (content.size() - position)
                                + ", within the directory)",
                        offsetOf(position));
            }
            if (position + length > windowPosition + window.limit()) {
                windowPosition = position;
                window.clear().limit((int) Math.min(CHUNK, content.size() - position));
                while (window.hasRemaining()) {
                    content.read(window, windowPosition + window.position());
                }
                window.flip();
            }
            return (int) (position - windowPosition);
        }

        private long offsetOf(long position) {
            Extent extent = extents.get(Extent.indexAt(extents, position));
            return extent.isHole() ? 0 : extent.offsetAt(position);
        }
    }

    private Node node(UdfFileEntry entry, long origin) throws IOException {
        int type = type(entry);
        Node.Builder node = new Node.Builder(origin)
                .mode(type | entry.permissions())
                .inode(entry.offset())
                .links(entry.links())
                .owner(entry.uid(), entry.gid())
                .modificationTime(entry.modificationTime())
                .accessTime(entry.accessTime())
                .changeTime(entry.changeTime())
                .creationTime(entry.creationTime());
        if (type == Node.TYPE_SYMBOLIC_LINK) {
            String target = target(entry);
            node.linkTarget(target).size(target.getBytes(StandardCharsets.UTF_8).length);
        } else if (type == Node.TYPE_REGULAR || type == Node.TYPE_DIRECTORY) {
            long location = entry.location();
            int reference = entry.reference();
            long offset = entry.offset();
            node.content(() -> extents(volume.entryAt(location, reference, offset)), entry.size());
        } else {
            node.device(entry.device());
        }
        return node.build();
    }

    private List<Extent> extents(UdfFileEntry entry) throws IOException {
        return entry.allocation().extents(volume, image);
    }

    /** ECMA-167 4/14.6.6; what is not said or is new counts as a file, as with real-time files (UDF 2.60 §2.2.12). */
    private static int type(UdfFileEntry entry) {
        return switch (entry.fileType()) {
            case UdfFileEntry.DIRECTORY -> Node.TYPE_DIRECTORY;
            case UdfFileEntry.BLOCK_DEVICE -> Node.TYPE_BLOCK_DEVICE;
            case UdfFileEntry.CHARACTER_DEVICE -> Node.TYPE_CHARACTER_DEVICE;
            case UdfFileEntry.FIFO -> Node.TYPE_FIFO;
            case UdfFileEntry.SOCKET -> Node.TYPE_SOCKET;
            case UdfFileEntry.SYMBOLIC_LINK -> Node.TYPE_SYMBOLIC_LINK;
            default -> Node.TYPE_REGULAR;
        };
    }

    private String target(UdfFileEntry entry) throws IOException {
        if (entry.size() > MAXIMUM_TARGET) {
            throw new IsoFormatException(
                    "length of UDF symbolic link: " + entry.size() + " (expected: at most " + MAXIMUM_TARGET + ")",
                    entry.offset());
        }
        Content content = new ExtentContent(image, extents(entry));
        ByteBuffer components = ByteBuffer.allocate((int) entry.size());
        while (components.hasRemaining()) {
            content.read(components, components.position());
        }
        return UdfLinkTarget.decode(components.flip(), entry.offset());
    }
}
