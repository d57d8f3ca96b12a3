package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Whether the UDF side of a bridge disc holds what the ISO 9660 side lacks. Windows images have a readme there; writers cut
 * files of 4 GiB and more to 32 bits or leave them out. Where both are the same, Rock Ridge has links and Joliet the names
 * that people know.
 *
 * <p>Directories are compared in pairs, from the root on: one of UDF with more entries, or with more bytes in its files, has
 * more. Names are not compared one by one, as Joliet cuts them. So that opening an image takes no longer with more files, no
 * more than some hundred entries are looked at; more where the image is so large that it may have a file of 4 GiB.
 */
final class UdfComparison {

    /** Bytes of the record of a name that has some twenty characters. */
    private static final int TYPICAL_LENGTH = 60;

    private static final int ENTRIES = 512;
    private static final int ENTRIES_OF_LARGE_IMAGE = 4096;
    private static final long LARGE = 0xffff_ffffL;

    private record Pair(Node udf, Node iso) {}

    private UdfComparison() {}

    static boolean hasMore(Tree udf, Tree iso) throws IOException {
        long blocks = udf.volume().blocks();
        int budget = blocks * udf.volume().blockSize() > LARGE ? ENTRIES_OF_LARGE_IMAGE : ENTRIES;
        Deque<Pair> pending = new ArrayDeque<>(List.of(new Pair(udf.root(), iso.root())));
        try {
            while (!pending.isEmpty() && budget > 0) {
                Pair pair = pending.removeFirst();
                if (Math.max(pair.udf.size(), pair.iso.size()) / TYPICAL_LENGTH > budget) {
                    continue;
                }
                Directory ofUdf = udf.read(pair.udf);
                Directory ofIso = iso.read(pair.iso);
                Map<String, Node> entries = ofUdf.entries();
                Map<String, Node> others = ofIso.entries();
                if (entries.size() > others.size() || bytes(entries) > bytes(others)) {
                    return true;
                }
                budget -= entries.size() + 1;
                entries.forEach((name, node) -> {
                    Node other = node.isDirectory() ? ofIso.find(name) : null;
                    if (other != null && other.isDirectory()) {
                        pending.addLast(new Pair(node, other));
                    }
                });
            }
            return false;
        } catch (IsoFormatException e) {
            return false; // a side that is damaged is not the richer one by default
        }
    }

    private static long bytes(Map<String, Node> entries) {
        return entries.values().stream()
                .filter(Node::isRegularFile)
                .mapToLong(Node::size)
                .sum();
    }
}
