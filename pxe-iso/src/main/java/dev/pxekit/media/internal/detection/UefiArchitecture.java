package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The architectures that a tree's UEFI boot loaders are for, by their names (UEFI specification §3.5.1.1). */
enum UefiArchitecture {
    X64("bootx64.efi", "x86_64", "amd64"),
    IA32("bootia32.efi", "i386", "x86"),
    AA64("bootaa64.efi", "aarch64", "arm64"),
    ARM("bootarm.efi", "armhf", "arm"),
    RISCV64("bootriscv64.efi", "riscv64", "riscv64"),
    LOONGARCH64("bootloongarch64.efi", "loongarch64", "loongarch64");

    private final String loader;
    private final String linuxName;
    private final String windowsName;

    UefiArchitecture(String loader, String linuxName, String windowsName) {
        this.loader = loader;
        this.linuxName = linuxName;
        this.windowsName = windowsName;
    }

    /** The architectures of a tree in one of their names. */
    static List<String> of(TreeFiles tree, Function<UefiArchitecture, String> name) throws IOException {
        List<String> found = new ArrayList<>();
        for (UefiArchitecture architecture : values()) {
            if (tree.hasFile("EFI/BOOT/" + architecture.loader)) {
                found.add(name.apply(architecture));
            }
        }
        return found;
    }

    String linuxName() {
        return linuxName;
    }

    String windowsName() {
        return windowsName;
    }
}
