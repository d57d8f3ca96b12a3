package dev.pxekit.iso;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an image is opened. Immutable.
 *
 * <pre>{@code
 * IsoOptions options = IsoOptions.builder().view(IsoView.PLAIN).build();
 * }</pre>
 */
public final class IsoOptions {

    private static final int DEFAULT_CACHED_ENTRIES = 1 << 17;

    private final @Nullable IsoView view;
    private final int cachedEntries;
    private final long sessionStart;

    private IsoOptions(Builder builder) {
        this.view = builder.view;
        this.cachedEntries = builder.cachedEntries;
        this.sessionStart = builder.sessionStart;
    }

    /** {@return the defaults: the richest view of the session at sector 0, 131072 cached directory entries} */
    public static IsoOptions defaults() {
        return builder().build();
    }

    /** {@return a builder that starts from the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts from these options} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.view = view;
        builder.cachedEntries = cachedEntries;
        builder.sessionStart = sessionStart;
        return builder;
    }

    /** {@return the view asked for; empty for the richest that the image has} */
    public Optional<IsoView> view() {
        return Optional.ofNullable(view);
    }

    /** {@return how many directory entries are kept in memory, over all directories} */
    public int cachedEntries() {
        return cachedEntries;
    }

    /** {@return the sector that the session begins at which is shown} */
    public long sessionStart() {
        return sessionStart;
    }

    /** Builds {@link IsoOptions}. Not thread safe. */
    public static final class Builder {

        private @Nullable IsoView view;
        private int cachedEntries = DEFAULT_CACHED_ENTRIES;
        private long sessionStart;

        private Builder() {}

        /**
         * Shows this view; opening fails if the image does not have it.
         *
         * @param value the view
         * @return this builder
         */
        public Builder view(IsoView value) {
            this.view = value;
            return this;
        }

        /**
         * Bounds the directory cache: the least recently used directories are dropped and read again when asked for.
         * An entry takes some 250 bytes.
         *
         * @param value entries over all cached directories, at least 0; one directory is always kept
         * @return this builder
         */
        public Builder cachedEntries(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("cachedEntries: " + value + " (expected: 0 or more)");
            }
            this.cachedEntries = value;
            return this;
        }

        /**
         * Shows another session than the one at the beginning, as {@code mount -o sbsector=} and {@code isoinfo -T} do. No
         * field of the format says where sessions begin; {@code xorriso -toc} finds those that it wrote. The volume descriptors are
         * 16 sectors behind, the anchor of UDF 256. On UDF media with a virtual allocation table, which stands at their end, the
         * last session's files show whatever the start.
         *
         * @param sector the sector of 2,048 bytes that the session begins at, 0 or more
         * @return this builder
         */
        public Builder sessionStart(long sector) {
            if (sector < 0) {
                throw new IllegalArgumentException("sessionStart: " + sector + " (expected: 0 or more)");
            }
            this.sessionStart = sector;
            return this;
        }

        /** {@return the options} */
        public IsoOptions build() {
            return new IsoOptions(this);
        }
    }
}
