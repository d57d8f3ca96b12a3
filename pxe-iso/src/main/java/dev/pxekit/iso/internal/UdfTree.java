package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

    private static final int FIXED_LENGTH = 38;
    private static final int HIDDEN = 0x01;
    private static final int DELETED = 0x04;
    private static final int PARENT = 0x08;

    /** A hidden file of the root that takes the defect blocks of a rewritable medium (UDF 1.50 §2.3.13). */
    private static final String DEFECT_BLOCKS = "Non-Allocatable Space";

    private static final int MAXIMUM_TARGET = 4096;
    /** The longest descriptor has 65,535 bytes of implementation use and 255 of name. */
    private static final int CHUNK = 1 << 17;

    private final Image image;
    private final UdfVolume volume;
    /** Which directory a block with its records belongs to, and which file one with its allocation descriptors. */
    private final Claims claims = new Claims();

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
    static Optional<UdfTree> find(Image image, long sessionStart) throws IOException {
        Optional<UdfVolume> volume = UdfVolume.find(image, sessionStart);
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
        private final long owner;
        private final List<Extent> extents;
        private final ExtentContent content;
        private final ByteBuffer window;
        /** Where the first byte of the window is in the directory. */
        private long windowPosition;

        private int descriptors;
        /** The entries of subdirectories that have a name here. */
        private final Set<Long> subdirectories = new HashSet<>();
        /** Symbolic links by their entries: any number of names may share one, and its target. */
        private final Map<Long, Node> links = new HashMap<>();

        private final TextBudget targets;

        Reader(Node directory) throws IOException {
            long most = Math.min(image.size(), Directory.MAXIMUM_LENGTH);
            if (directory.size() > most) {
                throw new IsoFormatException(
                        "size of UDF directory: " + directory.size() + " (expected: at most " + most + ")",
                        directory.origin());
            }
            this.owner = directory.origin();
            this.extents = directory.extents();
            this.content = new ExtentContent(image, extents);
            this.targets = new TextBudget("targets of UDF symbolic links", content.size());
            this.window = ByteBuffer.allocate((int) Math.min(CHUNK, content.size()))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .limit(0);
        }

        Directory read() throws IOException {
            long end = claimedBytes();
            long position = 0;
            try {
                while (position < end) {
                    position += descriptor(position);
                }
                if (end < content.size()) {
                    throw new IsoFormatException(
                            "block of UDF directory: one with records of a directory (expected: a block of its own)",
                            offsetOf(end));
                }
            } catch (IsoFormatException e) {
                builder.damage(e); // where the next descriptor begins is not known
            }
            return builder.build();
        }

        /**
         * How many bytes this directory may show: those before the first block that it has twice or that another one shows.
         * Otherwise directories that share their blocks would have more entries together than the image can hold.
         */
        private long claimedBytes() {
            Set<Long> own = new HashSet<>();
            long blockSize = volume.blockSize();
            for (Extent extent : extents) {
                if (!extent.isHole()) {
                    long end = Math.min(extent.offset() + extent.length(), image.size());
                    for (long block = extent.offset() / blockSize; block * blockSize < end; block++) {
                        if (!own.add(block) || !claims.claim(block, owner)) {
                            return extent.position() + Math.max(0, block * blockSize - extent.offset());
                        }
                    }
                }
            }
            return content.size();
        }

        private long descriptor(long position) throws IOException {
            if (++descriptors > Directory.MAXIMUM_ENTRIES) {
                throw new IsoFormatException(
                        "directory with more than " + Directory.MAXIMUM_ENTRIES + " records", offsetOf(position));
            }
            int index = require(position, FIXED_LENGTH);
            int identifier = Fields.u16(window, index);
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
            boolean hidden = (Fields.u8(window, index + 18) & HIDDEN) != 0;
            if (hidden && owner == root.origin() && name.equals(DEFECT_BLOCKS)) {
                return;
            }
            long block = Fields.u32(window, index + 24);
            int reference = Fields.u16(window, index + 28);
            UdfFileEntry entry = volume.entry(block, reference);
            if (entry.fileType() == UdfFileEntry.DIRECTORY && !subdirectories.add(entry.offset())) {
                throw new IsoFormatException(
                        "name: \"" + name + "\" (expected: one name for one UDF directory; it has another here)",
                        origin);
            }
            Node node = links.get(entry.offset());
            if (node == null) {
                if (entry.fileType() == UdfFileEntry.SYMBOLIC_LINK) {
                    targets.spend(entry.size(), entry.offset());
                }
                node = node(entry, origin);
                if (node.isSymbolicLink()) {
                    links.put(entry.offset(), node);
                }
            }
            builder.add(name, node, 1);
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
                window.clear().limit((int) Math.min(window.capacity(), content.size() - position));
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

    /**
     * What the view says of a file. A directory has one name, so that its entry stands for the record of its name: two
     * records that lead to one directory are as two directories with one record.
     */
    private Node node(UdfFileEntry entry, long origin) throws IOException {
        int type = type(entry);
        Node.Builder node = new Node.Builder(type == Node.TYPE_DIRECTORY ? entry.offset() : origin)
                .mode(type | entry.permissions())
                .inode(entry.offset())
                .links(entry.links() + (type == Node.TYPE_DIRECTORY ? 1 : 0)) // POSIX counts the directory's own "."
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
        return entry.allocation().extents(volume, image, claims);
    }

    /** ECMA-167 4/14.6.6; what is not said or is new counts as a file, as real-time files are (UDF 2.60 §2.3.5.2). */
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
        ExtentContent content = new ExtentContent(image, extents(entry));
        return UdfLinkTarget.decode(content.read(0, (int) entry.size()), entry.offset());
    }
}
