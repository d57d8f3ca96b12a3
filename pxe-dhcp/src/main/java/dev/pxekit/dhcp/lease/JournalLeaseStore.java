package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leases in memory, each but the offers in a {@link Journal} before it is told of. The monitor guards all that is in memory. */
final class JournalLeaseStore implements LeaseStore {

    private static final Logger logger = LoggerFactory.getLogger(JournalLeaseStore.class);

    /** How many outdated records are not worth a rewrite. */
    private static final int SLACK = 10_000;

    private final DurableLeases leases = new DurableLeases();
    private final String description;
    private final Closeable lock;
    private final Journal journal;
    private final GroupCommit<Lease> commit = new GroupCommit<>(this, new Log(), "pxekit-journal");
    private boolean failing;
    private boolean closed;

    /** Opens the journal of a path, for this store only. */
    static JournalLeaseStore open(Path file, boolean salvage) throws IOException {
        return open(file, salvage, SLACK);
    }

    static JournalLeaseStore open(Path file, boolean salvage, int slack) throws IOException {
        Path journal = JournalLock.resolve(file);
        if (Files.isDirectory(journal)) {
            throw new IOException("lease journal " + file + " is a directory: name a file in it");
        }
        JournalLock lock = JournalLock.acquire(journal);
        JournalLeaseStore store = null;
        try {
            Path directory = journal.resolveSibling("");
            store = new JournalLeaseStore(
                    new LocalDisk(directory), journal.getFileName().toString(), lock, salvage, slack);
            return store;
        } finally {
            if (store == null) {
                lock.close();
            }
        }
    }

    /** Shows the leases of a journal that another store may have open. */
    static void read(Path file, Consumer<? super Lease> action) throws IOException {
        Path journal = JournalLock.resolve(file);
        LeaseTable table = new LeaseTable();
        new JournalReader(
                        new LocalDisk(journal.resolveSibling("")),
                        journal.getFileName().toString())
                .show(table::put);
        table.forEach(action);
    }

    /**
     * Opens a journal that no other store has.
     *
     * @param lock closed with the store, if there is one
     */
    JournalLeaseStore(Disk disk, String name, Closeable lock, boolean salvage, int slack) throws IOException {
        this.lock = lock;
        description = "lease journal " + disk.describe(name);
        JournalFile file = new JournalReader(disk, name).open(salvage, leases::load);
        journal = new Journal(disk, name, file, new Durable(), slack, Journal.SLICE);
        try {
            journal.ensureSound();
        } catch (IOException e) {
            report(e);
        }
        commit.start();
    }

    @Override
    public synchronized Optional<Lease> find(InetAddress address) {
        return Optional.ofNullable(leases.table().find(address));
    }

    @Override
    public synchronized List<Lease> find(ClientIdentifier client) {
        return leases.table().find(client);
    }

    @Override
    public synchronized Optional<InetAddress> freeAddress(AddressPool pool, Instant now) {
        return leases.table().freeAddress(pool, now);
    }

    @Override
    public synchronized Optional<InetAddress> offeredAddress(AddressPool pool, Instant now) {
        return leases.table().offeredAddress(pool);
    }

    @Override
    public boolean claim(Lease lease, Instant now) throws IOException {
        Optional<CompletableFuture<Void>> written = submit(lease, now);
        try {
            written.ifPresent(CompletableFuture::join);
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        }
        return written.isPresent();
    }

    @Override
    public Optional<CompletableFuture<Void>> submit(Lease lease, Instant now) throws IOException {
        JournalRecord.check(lease);
        CompletableFuture<Void> written;
        synchronized (this) {
            if (closed) {
                throw new IOException(description + " is closed");
            }
            if (!leases.table().permits(lease, now)) {
                return Optional.empty();
            }
            leases.put(lease);
            if (lease.state() == Lease.State.OFFERED) {
                return Optional.of(CompletableFuture.completedFuture(null));
            }
            written = commit.add(lease);
        }
        commit.wake();
        return Optional.of(written);
    }

    @Override
    public void forEach(Consumer<? super Lease> action) {
        copy().forEach(action);
    }

    private synchronized List<Lease> copy() {
        List<Lease> all = new ArrayList<>(leases.table().size());
        leases.table().forEach(all::add);
        return all;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        commit.close();
        try (lock) {
            journal.close();
        }
    }

    private synchronized void report(@Nullable IOException failure) {
        if (failure != null && !failing) {
            logger.atWarn().setCause(failure).log("{}: cannot be written, no lease is given until it can", description);
        } else if (failure == null && failing) {
            logger.atInfo().log("{}: can be written again", description);
        }
        failing = failure != null;
    }

    /** Between the threads that claim and the journal. */
    private final class Log implements GroupCommit.Log<Lease> {

        @Override
        public void write(List<Lease> group) throws IOException {
            try {
                journal.append(group);
            } catch (IOException e) {
                throw new IOException(description + " cannot be written: " + e.getMessage(), e);
            }
        }

        @Override
        public void written(List<Lease> group) {
            group.forEach(leases::written);
            report(null);
        }

        @Override
        public void failed(List<Lease> group, IOException failure) {
            group.forEach(leases::failed);
            report(failure);
        }

        @Override
        public void afterwards(List<Lease> group) {
            journal.tidy(group.size());
        }
    }

    private final class Durable implements Journal.Durable {

        @Override
        public List<Lease> leases() {
            synchronized (JournalLeaseStore.this) {
                return leases.onDisk();
            }
        }

        @Override
        public int count() {
            synchronized (JournalLeaseStore.this) {
                return leases.table().size();
            }
        }
    }
}
