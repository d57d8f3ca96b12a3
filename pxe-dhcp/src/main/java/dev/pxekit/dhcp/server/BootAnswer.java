package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes a boot decision into a reply, in the words that the client reads:
 *
 * <ul>
 *   <li>next server in {@code siaddr} and as text in {@code sname} and option 66, always set: a BIOS build of iPXE ends with
 *       "Nothing to boot" if {@code siaddr} is zero;
 *   <li>boot file name or URL in {@code file}, if it fits, and in option 67;
 *   <li>PXE firmware: option 60 {@code PXEClient}, option 97 as it came, and option 43 with discovery control 8, so that it
 *       loads the file and looks for no boot server;
 *   <li>HTTP boot firmware: option 60 {@code HTTPClient}, without which it drops the offer.
 * </ul>
 */
final class BootAnswer {

    private static final int LONGEST_FILE_FIELD = 127;

    /** A type octet and a UUID (RFC 4578 §2.3); anything else is not given back. */
    private static final int MACHINE_IDENTIFIER_LENGTH = 17;

    private static final String PXE_CLIENT = "PXEClient";
    private static final String HTTP_CLIENT = "HTTPClient";

    private final Inet4Address server;

    BootAnswer(Inet4Address server) {
        this.server = server;
    }

    /** Whether the client can make use of a decision: a URL needs a client that reads one, a file one that has TFTP. */
    static boolean fits(BootClient client, BootDecision decision) {
        if (decision.isIgnore()) {
            return false;
        }
        if (client.isIpxe()) {
            return true;
        }
        return client.isHttpClient() == decision.url().isPresent();
    }

    /** What a DHCP server adds. iPXE reads the file from any reply and takes no vendor class. */
    void write(DhcpPacket.Builder reply, DhcpPacket request, BootClient client, BootDecision decision) {
        writeBootFile(reply, decision);
        if (client.isIpxe()) {
            reply.option(
                    DhcpOption.IPXE,
                    IpxeOptions.builder().put(IpxeOptions.NO_PXEDHCP, true).build());
        } else {
            writeVendorClass(reply, request, client, Optional.empty());
        }
    }

    /** What a proxy DHCP server adds: without the vendor class no client takes a reply that has no address. */
    void writeProxy(
            DhcpPacket.Builder reply,
            DhcpPacket request,
            BootClient client,
            BootDecision decision,
            Optional<PxeVendorOptions.BootItem> bootItem) {
        writeBootFile(reply, decision);
        writeVendorClass(reply, request, client, bootItem);
    }

    private void writeBootFile(DhcpPacket.Builder reply, BootDecision decision) {
        Inet4Address nextServer = decision.nextServer().orElse(server);
        reply.nextServer(nextServer).serverHostName(nextServer.getHostAddress());
        reply.option(DhcpOption.TFTP_SERVER_NAME, nextServer.getHostAddress());
        String name = decision.url()
                .map(url -> url.toASCIIString())
                .or(decision::bootFileName)
                .orElse("");
        reply.option(DhcpOption.BOOT_FILE_NAME, name);
        if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_FILE_FIELD) {
            reply.bootFileName(name);
        }
    }

    private static void writeVendorClass(
            DhcpPacket.Builder reply,
            DhcpPacket request,
            BootClient client,
            Optional<PxeVendorOptions.BootItem> bootItem) {
        if (client.isHttpClient()) {
            reply.option(DhcpOption.VENDOR_CLASS_IDENTIFIER, HTTP_CLIENT);
        } else {
            EncapsulatedOptions.Builder<PxeVendorOptions> vendor = PxeVendorOptions.builder()
                    .put(PxeVendorOptions.DISCOVERY_CONTROL, PxeVendorOptions.DOWNLOAD_BOOT_FILE);
            bootItem.ifPresent(item -> vendor.put(PxeVendorOptions.BOOT_ITEM, item));
            reply.option(DhcpOption.VENDOR_CLASS_IDENTIFIER, PXE_CLIENT)
                    .option(PxeVendorOptions.OPTION, vendor.build());
        }
        int uuid = DhcpOption.CLIENT_MACHINE_IDENTIFIER.code();
        request.options()
                .raw(uuid)
                .filter(value -> value.length == MACHINE_IDENTIFIER_LENGTH)
                .ifPresent(value -> reply.option(uuid, value));
    }
}
