package dev.pxekit.rpm;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A header structure: an index of tags over a data store. A package has two, the signature and the header. All numbers are
 * big-endian.
 *
 * <pre>
 * 0              4          8          12         16
 * +--------------+----------+----------+----------+----------------+---------------+
 * | 8E AD E8 01  | reserved | entries n| store    | n index entries| store of m    |
 * | magic, versn |          |          | bytes m  | of 16 bytes    | bytes         |
 * +--------------+----------+----------+----------+----------------+---------------+
 * </pre>
 *
 * <p>Immutable. Values are read from the store when they are asked for. Of a tag that occurs twice the first one counts.
 */
public final class RpmHeader {

    static final int PREAMBLE_LENGTH = 16;

    private static final int MAGIC = 0x8eade801;
    /** As rpm itself: 65535 tags, 256 MiB of data. */
    private static final int MAXIMUM_ENTRIES = 0xffff;

    private static final int MAXIMUM_STORE = 0x0fff_ffff;

    private final Map<Integer, RpmEntry> entries;

    private RpmHeader(Map<Integer, RpmEntry> entries) {
        this.entries = entries;
    }

    /**
     * The length of index and store.
     *
     * @param preamble the first 16 bytes
     * @param position where they are
     * @param available bytes of the package after them
     */
    static int length(ByteBuffer preamble, long position, long available) throws RpmFormatException {
        if (preamble.getInt(0) != MAGIC) {
            throw new RpmFormatException(
                    "magic number of a header: %08x (expected: 8eade801)".formatted(preamble.getInt(0)), position);
        }
        int count = preamble.getInt(8);
        if (count < 0 || count > MAXIMUM_ENTRIES) {
            throw new RpmFormatException(
                    "index entries: " + Integer.toUnsignedString(count) + " (expected: 0.." + MAXIMUM_ENTRIES + ")",
                    position + 8);
        }
        int store = preamble.getInt(12);
        if (store < 0 || store > MAXIMUM_STORE) {
            throw new RpmFormatException(
                    "bytes of the store: " + Integer.toUnsignedString(store) + " (expected: 0.." + MAXIMUM_STORE + ")",
                    position + 12);
        }
        int length = count * RpmEntry.LENGTH + store;
        if (length > available) {
            throw new RpmFormatException(
                    "length of a header: " + length + " (expected: at most the " + available
                            + " bytes that the package still has)",
                    position + 8);
        }
        return length;
    }

    /**
     * Decodes index and store.
     *
     * @param preamble the first 16 bytes, already checked
     * @param body what follows them
     * @param position where the preamble is
     */
    static RpmHeader decode(ByteBuffer preamble, ByteBuffer body, long position) throws RpmFormatException {
        int count = preamble.getInt(8);
        int indexLength = count * RpmEntry.LENGTH;
        long bodyPosition = position + PREAMBLE_LENGTH;
        ByteBuffer store = body.slice(indexLength, body.capacity() - indexLength);
        Map<Integer, RpmEntry> entries = new LinkedHashMap<>();
        for (int at = 0; at < indexLength; at += RpmEntry.LENGTH) {
            RpmEntry entry = RpmEntry.decode(body, at, store, bodyPosition + at, bodyPosition + indexLength);
            entries.putIfAbsent(entry.tag(), entry);
        }
        return new RpmHeader(entries);
    }

    /**
     * Reads a value.
     *
     * @param tag the key
     * @param <T> the type of the value
     * @return empty if the header does not have the tag
     * @throws RpmFormatException if the value is malformed or of another type
     */
    public <T> Optional<T> get(RpmTag<T> tag) throws RpmFormatException {
        RpmEntry entry = entries.get(tag.number());
        return entry == null ? Optional.empty() : Optional.of(tag.read(entry));
    }

    /**
     * {@return whether the header has a tag}
     *
     * @param tag the key
     */
    public boolean contains(RpmTag<?> tag) {
        return entries.containsKey(tag.number());
    }

    /** {@return the tag numbers in the order of the index} */
    public List<Integer> tagNumbers() {
        return List.copyOf(entries.keySet());
    }
}
