package dev.pxekit.iso.internal;

/**
 * What a view says of the whole volume.
 *
 * @param format the name of the format in the words of Linux: {@code iso9660} or {@code udf}
 * @param identifier the label
 * @param blockSize bytes of a logical block
 * @param blocks logical blocks of the volume
 */
record Volume(String format, String identifier, int blockSize, long blocks) {}
