package dev.pxekit.tftp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The options of a request or of an OACK (RFC 2347), in their order, unknown ones included. Names compare without regard to
 * case and keep their spelling; where a name stands twice, the first counts. Immutable.
 *
 * <pre>{@code
 * TftpOptions asked = TftpOptions.builder().set(TftpOption.BLOCK_SIZE, 1428).set(TftpOption.WINDOW_SIZE, 8).build();
 * int blockSize = asked.get(TftpOption.BLOCK_SIZE).orElse(512);
 * }</pre>
 */
public final class TftpOptions {

    /** The most options that a packet may carry; more is a format error. */
    public static final int MOST = 64;

    private static final TftpOptions NONE = new TftpOptions(List.of());

    private final List<Entry> entries;

    private TftpOptions(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * One option as it is on the wire.
     *
     * @param name the name as written; not empty, without NUL
     * @param value the value as written; without NUL
     */
    public record Entry(String name, String value) {

        /**
         * Checks the texts.
         *
         * @param name the name as written
         * @param value the value as written
         * @throws IllegalArgumentException if the name is empty or one of them contains NUL
         */
        public Entry {
            if (name.isEmpty() || name.indexOf('\0') >= 0 || value.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "option: " + Printable.of(name) + " (expected: a name and a value without NUL)");
            }
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry entry && entry.name.equalsIgnoreCase(name) && entry.value.equals(value);
        }

        @Override
        public int hashCode() {
            return name.toLowerCase(Locale.ROOT).hashCode() * 31 + value.hashCode();
        }

        @Override
        public String toString() {
            return name + "=" + value;
        }
    }

    /**
     * No options.
     *
     * @return the empty set
     */
    public static TftpOptions none() {
        return NONE;
    }

    /**
     * Starts with no options.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /**
     * Starts with these options.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        return new Builder(entries);
    }

    /**
     * The value of an option.
     *
     * @param option which
     * @param <T> the type of its value
     * @return the value, or empty if the option is absent or its value is not valid
     */
    public <T> Optional<T> get(TftpOption<T> option) {
        return get(option.name()).flatMap(option::parse);
    }

    /**
     * The text of an option.
     *
     * @param name its name, in any case
     * @return the value as written, or empty if the option is absent
     */
    public Optional<String> get(String name) {
        return entries.stream()
                .filter(entry -> entry.name().equalsIgnoreCase(name))
                .map(Entry::value)
                .findFirst();
    }

    /**
     * All options in their order.
     *
     * @return an unmodifiable list
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * Whether there is none.
     *
     * @return true without options
     */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TftpOptions options && options.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** The options as {@code blksize=1432 tsize=0}. */
    @Override
    public String toString() {
        return entries.stream().map(Entry::toString).collect(Collectors.joining(" "));
    }

    /** Collects options. Not thread safe. */
    public static final class Builder {

        private final List<Entry> entries;

        private Builder(List<Entry> entries) {
            this.entries = new ArrayList<>(entries);
        }

        /**
         * Sets an option: in its place if it is there, else at the end.
         *
         * @param option which
         * @param value its value
         * @param <T> the type of the value
         * @return this
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder set(TftpOption<T> option, T value) {
            return set(option.name(), option.format(value));
        }

        /**
         * Sets an option by its name: in its place if it is there, else at the end.
         *
         * @param name its name
         * @param value its value
         * @return this
         * @throws IllegalArgumentException if a text contains NUL, or the name is empty
         */
        public Builder set(String name, String value) {
            Entry set = new Entry(name, value);
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).name().equalsIgnoreCase(name)) {
                    entries.set(i, set);
                    return this;
                }
            }
            return add(set);
        }

        /**
         * Takes an option out, if it is there.
         *
         * @param option which
         * @return this
         */
        public Builder remove(TftpOption<?> option) {
            entries.removeIf(entry -> entry.name().equalsIgnoreCase(option.name()));
            return this;
        }

        /** Adds at the end, also a name that is there already: a decoder keeps what was sent. */
        Builder add(Entry entry) {
            if (entries.size() >= MOST) {
                throw new IllegalArgumentException("options: more than " + MOST);
            }
            entries.add(entry);
            return this;
        }

        /**
         * The options as collected.
         *
         * @return an immutable value
         */
        public TftpOptions build() {
            return entries.isEmpty() ? NONE : new TftpOptions(List.copyOf(entries));
        }
    }
}
