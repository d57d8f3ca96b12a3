package dev.pxekit.examples;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network bootstrap programs that firmware loads first: a directory with iPXE's programs under the names that its own build or
 * a distribution gives them. Immutable and thread safe.
 *
 * @param directory where they are, on any file system
 * @param fileNames the file for each client architecture (RFC 4578 §2.1) that a program was found for, relative to the directory
 */
public record NetworkBootstrapPrograms(Path directory, Map<ClientArchitecture, String> fileNames) {

    /** Where distributions put iPXE's programs: Debian and Ubuntu (package ipxe), Fedora and RHEL (ipxe-bootimgs), Arch. */
    private static final List<String> USUAL_PLACES =
            List.of("/usr/lib/ipxe", "/usr/share/ipxe", "/usr/share/ipxe/x86_64", "/usr/local/share/ipxe");

    private static final List<String> BIOS = List.of("undionly.kpxe", "ipxe.pxe");
    private static final List<String> X64 =
            List.of("snponly.efi", "ipxe-snponly-x86_64.efi", "ipxe-x86_64.efi", "ipxe.efi");
    private static final List<String> IA32 =
            List.of("snponly-i386.efi", "ipxe-snponly-i386.efi", "ipxe-i386.efi", "i386-efi/snponly.efi");
    private static final List<String> ARM64 =
            List.of("snponly-arm64.efi", "ipxe-snponly-arm64.efi", "ipxe-arm64.efi", "arm64-efi/snponly.efi");

    /**
     * Makes a copy of the map.
     *
     * @param directory where they are
     * @param fileNames the file for each client architecture, at least one
     * @throws IllegalArgumentException if there is no program at all
     */
    public NetworkBootstrapPrograms {
        fileNames = Map.copyOf(fileNames);
        if (fileNames.isEmpty()) {
            throw new IllegalArgumentException("fileNames: empty (expected: at least one program)");
        }
    }

    /**
     * Looks for iPXE's programs in a directory.
     *
     * @param directory a directory of any file system
     * @return the programs, or nothing if there is none
     * @throws IOException if the directory can't be read
     */
    public static Optional<NetworkBootstrapPrograms> in(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        Path real = directory.toRealPath();
        Map<ClientArchitecture, String> found = new LinkedHashMap<>();
        put(found, real, BIOS, ClientArchitecture.X86_BIOS);
        // 9 is what much x64 firmware says instead of 7.
        put(found, real, X64, ClientArchitecture.X64_UEFI, ClientArchitecture.EBC, ClientArchitecture.X64_UEFI_HTTP);
        put(found, real, IA32, ClientArchitecture.IA32_UEFI, ClientArchitecture.IA32_UEFI_HTTP);
        put(found, real, ARM64, ClientArchitecture.ARM64_UEFI, ClientArchitecture.ARM64_UEFI_HTTP);
        return found.isEmpty() ? Optional.empty() : Optional.of(new NetworkBootstrapPrograms(real, found));
    }

    /**
     * Looks for iPXE's programs where distributions install them.
     *
     * @return the programs of the first place that has any
     * @throws IOException if a place can't be read
     */
    public static Optional<NetworkBootstrapPrograms> installed() throws IOException {
        for (String place : USUAL_PLACES) {
            Optional<NetworkBootstrapPrograms> found = in(Path.of(place));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Notes the first of some files that is there and inside the directory, as the servers follow no link out of it. */
    private static void put(
            Map<ClientArchitecture, String> found, Path directory, List<String> names, ClientArchitecture... kinds)
            throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            if (Files.isRegularFile(file) && file.toRealPath().startsWith(directory)) {
                for (ClientArchitecture kind : kinds) {
                    found.put(kind, name);
                }
                return;
            }
        }
    }
}
