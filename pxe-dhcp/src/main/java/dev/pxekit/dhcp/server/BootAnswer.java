package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.util.Optional;

/**
 * Writes a boot decision into a reply, in the words that the client reads:
 *
 * <ul>
 *   <li>next server in {@code siaddr} and as text in {@code sname} and option 66, always set: a BIOS build of iPXE ends with
 *       "Nothing to boot" if {@code siaddr} is zero;
 *   <li>boot file name or URL in {@code file}, if it fits, and in option 67;
 *   <li>PXE firmware: option 60 {@code PXEClient}, option 97 as it came, and option 43 with a menu, or with discovery control 8,
 *       so that it loads the file and looks for no boot server; {@link #writeProxy} says what is different with UEFI;
 *   <li>HTTP boot firmware: option 60 {@code HTTPClient}, without which it drops the offer;
 *   <li>iPXE: from a DHCP server, no-pxedhcp (175.176), so that it does not wait for a proxy.
 * </ul>
 */
final class BootAnswer {

    /** A type octet and a UUID (RFC 4578 §2.3); anything else is not given back. */
    private static final int MACHINE_IDENTIFIER_LENGTH = 17;

    private static final String PXE_CLIENT = "PXEClient";
    private static final String HTTP_CLIENT = "HTTPClient";

    private final Inet4Address server;

    BootAnswer(Inet4Address server) {
        this.server = server;
    }

    /** Why the client can make no use of a decision, or nothing. */
    static Optional<String> misfit(BootClient client, BootDecision decision) {
        if (decision.isIgnore()) {
            return Optional.of("nothing to boot");
        }
        boolean pi = BootPolicies.isRaspberryPi(client);
        if (decision.isRaspberryPi()) {
            return pi ? Optional.empty() : Optional.of("not a Raspberry Pi");
        }
        if (client.isIpxe()) {
            return Optional.empty();
        }
        if (decision.isLocalDisk() && (pi || client.isHttpClient())) {
            return Optional.of("local disk: " + client.firmware() + " goes on to it if there are no boot options");
        }
        if (pi) {
            return Optional.of("a Raspberry Pi asks for files that it knows and takes no " + decision);
        }
        if (client.isHttpClient()) {
            return decision.url().filter(BootPolicies::isHttp).isPresent()
                    ? Optional.empty()
                    : Optional.of("HTTP boot firmware takes an http or https URL and no " + decision);
        }
        if (decision.url().isPresent()) {
            return Optional.of("PXE firmware takes a boot file and no URL: " + decision);
        }
        return decision.bootFileName().isPresent() || client.isPxeClient()
                ? Optional.empty()
                : Optional.of("not a PXE client, which takes no " + decision);
    }

    /** What a DHCP server adds. iPXE reads the file from any reply and takes no vendor class. */
    void write(DhcpPacket.Builder reply, DhcpPacket request, BootClient client, BootDecision decision) {
        if (!decision.isLocalDisk()) {
            writeBootFile(reply, decision);
        }
        DhcpOptions options = decision.options();
        if (client.isIpxe()) {
            options = withoutProxy(options);
        } else {
            writeVendorClass(reply, request, client);
            if (!client.isHttpClient()) {
                reply.option(PxeVendorOptions.OPTION, vendorOptions(decision, Optional.empty(), true));
            }
        }
        writeOptions(reply, client, options);
    }

    /** What a BOOTP server adds, in the fields that are for it (RFC 951 §3): its clients know no option for them. */
    void writeBootp(DhcpPacket.Builder reply, BootDecision decision) {
        decision.bootFileName()
                .filter(name -> name.length() <= BootDecision.LONGEST_BOOT_FILE)
                .ifPresent(name -> {
                    Inet4Address nextServer = decision.nextServer().orElse(server);
                    reply.nextServer(nextServer)
                            .serverHostName(nextServer.getHostAddress())
                            .bootFileName(name);
                });
    }

    /**
     * What a proxy DHCP server adds: without the vendor class no client takes a reply that has no address.
     *
     * <p>UEFI's PXE client is offered nothing but the address of port 4011, which is what it understands in every version, and gets
     * all else there. Up to 2017 it drops a proxy's offers with option 43 (tianocore/edk2, issue 6944), and from those without it
     * takes no file. On port 4011 discovery control alone would be a menu without items to it.
     */
    void writeProxy(
            DhcpPacket.Builder reply,
            DhcpPacket request,
            BootClient client,
            BootDecision decision,
            boolean offer,
            Optional<PxeVendorOptions.BootItem> bootItem) {
        writeVendorClass(reply, request, client);
        boolean uefi = isUefiPxe(client);
        if (uefi && offer) {
            reply.nextServer(server);
            return;
        }
        writeBootFile(reply, decision);
        if (!client.isHttpClient()) {
            PxeVendorOptions vendor = vendorOptions(decision, bootItem, !uefi);
            if (!vendor.suboptions().isEmpty()) {
                reply.option(PxeVendorOptions.OPTION, vendor);
            }
        }
        writeOptions(reply, client, decision.options());
    }

    private static boolean isUefiPxe(BootClient client) {
        return client.isPxeClient()
                && !client.isIpxe()
                && client.architecture().filter(ClientArchitecture::isUefi).isPresent();
    }

    private void writeBootFile(DhcpPacket.Builder reply, BootDecision decision) {
        Inet4Address nextServer = decision.nextServer().orElse(server);
        reply.nextServer(nextServer).serverHostName(nextServer.getHostAddress());
        reply.option(DhcpOption.TFTP_SERVER_NAME, nextServer.getHostAddress());
        decision.name().ifPresent(name -> {
            reply.option(DhcpOption.BOOT_FILE_NAME, name);
            if (name.length() <= BootDecision.LONGEST_BOOT_FILE) {
                reply.bootFileName(name);
            }
        });
    }

    private static void writeVendorClass(DhcpPacket.Builder reply, DhcpPacket request, BootClient client) {
        reply.option(DhcpOption.VENDOR_CLASS_IDENTIFIER, client.isHttpClient() ? HTTP_CLIENT : PXE_CLIENT);
        int uuid = DhcpOption.CLIENT_MACHINE_IDENTIFIER.code();
        request.options()
                .raw(uuid)
                .filter(value -> value.length == MACHINE_IDENTIFIER_LENGTH)
                .ifPresent(value -> reply.option(uuid, value));
    }

    private PxeVendorOptions vendorOptions(
            BootDecision decision, Optional<PxeVendorOptions.BootItem> bootItem, boolean discoveryControl) {
        EncapsulatedOptions.Builder<PxeVendorOptions> vendor = PxeVendorOptions.builder();
        if (decision.isLocalDisk()) {
            vendor = PxeMenus.LOCAL_DISK.toBuilder();
        } else if (decision.isRaspberryPi()) {
            vendor = PxeMenus.RASPBERRY_PI.toBuilder();
        } else if (!decision.choices().isEmpty()) {
            vendor = PxeMenus.of(decision, server).toBuilder();
        } else if (discoveryControl) {
            vendor.put(PxeVendorOptions.DISCOVERY_CONTROL, PxeVendorOptions.DOWNLOAD_BOOT_FILE);
        }
        if (bootItem.isPresent()) {
            vendor.put(PxeVendorOptions.BOOT_ITEM, bootItem.get());
        }
        return vendor.build();
    }

    /** The options of a decision with no-pxedhcp, unless they say something of it. */
    private static DhcpOptions withoutProxy(DhcpOptions options) {
        EncapsulatedOptions.Builder<IpxeOptions> ipxe =
                options.get(DhcpOption.IPXE).map(IpxeOptions::toBuilder).orElseGet(IpxeOptions::builder);
        if (options.get(DhcpOption.IPXE)
                .flatMap(given -> given.get(IpxeOptions.NO_PXEDHCP))
                .isEmpty()) {
            ipxe.put(IpxeOptions.NO_PXEDHCP, true);
        }
        return options.toBuilder().put(DhcpOption.IPXE, ipxe.build()).build();
    }

    private static void writeOptions(DhcpPacket.Builder reply, BootClient client, DhcpOptions options) {
        for (int code : options.codes()) {
            if (code != DhcpOption.IPXE.code() || client.isIpxe()) {
                reply.option(code, options.raw(code).orElseThrow());
            }
        }
    }
}
