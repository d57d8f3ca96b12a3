package dev.pxekit.media;

/** What an {@link Extractor} does with a regular file that is in the target already. Anything that differs is replaced. */
public enum ExistingFiles {
    /** Keeps a file of the same size and, to two seconds as FAT has it, the same time of modification. */
    KEEP_IF_SAME_TIME,
    /** Keeps a file of the same size, time of modification and content: both are read. */
    KEEP_IF_SAME_CONTENT,
    /** Replaces every file. */
    REPLACE
}
