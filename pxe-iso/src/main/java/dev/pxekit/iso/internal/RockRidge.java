package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What the Rock Ridge entries of one directory record say (IEEE P1282, RRIP 1.12; also 1.09 and 1.10). */
final class RockRidge {

    private static final int PX = Fields.signature('P', 'X');
    private static final int PN = Fields.signature('P', 'N');
    private static final int SL = Fields.signature('S', 'L');
    private static final int NM = Fields.signature('N', 'M');
    private static final int CL = Fields.signature('C', 'L');
    private static final int RE = Fields.signature('R', 'E');
    private static final int TF = Fields.signature('T', 'F');
    private static final int SF = Fields.signature('S', 'F');
    private static final int ZF = Fields.signature('Z', 'F');
    private static final int Z2 = Fields.signature('Z', '2');

    private static final int NAME_CONTINUE = 0x01;
    private static final int NAME_CURRENT = 0x02;
    private static final int NAME_PARENT = 0x04;

    /** In bytes: what Linux allows for a name and for the target of a link. */
    private static final int MAXIMUM_NAME = 255;

    private static final int MAXIMUM_TARGET = 4096;

    private @Nullable ByteArrayOutputStream name;
    private boolean nameComplete;
    private boolean nameIsSelfOrParent;
    private @Nullable LinkTarget link;
    private long mode = -1;
    private long links = 1;
    private long uid;
    private long gid;
    private long device;
    private long creationTime = Timestamps.NONE;
    private long modificationTime = Timestamps.NONE;
    private long accessTime = Timestamps.NONE;
    private long changeTime = Timestamps.NONE;
    private long child = -1;
    private boolean relocated;
    private @Nullable ZisofsEntry zisofs;
    private @Nullable SparseFile sparse;

    private RockRidge() {}

    /**
     * Reads the entries of a record.
     *
     * @param skip bytes to skip at the start of the area, as the root's SP entry says
     * @param budget what continuation areas take from
     */
    static RockRidge read(Image image, int blockSize, DirectoryRecord record, int skip, TextBudget budget)
            throws IOException {
        RockRidge entries = new RockRidge();
        ByteBuffer area = record.systemUse();
        int skipped = Math.min(skip, area.capacity());
        SystemUse.walk(
                image,
                blockSize,
                area.slice(skipped, area.capacity() - skipped).order(area.order()),
                record.systemUseOffset() + skipped,
                budget,
                entries::entry);
        return entries;
    }

    /** Takes what these entries do not say from those of another record of the file. */
    void complete(RockRidge other) {
        if (name == null && !nameIsSelfOrParent) {
            name = other.name;
            nameIsSelfOrParent = other.nameIsSelfOrParent;
        }
        if (mode < 0) {
            mode = other.mode;
            links = other.links;
            uid = other.uid;
            gid = other.gid;
        }
        creationTime = Timestamps.or(creationTime, other.creationTime);
        modificationTime = Timestamps.or(modificationTime, other.modificationTime);
        accessTime = Timestamps.or(accessTime, other.accessTime);
        changeTime = Timestamps.or(changeTime, other.changeTime);
        zisofs = zisofs == null ? other.zisofs : zisofs;
        sparse = sparse == null ? other.sparse : sparse;
    }

    private void entry(int signature, ByteBuffer entry, long offset) throws IsoFormatException {
        if (signature == PX) {
            posixAttributes(entry, offset);
        } else if (signature == PN) {
            require(entry, 20, "PN", offset);
            device = deviceNumber(Fields.u32(entry, 4), Fields.u32(entry, 12));
        } else if (signature == SL) {
            require(entry, 5, "SL", offset);
            if (link == null) {
                link = new LinkTarget();
            }
            link.add(entry, offset);
        } else if (signature == NM) {
            require(entry, 5, "NM", offset);
            name(entry, offset);
        } else if (signature == CL) {
            require(entry, 12, "CL", offset);
            child = Fields.u32(entry, 4);
        } else if (signature == RE) {
            relocated = true;
        } else if (signature == TF) {
            require(entry, 5, "TF", offset);
            timestamps(entry, offset);
        } else if (signature == SF) {
            require(entry, SparseFile.SHORT_LENGTH, "SF", offset);
            sparse = SparseFile.decode(entry, offset);
        } else if (signature == ZF || signature == Z2) {
            require(entry, ZisofsEntry.LENGTH, "ZF", offset);
            zisofs = ZisofsEntry.decode(entry, offset);
        }
    }

    private static void require(ByteBuffer entry, int length, String name, long offset) throws IsoFormatException {
        if (entry.capacity() < length) {
            throw new IsoFormatException(
                    "length of " + name + " entry: " + entry.capacity() + " (expected: at least " + length + ")",
                    offset + 2);
        }
    }

    /** RRIP §4.1.1: mode, links, uid and gid, each in both byte orders. */
    private void posixAttributes(ByteBuffer entry, long offset) throws IsoFormatException {
        require(entry, 36, "PX", offset);
        mode = Fields.u32(entry, 4);
        links = Fields.u32(entry, 12);
        uid = Fields.u32(entry, 20);
        gid = Fields.u32(entry, 28);
    }

    /**
     * RRIP §4.1.2. Writers that keep device numbers of 16 bits or less put them into the low half alone, with the major
     * number in the upper byte.
     */
    private static long deviceNumber(long high, long low) {
        long major = high != 0 || low <= 0xff ? high : low >>> 8;
        long minor = high != 0 || low <= 0xff ? low : low & 0xff;
        return Node.deviceNumber(major, minor);
    }

    /** RRIP §4.1.4. */
    private void name(ByteBuffer entry, long offset) throws IsoFormatException {
        int flags = Fields.u8(entry, 4);
        if ((flags & (NAME_CURRENT | NAME_PARENT)) != 0) {
            nameIsSelfOrParent = true;
            return;
        }
        if (nameComplete) {
            return; // a second name: the first one counts
        }
        if (name == null) {
            name = new ByteArrayOutputStream();
        }
        int length = entry.capacity() - 5;
        requireRoom("name", name, length, MAXIMUM_NAME, offset);
        name.writeBytes(Fields.bytes(entry, 5, length));
        nameComplete = (flags & NAME_CONTINUE) == 0;
    }

    private static void requireRoom(String what, ByteArrayOutputStream text, int length, int maximum, long offset)
            throws IsoFormatException {
        if (length > maximum - text.size()) {
            throw new IsoFormatException(
                    "length of " + what + ": " + (text.size() + length) + " or more (expected: at most " + maximum
                            + ")",
                    offset);
        }
    }

    /** RRIP §4.1.6: the stamps whose flags are set follow one another. */
    private void timestamps(ByteBuffer entry, long offset) throws IsoFormatException {
        int flags = Fields.u8(entry, 4);
        boolean longForm = (flags & 0x80) != 0;
        int length = longForm ? Timestamps.LONG_LENGTH : Timestamps.SHORT_LENGTH;
        int index = 5;
        for (int bit = 0; bit < 4; bit++) {
            if ((flags & (1 << bit)) == 0) {
                continue;
            }
            require(entry, index + length, "TF", offset);
            long time = longForm ? Timestamps.longForm(entry, index) : Timestamps.shortForm(entry, index);
            switch (bit) {
                case 0 -> creationTime = time;
                case 1 -> modificationTime = time;
                case 2 -> accessTime = time;
                default -> changeTime = time;
            }
            index += length;
        }
    }

    /** The alternate name, if it is one that can be used. */
    @Nullable
    String name() {
        if (name == null || nameIsSelfOrParent) {
            return null;
        }
        return Fields.name(name.toByteArray());
    }

    @Nullable
    String linkTarget() {
        return link == null ? null : link.text();
    }

    /** The POSIX mode with file type, or negative. */
    long mode() {
        return mode;
    }

    long links() {
        return links;
    }

    long uid() {
        return uid;
    }

    long gid() {
        return gid;
    }

    /** The device number in the layout of Linux. */
    long device() {
        return device;
    }

    long creationTime() {
        return creationTime;
    }

    long modificationTime() {
        return modificationTime;
    }

    long accessTime() {
        return accessTime;
    }

    long changeTime() {
        return changeTime;
    }

    /** The block of the relocated directory that this record stands for (CL), or negative. */
    long child() {
        return child;
    }

    /** Whether this is a relocated directory (RE), which shows elsewhere. */
    boolean isRelocated() {
        return relocated;
    }

    /** What says how a sparse file is recorded, if it is one. */
    @Nullable
    SparseFile sparse() {
        return sparse;
    }

    /** How the content is compressed (ZF), or {@code null} if it is not. */
    @Nullable
    ZisofsEntry zisofs() {
        return zisofs;
    }

    /**
     * The target of a symbolic link (RRIP §4.1.3). Components are joined by {@code /} unless the one before says that it
     * continues; where one SL entry ends and the next begins plays no role in that.
     */
    private static final class LinkTarget {

        private static final int COMPONENT_CONTINUE = 0x01;
        private static final int COMPONENT_CURRENT = 0x02;
        private static final int COMPONENT_PARENT = 0x04;
        private static final int COMPONENT_ROOT = 0x08;

        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private boolean separate;

        void add(ByteBuffer entry, long offset) throws IsoFormatException {
            int index = 5;
            while (entry.capacity() - index >= 2) {
                int flags = Fields.u8(entry, index);
                int length = Fields.u8(entry, index + 1);
                if (length > entry.capacity() - index - 2) {
                    throw new IsoFormatException(
                            "length of SL component: " + length + " (expected: 0.." + (entry.capacity() - index - 2)
                                    + ")",
                            offset + index + 1);
                }
                component(flags, entry, index + 2, length, offset);
                index += 2 + length;
            }
        }

        private void component(int flags, ByteBuffer entry, int index, int length, long offset)
                throws IsoFormatException {
            requireRoom("link target", text, Math.max(2, length) + (separate ? 1 : 0), MAXIMUM_TARGET, offset);
            if (separate) {
                text.write('/');
            }
            if ((flags & COMPONENT_ROOT) != 0) {
                text.write('/');
            } else if ((flags & COMPONENT_CURRENT) != 0) {
                text.write('.');
            } else if ((flags & COMPONENT_PARENT) != 0) {
                text.write('.');
                text.write('.');
            } else {
                text.writeBytes(Fields.bytes(entry, index, length));
            }
            separate = (flags & (COMPONENT_CONTINUE | COMPONENT_ROOT)) == 0;
        }

        String text() {
            return Fields.name(text.toByteArray());
        }
    }
}
