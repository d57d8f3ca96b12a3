package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.dhcp.server.BootPolicy;
import java.net.Inet4Address;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What machines boot: the options that make a boot policy. */
final class BootOptions {

    private static final Map<String, ClientArchitecture> BY_TFTP = Map.of(
            "bios", ClientArchitecture.X86_BIOS,
            "ia32", ClientArchitecture.IA32_UEFI,
            "x64", ClientArchitecture.X64_UEFI,
            "arm32", ClientArchitecture.ARM32_UEFI,
            "arm64", ClientArchitecture.ARM64_UEFI,
            "riscv64", ClientArchitecture.RISCV64_UEFI,
            "loongarch64", ClientArchitecture.LOONGARCH64_UEFI);

    private static final Map<String, ClientArchitecture> BY_HTTP = Map.of(
            "bios", ClientArchitecture.X86_BIOS_HTTP,
            "ia32", ClientArchitecture.IA32_UEFI_HTTP,
            "x64", ClientArchitecture.X64_UEFI_HTTP,
            "arm32", ClientArchitecture.ARM32_UEFI_HTTP,
            "arm64", ClientArchitecture.ARM64_UEFI_HTTP,
            "riscv64", ClientArchitecture.RISCV64_UEFI_HTTP,
            "loongarch64", ClientArchitecture.LOONGARCH64_UEFI_HTTP);

    private static final BootPolicy NOTHING = BootPolicy.always(BootDecision.ignore());

    @Option(
            names = "--boot",
            paramLabel = "ARCH=FILE|URL",
            description =
                    "What firmware loads: a file of the TFTP server for PXE, a URL for UEFI HTTP boot. ARCH is bios,"
                            + " ia32, x64, arm32, arm64, riscv64 or loongarch64; may be repeated.")
    private List<String> boot = List.of();

    @Option(
            names = "--ipxe",
            paramLabel = "URL",
            description =
                    "The script that iPXE loads. Without it iPXE is given what other firmware is, and loads itself"
                            + " again.")
    private @Nullable URI script;

    @Option(
            names = "--next-server",
            paramLabel = "ADDRESS",
            description = "The TFTP server. Default: the address of the interface.")
    private @Nullable String nextServer;

    @Option(names = "--raspberry-pi", description = "Let Raspberry Pis boot the files that they ask for by themselves.")
    private boolean raspberryPi;

    /**
     * The policy.
     *
     * @throws IllegalArgumentException if an option is wrong; the message says which
     */
    BootPolicy policy() {
        Map<ClientArchitecture, String> files = new LinkedHashMap<>();
        Map<ClientArchitecture, URI> urls = new LinkedHashMap<>();
        for (String given : boot) {
            int equals = given.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("--boot: " + given + " (expected: ARCH=FILE or ARCH=URL)");
            }
            String name = given.substring(0, equals);
            String what = given.substring(equals + 1);
            if (what.contains("://")) {
                urls.put(architecture(BY_HTTP, name), URI.create(what));
            } else {
                files.put(architecture(BY_TFTP, name), what);
            }
        }
        BootPolicy policy = BootPolicy.firstOf(
                script == null ? NOTHING : BootPolicy.ipxe(script),
                raspberryPi ? BootPolicy.raspberryPi() : NOTHING,
                BootPolicy.httpBoot(urls),
                BootPolicy.byArchitecture(files));
        if (nextServer == null) {
            return policy;
        }
        Inet4Address server = Ipv4.parse("--next-server", nextServer);
        return client -> at(server, policy.decide(client));
    }

    /** What is loaded by TFTP is on another server. */
    private static BootDecision at(Inet4Address server, BootDecision decision) {
        if (decision.isRaspberryPi()) {
            return BootDecision.raspberryPi(server);
        }
        return decision.bootFileName()
                .map(name -> BootDecision.bootFile(name, server))
                .orElse(decision);
    }

    private static ClientArchitecture architecture(Map<String, ClientArchitecture> known, String name) {
        ClientArchitecture architecture = known.get(name.toLowerCase(Locale.ROOT));
        if (architecture == null) {
            throw new IllegalArgumentException("--boot: " + name
                    + " is no architecture (expected: bios, ia32, x64, arm32, arm64, riscv64 or loongarch64)");
        }
        return architecture;
    }
}
