package dev.pxekit.examples.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which processes have a UDP port, by Linux's {@code /proc}. Those of other users are seen by root alone. */
final class PortHolders {

    private static final int LOCAL_ADDRESS = 1;
    private static final int INODE = 9;

    private final Path proc;

    /** @param proc {@code /proc} */
    PortHolders(Path proc) {
        this.proc = proc;
    }

    /** Names and numbers of the processes; none if they cannot be seen. */
    List<String> of(int port) throws IOException {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/udp", "net/udp6")) {
            Path file = proc.resolve(table);
            if (Files.isReadable(file)) {
                sockets(Files.readAllLines(file), port, sockets);
            }
        }
        List<String> holders = new ArrayList<>();
        if (sockets.isEmpty()) {
            return holders;
        }
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path process : processes) {
                if (has(process, sockets)) {
                    holders.add(name(process) + " (process " + process.getFileName() + ")");
                }
            }
        }
        return holders;
    }

    private static void sockets(List<String> lines, int port, Set<String> sockets) {
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] columns = line.strip().split("\\s+", -1);
            if (columns.length > INODE) {
                String local = columns[LOCAL_ADDRESS];
                if (Integer.parseInt(local.substring(local.indexOf(':') + 1), 16) == port) {
                    sockets.add("socket:[" + columns[INODE] + "]");
                }
            }
        }
    }

    private static boolean has(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (isOneOf(sockets, file)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return false; // it ended while we looked, or is another user's
        }
        return false;
    }

    private static boolean isOneOf(Set<String> sockets, Path file) {
        try {
            return sockets.contains(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
            return false; // it was closed while we looked, and says nothing of the others
        }
    }

    private static String name(Path process) {
        try {
            return Printable.of(Files.readString(process.resolve("comm")).strip());
        } catch (IOException e) {
            return "a program"; // it ended while we looked
        }
    }
}
