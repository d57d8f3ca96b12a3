package dev.pxekit.media;

import java.nio.file.Path;

/**
 * Watches an extraction. Paths are relative to the root of the tree. Calls come from several threads, but one at a time, and
 * the extraction waits for them. What a listener throws ends the extraction and comes out of
 * {@link Extractor#extract(Path, Path)}.
 */
public interface ExtractionListener {

    /**
     * The tree has been measured; nothing has been written so far.
     *
     * @param entries files and symbolic links to extract
     * @param bytes content of the files, in bytes; of a file with several names once
     */
    default void measured(long entries, long bytes) {}

    /**
     * A regular file is about to be copied.
     *
     * @param path the file
     * @param size its size in bytes
     */
    default void fileStarted(Path path, long size) {}

    /**
     * A regular file is whole and has its name.
     *
     * @param path the file
     * @param size its size in bytes
     */
    default void fileFinished(Path path, long size) {}

    /**
     * A regular file or a symbolic link is in the target already.
     *
     * @param path the file
     * @param size its size in bytes; 0 for a link
     */
    default void fileSkipped(Path path, long size) {}

    /**
     * An entry was refused or failed.
     *
     * @param problem the entry and the reason
     */
    default void problem(ExtractionProblem problem) {}

    /**
     * Bytes have been written or found to be there: after each 8 MiB of a file and at its end.
     *
     * @param bytes bytes so far, with those of files that failed later
     * @param total as {@link #measured} said
     */
    default void progress(long bytes, long total) {}
}
