package dev.pxekit.dhcp.lease;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases in a file. It is rewritten in whole, into a new file that then takes its name: little by little when most of its records
 * are outdated, and at once when it is not known what of it is on the disk, as after a failure. For one thread at a time.
 */
final class Journal implements Closeable {

    private static final Logger logger = LoggerFactory.getLogger(Journal.class);

    /** How many leases are rewritten at a time, while others wait: about 64 KiB. */
    static final int SLICE = 1_000;

    private final Disk disk;
    private final String name;
    private final Durable durable;
    private final int slack;
    private final int slice;
    private JournalFile file;
    private @Nullable JournalRewrite rewrite;
    private boolean mustRewrite;
    private long patience;

    /** What is in the journal, known elsewhere. */
    interface Durable {

        /** Every lease, the one claimed last last. */
        List<Lease> leases();

        int count();
    }

    /**
     * Goes on with a file that was read.
     *
     * @param slack how many outdated records are not worth a rewrite
     * @param slice how many leases are rewritten at a time
     */
    Journal(Disk disk, String name, JournalFile file, Durable durable, int slack, int slice) {
        this.disk = disk;
        this.name = name;
        this.file = file;
        this.durable = durable;
        this.slack = slack;
        this.slice = slice;
        patience = slack;
    }

    /** Appends a group. When this returns it is durable; if it fails, it may be there all the same. */
    void append(List<Lease> group) throws IOException {
        ensureSound();
        boolean done = false;
        try {
            file.append(group);
            done = true;
        } finally {
            if (!done) {
                abandonRewrite();
            }
        }
        if (rewrite != null) {
            rewrite.add(group);
        }
    }

    /** Makes sure that all leases are in a file of which it is known what is on the disk. */
    void ensureSound() throws IOException {
        if (!mustRewrite && file.isSound()) {
            return;
        }
        abandonRewrite();
        JournalRewrite all = new JournalRewrite(disk, name, file.journal(), durable.leases());
        boolean sealed = false;
        try {
            all.write(Integer.MAX_VALUE);
            all.seal();
            sealed = true;
        } finally {
            if (!sealed) {
                all.abandon();
            }
        }
        replaceWith(all);
    }

    private void replaceWith(JournalRewrite complete) throws IOException {
        mustRewrite = true;
        JournalFile old = file;
        file = complete.replaceOld();
        mustRewrite = false;
        patience = slack;
        try {
            old.close();
        } catch (IOException e) {
            logger.atDebug().setCause(e).log("the old file of a lease journal does not close");
        }
    }

    /**
     * Goes on with a rewrite, or begins one if it is worthwhile. A failure is only logged: the journal then grows.
     *
     * @param lately how many records were appended since the last time
     */
    void tidy(int lately) {
        try {
            if (rewrite == null && !mustRewrite && file.isSound() && isWorthwhile()) {
                rewrite = new JournalRewrite(disk, name, file.journal(), durable.leases());
            }
            if (rewrite != null) {
                advance(rewrite, Math.max(slice, 4 * lately));
            }
        } catch (IOException e) {
            patience = file.records();
            abandonRewrite();
            logger.atWarn()
                    .setCause(e)
                    .addKeyValue("file", disk.describe(name))
                    .log("the lease journal cannot be rewritten, and grows: is the disk full?");
        }
    }

    private boolean isWorthwhile() {
        int count = durable.count();
        return file.records() - count > Math.max(count, patience);
    }

    private void advance(JournalRewrite current, int most) throws IOException {
        current.write(most);
        if (current.isComplete()) {
            current.seal();
            rewrite = null;
            replaceWith(current);
        }
    }

    private void abandonRewrite() {
        if (rewrite != null) {
            rewrite.abandon();
            rewrite = null;
        }
    }

    @Override
    public void close() throws IOException {
        abandonRewrite();
        file.close();
    }
}
