package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootServerType;

/**
 * An item of the menu of a {@linkplain BootDecision#menu boot decision}: what the firmware shows, and what it boots if the item
 * is chosen. Immutable.
 *
 * @param type the type by which the firmware asks for the item, one for each item of a menu and the same whenever the machine
 *     asks: 32768 to 65534 are free to use; {@link BootServerType#BOOTSTRAP} for the local disk and nothing else
 * @param description what the menu shows, 1 to 69 printable ASCII characters: UEFI's PXE client has room for no more (edk2,
 *     UefiPxeBcDxe/PxeBcBoot.c)
 * @param decision a boot file, a URL (for iPXE), or {@link BootDecision#localDisk}; a menu leaves an item out if this is
 *     {@link BootDecision#ignore}
 */
public record BootChoice(BootServerType type, String description, BootDecision decision) {

    private static final int LONGEST_DESCRIPTION = 69;

    /**
     * Checks the parts.
     *
     * @param type the type by which the firmware asks for the item
     * @param description what the menu shows, 1 to 69 printable ASCII characters
     * @param decision what it boots
     * @throws IllegalArgumentException if the description is none, the decision is a menu or one for Raspberry Pi, or the type is
     *     that of the local disk and the decision is not, or the other way round
     */
    public BootChoice {
        BootDecision.checked("description of a boot menu item", description, LONGEST_DESCRIPTION);
        if (!decision.choices().isEmpty() || decision.isRaspberryPi()) {
            throw new IllegalArgumentException("boot menu item " + description + " boots " + decision
                    + " (expected: a boot file, a URL, or the local disk)");
        }
        if (!decision.isIgnore() && decision.isLocalDisk() != type.equals(BootServerType.BOOTSTRAP)) {
            throw new IllegalArgumentException("boot menu item " + description + " of type " + type + " boots "
                    + decision + " (expected: type 0 for the local disk and for nothing else)");
        }
    }

    /**
     * {@return the item that boots the local disk}
     *
     * @param description what the menu shows, 1 to 69 printable ASCII characters
     * @throws IllegalArgumentException if the description is none
     */
    public static BootChoice localDisk(String description) {
        return new BootChoice(BootServerType.BOOTSTRAP, description, BootDecision.localDisk());
    }
}
