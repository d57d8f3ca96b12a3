package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new file of a journal with each lease once, written a slice at a time and put in place of the old one when it is complete.
 * What is appended to the old one in the meantime is told to it. For one thread at a time.
 */
final class JournalRewrite {

    private static final Logger logger = LoggerFactory.getLogger(JournalRewrite.class);

    private static final String SUFFIX = ".new";

    private final Disk disk;
    private final String name;
    private final JournalFile file;
    private final List<Lease> leases;
    private int written;

    /** @param leases all that is durable; grows */
    JournalRewrite(Disk disk, String name, long journal, List<Lease> leases) throws IOException {
        this.disk = disk;
        this.name = name;
        this.leases = new ArrayList<>(leases);
        file = JournalFile.begin(disk.create(name + SUFFIX), journal);
    }

    /** Takes what was appended to the old file. */
    void add(List<Lease> group) {
        leases.addAll(group);
    }

    boolean isComplete() {
        return written == leases.size();
    }

    /** Writes and forces so many leases more, if there are as many. */
    void write(int most) throws IOException {
        int to = (int) Math.min((long) written + most, leases.size());
        file.append(leases.subList(written, to));
        written = to;
    }

    /** Makes sure that the complete file outlives a power cut. */
    void seal() throws IOException {
        file.seal();
    }

    /** Puts the sealed file in place of the old one. If it fails, no one knows which of them is there after a power cut. */
    JournalFile replaceOld() throws IOException {
        boolean done = false;
        try {
            disk.rename(name + SUFFIX, name);
            disk.force();
            done = true;
            return file;
        } finally {
            if (!done) {
                abandon();
            }
        }
    }

    /** Gives the room of an unfinished file back. */
    void abandon() {
        try {
            file.close();
        } catch (IOException e) {
            logger.atDebug().setCause(e).log("the unfinished file of a lease journal does not close");
        }
        deleteUnfinished(disk, name);
    }

    /** Gives back the room of a file that was left unfinished. */
    static void deleteUnfinished(Disk disk, String name) {
        try {
            disk.delete(name + SUFFIX);
        } catch (IOException e) {
            logger.atDebug()
                    .setCause(e)
                    .addKeyValue("file", disk.describe(name + SUFFIX))
                    .log("the unfinished file of a lease journal stays");
        }
    }
}
