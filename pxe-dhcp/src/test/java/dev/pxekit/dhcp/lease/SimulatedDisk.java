package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A disk in memory that knows what was forced. It can fail at any operation, and lose at a power cut what a real one may lose: any
 * sector of what was written, and the latest names, since the last time that they were forced. Safe for use by several threads: the
 * power is cut between two operations of the thread that writes, or in the middle of one that the test names.
 */
final class SimulatedDisk implements Disk {

    private static final int SECTOR = 32;

    /** Called before each operation that changes something, with its name; can make it fail. */
    @FunctionalInterface
    interface Fault {
        void before(String operation) throws IOException;
    }

    /** How all operations end when there is no power. */
    private static final class PowerCut extends IOException {

        private static final long serialVersionUID = 1;

        final boolean midway;

        PowerCut(boolean midway) {
            super("the power is cut");
            this.midway = midway;
        }
    }

    private final Map<String, Content> names = new HashMap<>();
    private final List<Map<String, Content>> namesSinceForce = new ArrayList<>();
    private Fault fault = operation -> {};
    private long capacity = Long.MAX_VALUE;
    private int powerCut = Integer.MAX_VALUE;
    private int operations;
    private int open;

    SimulatedDisk() {
        namesSinceForce.add(Map.of());
    }

    /** What happens from now on. */
    synchronized void fault(Fault newFault) {
        fault = newFault;
    }

    /** Cuts the power in the middle of an operation, the first being 1. */
    synchronized void cutPowerAt(int operation) {
        powerCut = operation;
    }

    /** All octets that fit on it. */
    synchronized void capacity(long octets) {
        capacity = octets;
    }

    /** How many operations there were that change something. */
    synchronized int operations() {
        return operations;
    }

    /** How many files are open. */
    synchronized int open() {
        return open;
    }

    synchronized List<String> names() {
        return names.keySet().stream().sorted().toList();
    }

    synchronized byte[] content(String name) {
        return content(names, name).now.clone();
    }

    private static Content content(Map<String, Content> names, String name) {
        Content content = names.get(name);
        if (content == null) {
            throw new AssertionError(name + " of " + names.keySet());
        }
        return content;
    }

    /** Puts a file there that is forced. */
    synchronized void put(String name, byte[] octets) {
        Content content = new Content();
        content.now = octets.clone();
        content.forced = content.now;
        names.put(name, content);
        namesSinceForce.clear();
        namesSinceForce.add(Map.copyOf(names));
    }

    /** What is on the disk after a power cut: the least if there is no random generator, or anything up to what was written. */
    synchronized SimulatedDisk afterPowerCut(Random... chance) {
        SimulatedDisk after = new SimulatedDisk();
        int choice = chance.length == 0 ? 0 : chance[0].nextInt(namesSinceForce.size());
        namesSinceForce.get(choice).forEach((name, content) -> after.put(name, content.afterPowerCut(chance)));
        return after;
    }

    private void operation(String operation) throws IOException {
        operations++;
        if (operations >= powerCut) {
            throw new PowerCut(operations == powerCut);
        }
        fault.before(operation);
    }

    private void named() {
        namesSinceForce.add(Map.copyOf(names));
    }

    @Override
    public synchronized File open(String name) throws IOException {
        Content content = names.get(name);
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        open++;
        return new Handle(content);
    }

    @Override
    public synchronized File create(String name) throws IOException {
        operation("create");
        names.put(name, new Content());
        named();
        open++;
        return new Handle(content(names, name));
    }

    @Override
    public synchronized boolean exists(String name) {
        return names.containsKey(name);
    }

    @Override
    public synchronized void rename(String from, String to) throws IOException {
        operation("rename");
        Content content = content(names, from);
        names.remove(from);
        names.put(to, content);
        named();
    }

    @Override
    public synchronized void delete(String name) throws IOException {
        operation("delete");
        names.remove(name);
        named();
    }

    @Override
    public synchronized void force() throws IOException {
        operation("force names");
        namesSinceForce.clear();
        namesSinceForce.add(Map.copyOf(names));
    }

    @Override
    public String describe(String name) {
        return "/simulated/" + name;
    }

    private long used() {
        return names.values().stream().mapToLong(content -> content.now.length).sum();
    }

    /** Octets: as they are read, as they are on the disk, and what changed in between. */
    private static final class Content {

        private byte[] now = new byte[0];
        private byte[] forced = new byte[0];
        private final List<Change> changes = new ArrayList<>();

        /** Octets from a position on, or the end of the file there. */
        private static final class Change {

            private final int position;
            private final byte[] octets;

            Change(int position, byte[] octets) {
                this.position = position;
                this.octets = octets;
            }

            byte[] apply(byte[] before) {
                if (octets.length == 0) {
                    return Arrays.copyOf(before, Math.min(position, before.length));
                }
                byte[] after = Arrays.copyOf(before, Math.max(before.length, position + octets.length));
                System.arraycopy(octets, 0, after, position, octets.length);
                return after;
            }
        }

        void write(int position, byte[] octets) {
            if (octets.length > 0) {
                change(position, octets);
            }
        }

        void truncate(int length) {
            change(length, new byte[0]);
        }

        private void change(int position, byte[] octets) {
            Change change = new Change(position, octets);
            now = change.apply(now);
            changes.add(change);
        }

        /** After the changes up to any of them, with any sectors that were changed as they were, or not written. */
        byte[] afterPowerCut(Random... chance) {
            if (chance.length == 0) {
                return forced;
            }
            byte[] before = forced;
            byte[] after = forced;
            for (Change change : changes.subList(0, chance[0].nextInt(changes.size() + 1))) {
                before = after;
                after = change.apply(after);
            }
            byte[] result = after.clone();
            int kind = chance[0].nextInt(3);
            if (kind == 1) {
                // Sector by sector.
                for (int start = 0; start < result.length; start += SECTOR) {
                    if (chance[0].nextBoolean()) {
                        revert(result, before, start, Math.min(start + SECTOR, result.length));
                    }
                }
            } else if (kind == 2 && result.length > before.length) {
                // A part of what was appended last.
                return Arrays.copyOf(result, before.length + chance[0].nextInt(result.length - before.length));
            }
            return result;
        }

        private static void revert(byte[] result, byte[] before, int start, int end) {
            for (int i = start; i < end; i++) {
                result[i] = i < before.length ? before[i] : 0;
            }
        }
    }

    private final class Handle implements File {

        private final Content content;

        Handle(Content content) {
            this.content = content;
        }

        @Override
        public long length() {
            synchronized (SimulatedDisk.this) {
                return content.now.length;
            }
        }

        @Override
        public int read(byte[] target, int offset, int length, long position) {
            synchronized (SimulatedDisk.this) {
                int there = (int) Math.max(0, Math.min(length, content.now.length - position));
                System.arraycopy(content.now, (int) position, target, offset, there);
                return there;
            }
        }

        @Override
        public void write(byte[] octets, int length, long position) throws IOException {
            synchronized (SimulatedDisk.this) {
                byte[] written = Arrays.copyOf(octets, length);
                long room = capacity - used() + Math.max(0, content.now.length - position);
                if (room < length) {
                    if (room > 0) {
                        content.change((int) position, Arrays.copyOf(written, (int) room));
                    }
                    throw new IOException("No space left on device");
                }
                try {
                    operation("write");
                } catch (PowerCut e) {
                    if (e.midway) {
                        content.write((int) position, written);
                    }
                    throw e;
                }
                content.write((int) position, written);
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (SimulatedDisk.this) {
                operation("truncate");
                content.truncate((int) length);
            }
        }

        /** If it fails, the changes can be read and never get to the disk: the system forgets that they are to be written. */
        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                try {
                    operation("force");
                    content.changes.forEach(change -> content.forced = change.apply(content.forced));
                } catch (PowerCut e) {
                    throw e;
                } catch (IOException e) {
                    content.changes.clear();
                    throw e;
                }
                content.changes.clear();
            }
        }

        @Override
        public void close() {
            synchronized (SimulatedDisk.this) {
                open--;
            }
        }
    }
}
