package dev.pxekit.media.internal.extraction;

/**
 * What a tree may have; more ends its extraction.
 *
 * @param entries entries, those that are not extracted included
 * @param bytes content of the files that are extracted
 * @param depth directories in one another
 */
public record TreeBounds(long entries, long bytes, int depth) {}
