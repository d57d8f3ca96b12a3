package dev.pxekit.iso;

/**
 * One of the trees that an image may hold over the same files. More formats, more constants.
 */
public enum IsoView {
    /**
     * UDF 1.02 to 2.60 (ECMA-167): names of up to 254 characters, modes, owners, times to the microsecond, files of any
     * size. Windows images have all their files here and a readme in ISO 9660. Names are case-sensitive.
     */
    UDF,
    /**
     * ISO 9660 with System Use entries (IEEE P1281 SUSP, IEEE P1282 RRIP): POSIX names, modes, owners, times, symbolic
     * links, directories of any depth. Names are case-sensitive.
     */
    ROCK_RIDGE,
    /**
     * ISO 9660 with a supplementary volume descriptor in UCS-2 (Joliet 1.0): names of up to 64, in practice 103,
     * characters, without modes and links. Lookup ignores case when no name matches exactly.
     */
    JOLIET,
    /**
     * ISO 9660 as in ECMA-119 and nothing more: names such as {@code VMLINUZ}, without version and without the dot of an
     * empty extension; of several versions the highest. Lookup ignores case when no name matches exactly.
     */
    PLAIN
}
