package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.DhcpServer;
import java.net.URI;
import java.util.Map;

/** Our server with what clients boot, for {@link SameAnswerIT} and {@code DhcpInteropIT}, until it is killed. */
public final class BootServerProgram {

    private BootServerProgram() {}

    public static void main(String[] arguments) throws Exception {
        BootPolicy policy = BootPolicy.firstOf(
                BootPolicy.ipxe(URI.create("http://10.77.0.1:8080/boot.ipxe")),
                BootPolicy.httpBoot(
                        Map.of(ClientArchitecture.X64_UEFI_HTTP, URI.create("http://10.77.0.1:8080/snponly.efi"))),
                BootPolicy.byArchitecture(Map.of(
                        ClientArchitecture.X86_BIOS, "undionly.kpxe", ClientArchitecture.X64_UEFI, "snponly.efi")));
        LabServer.run(DhcpServer.builder()
                .bind("10.77.0.1")
                .subnet(LabServer.subnet("10.77.0").build())
                .authoritative(true)
                .policy(policy)
                .build());
    }
}
