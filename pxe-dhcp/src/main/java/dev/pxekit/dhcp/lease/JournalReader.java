package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.SecureRandom;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the file of a journal, decides what to do with one that cannot be read in whole, and tells what is in it. */
final class JournalReader {

    private static final Logger logger = LoggerFactory.getLogger(JournalReader.class);

    private final Disk disk;
    private final String name;

    JournalReader(Disk disk, String name) {
        this.disk = disk;
        this.name = name;
    }

    /**
     * Opens a journal, or makes an empty one if there is none.
     *
     * @param salvage whether to keep a copy of a damaged one and go on with what can be read
     * @param action called for each record, in order
     * @throws IOException if it is damaged and not to be salvaged, or no journal
     */
    JournalFile open(boolean salvage, Consumer<? super Lease> action) throws IOException {
        JournalRewrite.deleteUnfinished(disk, name);
        if (!disk.exists(name)) {
            JournalRewrite empty = new JournalRewrite(disk, name, new SecureRandom().nextLong(), List.of());
            empty.seal();
            return empty.replaceOld();
        }
        Disk.File file = disk.open(name);
        boolean done = false;
        try {
            JournalFile journal = read(file, salvage, action);
            done = true;
            return journal;
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    /** Shows each record that can be read, in order, and changes nothing. */
    void show(Consumer<? super Lease> action) throws IOException {
        if (!disk.exists(name)) {
            throw new NoSuchFileException(disk.describe(name));
        }
        try (Disk.File file = disk.open(name)) {
            JournalScan scan = new JournalScan(file);
            JournalHeader header = scan.header();
            if (header == null) {
                throw new IOException(noJournal(scan));
            }
            scan.read(header, true, action);
        }
    }

    private JournalFile read(Disk.File file, boolean salvage, Consumer<? super Lease> action) throws IOException {
        JournalScan scan = new JournalScan(file);
        JournalHeader header = scan.header();
        if (header == null) {
            throw new IOException(noJournal(scan));
        }
        scan.read(header, salvage, action);
        if (scan.isDamaged()) {
            if (!salvage) {
                throw new IOException(damaged(scan));
            }
            String copy = copy(file);
            logger.atWarn()
                    .addKeyValue("file", disk.describe(name))
                    .addKeyValue("copy", disk.describe(copy))
                    .addKeyValue("unreadable", scan.unreadable())
                    .addKeyValue("read", scan.recordsBefore() + scan.recordsAfter())
                    .log("the lease journal is damaged: leases that cannot be read are lost, and their addresses may be"
                            + " given to others");
        } else if (scan.firstUnreadable() >= 0) {
            logger.atWarn()
                    .addKeyValue("file", disk.describe(name))
                    .addKeyValue("offset", scan.firstUnreadable())
                    .addKeyValue("octets", scan.length() - scan.firstUnreadable())
                    .log("the lease journal ends in records that were never acknowledged: they are left out");
        }
        return JournalFile.resume(file, header, scan.recordsBefore() + scan.recordsAfter(), !scan.isDamaged());
    }

    private String noJournal(JournalScan scan) {
        String file = "lease journal " + disk.describe(name) + " of " + scan.length() + " octets ";
        return scan.otherVersion() == 0
                ? file + "cannot be read: it is no lease journal, or its beginning is lost. Restore it, or move it away"
                        + " to begin without leases; clients then keep addresses that are given to others"
                : file + "has version " + scan.otherVersion() + " (expected: " + JournalHeader.VERSION
                        + "): open it with the release that wrote it";
    }

    private String damaged(JournalScan scan) {
        return "lease journal " + disk.describe(name) + " is damaged at octet " + scan.firstUnreadable() + " of "
                + scan.length() + ": " + scan.recordsBefore() + " records before it can be read, "
                + scan.recordsAfter()
                + " after it. Restore the file, or open it once with LeaseStore.salvagedJournal, which"
                + " keeps what can be read and a copy of the file; addresses whose leases are lost may be given to others";
    }

    /** Copies the file to a new name. */
    private String copy(Disk.File file) throws IOException {
        String copy = name + ".damaged";
        for (int number = 2; disk.exists(copy); number++) {
            copy = name + ".damaged-" + number;
        }
        byte[] buffer = new byte[1 << 16];
        try (Disk.File target = disk.create(copy)) {
            long position = 0;
            for (int length; (length = file.read(buffer, 0, buffer.length, position)) > 0; position += length) {
                target.write(buffer, length, position);
            }
            target.force();
        }
        disk.force();
        return copy;
    }
}
