package dev.pxekit.iso;

/**
 * The firmware that a boot entry is for: the platform identifier of El Torito 1.0 §2.1, figure 2, with the value that the
 * UEFI specification (§13.3.2.1) adds. Other numbers are kept.
 *
 * @param id 0 to 255
 */
public record BootPlatform(int id) {

    /** 80x86, in other words BIOS. */
    public static final BootPlatform BIOS = new BootPlatform(0);

    /** PowerPC. */
    public static final BootPlatform POWER_PC = new BootPlatform(1);

    /** Macintosh. */
    public static final BootPlatform MAC = new BootPlatform(2);

    /** UEFI, of any architecture. */
    public static final BootPlatform UEFI = new BootPlatform(0xef);

    /**
     * Keeps a number.
     *
     * @param id the platform identifier
     * @throws IllegalArgumentException if it does not fit into a byte
     */
    public BootPlatform {
        if (id < 0 || id > 0xff) {
            throw new IllegalArgumentException("id: " + id + " (expected: 0..255)");
        }
    }

    @Override
    public String toString() {
        return switch (id) {
            case 0 -> "BIOS";
            case 1 -> "PowerPC";
            case 2 -> "Mac";
            case 0xef -> "UEFI";
            default -> "platform " + id;
        };
    }
}
