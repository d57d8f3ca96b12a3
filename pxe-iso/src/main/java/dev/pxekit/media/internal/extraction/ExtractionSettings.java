package dev.pxekit.media.internal.extraction;

import dev.pxekit.media.ExistingFiles;
import dev.pxekit.media.ExtractionListener;

/**
 * What the builder of an {@code Extractor} has been told.
 *
 * @param existing which files of the target are kept
 * @param keepsHardLinks whether a file of several names is extracted once
 * @param keepsOutwardLinks whether symbolic links may lead out of the tree
 * @param stopsAtFirstFailure whether the first error is thrown
 * @param threads how many copy files
 */
public record ExtractionSettings(
        Selection selection,
        TreeBounds bounds,
        KeptAttributes attributes,
        ExistingFiles existing,
        boolean keepsHardLinks,
        boolean keepsOutwardLinks,
        boolean stopsAtFirstFailure,
        int threads,
        ExtractionListener listener) {}
