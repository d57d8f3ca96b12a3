package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.internal.NumberNames;

/**
 * A client system architecture: a value of option 93 (RFC 4578 §2.1) and DHCPv6 option 61 (RFC 5970 §3.3) in the registry
 * "Processor Architecture Types". An open set: a number without a name here is kept as it is.
 */
public final class ClientArchitecture {

    private static final NumberNames<ClientArchitecture> NAMES = new NumberNames<>(
            "client architecture",
            0xffff,
            "architecture ",
            (code, name) -> new ClientArchitecture(code, name, false, false));

    /** 0, x86 BIOS, also BIOS mode (CSM) of a UEFI machine. */
    public static final ClientArchitecture X86_BIOS = plain(0, "x86 BIOS");

    /** 1, NEC/PC98, deprecated. */
    public static final ClientArchitecture NEC_PC98 = plain(1, "NEC/PC98");

    /** 2, Itanium. */
    public static final ClientArchitecture ITANIUM = uefi(2, "Itanium");

    /** 3, DEC Alpha, deprecated. */
    public static final ClientArchitecture DEC_ALPHA = plain(3, "DEC Alpha");

    /** 4, Arc x86, deprecated. */
    public static final ClientArchitecture ARC_X86 = plain(4, "Arc x86");

    /** 5, Intel Lean Client, deprecated. */
    public static final ClientArchitecture INTEL_LEAN_CLIENT = plain(5, "Intel Lean Client");

    /** 6, x86 UEFI, 32 bits. */
    public static final ClientArchitecture IA32_UEFI = uefi(6, "x86 UEFI");

    /** 7, x64 UEFI; RFC 4578 has "EFI BC" here, corrected by its erratum and the registry. */
    public static final ClientArchitecture X64_UEFI = uefi(7, "x64 UEFI");

    /** 8, EFI on Xscale, deprecated. */
    public static final ClientArchitecture XSCALE_EFI = uefi(8, "EFI Xscale");

    /** 9, EFI byte code; some x64 UEFI firmware sends this number after the text of RFC 4578. */
    public static final ClientArchitecture EBC = uefi(9, "EBC");

    /** 10, ARM UEFI, 32 bits. */
    public static final ClientArchitecture ARM32_UEFI = uefi(10, "ARM 32-bit UEFI");

    /** 11, ARM UEFI, 64 bits. */
    public static final ClientArchitecture ARM64_UEFI = uefi(11, "ARM 64-bit UEFI");

    /** 12, PowerPC Open Firmware. */
    public static final ClientArchitecture POWERPC_OPEN_FIRMWARE = plain(12, "PowerPC Open Firmware");

    /** 13, PowerPC ePAPR. */
    public static final ClientArchitecture POWERPC_EPAPR = plain(13, "PowerPC ePAPR");

    /** 14, POWER OPAL v3. */
    public static final ClientArchitecture POWER_OPAL = plain(14, "POWER OPAL v3");

    /** 15, x86 UEFI HTTP boot. */
    public static final ClientArchitecture IA32_UEFI_HTTP = uefiHttp(15, "x86 UEFI boot from HTTP");

    /** 16, x64 UEFI HTTP boot. */
    public static final ClientArchitecture X64_UEFI_HTTP = uefiHttp(16, "x64 UEFI boot from HTTP");

    /** 17, EFI byte code, HTTP boot. */
    public static final ClientArchitecture EBC_HTTP = uefiHttp(17, "EBC boot from HTTP");

    /** 18, ARM UEFI HTTP boot, 32 bits. */
    public static final ClientArchitecture ARM32_UEFI_HTTP = uefiHttp(18, "ARM UEFI 32 boot from HTTP");

    /** 19, ARM UEFI HTTP boot, 64 bits. */
    public static final ClientArchitecture ARM64_UEFI_HTTP = uefiHttp(19, "ARM UEFI 64 boot from HTTP");

    /** 20, x86 BIOS, HTTP boot. */
    public static final ClientArchitecture X86_BIOS_HTTP = http(20, "PC/AT BIOS boot from HTTP");

    /** 21, ARM U-Boot, 32 bits. */
    public static final ClientArchitecture ARM32_UBOOT = plain(21, "ARM 32 U-Boot");

    /** 22, ARM U-Boot, 64 bits. */
    public static final ClientArchitecture ARM64_UBOOT = plain(22, "ARM 64 U-Boot");

    /** 23, ARM U-Boot HTTP boot, 32 bits. */
    public static final ClientArchitecture ARM32_UBOOT_HTTP = http(23, "ARM 32 U-Boot boot from HTTP");

    /** 24, ARM U-Boot HTTP boot, 64 bits. */
    public static final ClientArchitecture ARM64_UBOOT_HTTP = http(24, "ARM 64 U-Boot boot from HTTP");

    /** 25, RISC-V UEFI, 32 bits. */
    public static final ClientArchitecture RISCV32_UEFI = uefi(25, "RISC-V 32-bit UEFI");

    /** 26, RISC-V UEFI HTTP boot, 32 bits. */
    public static final ClientArchitecture RISCV32_UEFI_HTTP = uefiHttp(26, "RISC-V 32-bit UEFI boot from HTTP");

    /** 27, RISC-V UEFI, 64 bits. */
    public static final ClientArchitecture RISCV64_UEFI = uefi(27, "RISC-V 64-bit UEFI");

    /** 28, RISC-V UEFI HTTP boot, 64 bits. */
    public static final ClientArchitecture RISCV64_UEFI_HTTP = uefiHttp(28, "RISC-V 64-bit UEFI boot from HTTP");

    /** 29, RISC-V UEFI, 128 bits. */
    public static final ClientArchitecture RISCV128_UEFI = uefi(29, "RISC-V 128-bit UEFI");

    /** 30, RISC-V UEFI HTTP boot, 128 bits. */
    public static final ClientArchitecture RISCV128_UEFI_HTTP = uefiHttp(30, "RISC-V 128-bit UEFI boot from HTTP");

    /** 31, s390 Basic. */
    public static final ClientArchitecture S390_BASIC = plain(31, "s390 Basic");

    /** 32, s390 Extended. */
    public static final ClientArchitecture S390_EXTENDED = plain(32, "s390 Extended");

    /** 33, MIPS UEFI, 32 bits. */
    public static final ClientArchitecture MIPS32_UEFI = uefi(33, "MIPS 32-bit UEFI");

    /** 34, MIPS UEFI, 64 bits. */
    public static final ClientArchitecture MIPS64_UEFI = uefi(34, "MIPS 64-bit UEFI");

    /** 35, Sunway UEFI, 32 bits. */
    public static final ClientArchitecture SUNWAY32_UEFI = uefi(35, "Sunway 32-bit UEFI");

    /** 36, Sunway UEFI, 64 bits. */
    public static final ClientArchitecture SUNWAY64_UEFI = uefi(36, "Sunway 64-bit UEFI");

    /** 37, LoongArch UEFI, 32 bits. */
    public static final ClientArchitecture LOONGARCH32_UEFI = uefi(37, "LoongArch 32-bit UEFI");

    /** 38, LoongArch UEFI HTTP boot, 32 bits. */
    public static final ClientArchitecture LOONGARCH32_UEFI_HTTP = uefiHttp(38, "LoongArch 32-bit UEFI boot from HTTP");

    /** 39, LoongArch UEFI, 64 bits. */
    public static final ClientArchitecture LOONGARCH64_UEFI = uefi(39, "LoongArch 64-bit UEFI");

    /** 40, LoongArch UEFI HTTP boot, 64 bits. */
    public static final ClientArchitecture LOONGARCH64_UEFI_HTTP = uefiHttp(40, "LoongArch 64-bit UEFI boot from HTTP");

    /** 41, Raspberry Pi boot loader. */
    public static final ClientArchitecture ARM_RPIBOOT = plain(41, "ARM rpiboot");

    private final int code;
    private final String name;
    private final boolean uefi;
    private final boolean http;

    private ClientArchitecture(int code, String name, boolean uefi, boolean http) {
        this.code = code;
        this.name = name;
        this.uefi = uefi;
        this.http = http;
    }

    private static ClientArchitecture plain(int code, String name) {
        return named(new ClientArchitecture(code, name, false, false));
    }

    private static ClientArchitecture uefi(int code, String name) {
        return named(new ClientArchitecture(code, name, true, false));
    }

    private static ClientArchitecture http(int code, String name) {
        return named(new ClientArchitecture(code, name, false, true));
    }

    private static ClientArchitecture uefiHttp(int code, String name) {
        return named(new ClientArchitecture(code, name, true, true));
    }

    private static ClientArchitecture named(ClientArchitecture architecture) {
        return NAMES.add(architecture.code, architecture.name, architecture);
    }

    /**
     * {@return the architecture with this number; a number outside the registry has no properties but its number}
     *
     * @param code the code
     * @throws IllegalArgumentException if the number does not fit in two octets
     */
    public static ClientArchitecture of(int code) {
        return NAMES.of(code);
    }

    /**
     * Parses a number, a name, or the two together as {@link #toString} gives them.
     *
     * @param text such as {@code 7}, {@code x64 UEFI} or {@code x64 UEFI (7)}
     * @return the architecture
     * @throws IllegalArgumentException if the text is none of these
     */
    public static ClientArchitecture parse(String text) {
        return NAMES.parseText(text, X64_UEFI);
    }

    /** {@return the number on the wire, 0 to 65535} */
    public int code() {
        return code;
    }

    /** {@return the registry's name, such as {@code x64 UEFI}} */
    public String name() {
        return name;
    }

    /** {@return whether the firmware is UEFI (or its predecessor EFI); false for a number outside the registry} */
    public boolean isUefi() {
        return uefi;
    }

    /** {@return whether the client boots by HTTP and wants a URL; false for a number outside the registry} */
    public boolean isHttp() {
        return http;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientArchitecture that && code == that.code;
    }

    @Override
    public int hashCode() {
        return code;
    }

    /** Name and number, such as {@code x64 UEFI (7)}. */
    @Override
    public String toString() {
        return NumberNames.text(name, code);
    }
}
