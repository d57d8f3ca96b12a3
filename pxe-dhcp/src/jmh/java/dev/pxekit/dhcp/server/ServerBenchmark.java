package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.net.Inet4Address;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How long does a server take from the octets of a request to the octets of its reply, boot policy and leases in memory
 * included, sockets not? And does it matter how many clients have a lease?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ServerBenchmark {

    private static final Inet4Address SERVER = Ipv4.parse("10.0.0.1");

    /** How many clients have a lease. */
    @Param({"100", "100000"})
    public int clients;

    private final DhcpResponder responder = newResponder();
    private byte[][] discovers = {};
    private byte[][] renewals = {};
    private int next;

    private static DhcpResponder newResponder() {
        BootPolicy policy = BootPolicy.ipxe(URI.create("http://10.0.0.1/boot.ipxe"))
                .orElse(BootPolicy.byArchitecture(Map.of(
                        ClientArchitecture.X86_BIOS, "undionly.kpxe", ClientArchitecture.X64_UEFI, "snponly.efi")));
        return new DhcpResponder(
                DhcpServer.builder()
                        .bind(SERVER)
                        .subnet(Subnet.builder("10.0.0.0/8")
                                .router("10.0.0.1")
                                .pool("10.1.0.0", "10.3.255.255")
                                .build())
                        .newClientsPerSecond(Integer.MAX_VALUE)
                        .policy(policy),
                null);
    }

    private DhcpPacket respond(DhcpPacket request) {
        return responder.respond(request, SERVER, Ipv4.ANY).reply().orElseThrow();
    }

    @Setup
    public void lease() {
        discovers = new byte[clients][];
        renewals = new byte[clients][];
        for (int client = 0; client < clients; client++) {
            HardwareAddress address = HardwareAddress.of(
                    new byte[] {0x52, 0x54, 0, (byte) (client >> 16), (byte) (client >> 8), (byte) client});
            ClientIdentity firmware = ClientIdentity.uefiPxe(address, new UUID(1, client));
            DhcpPacket.Builder packet = DhcpPacket.builder()
                    .transactionId(client)
                    .clientHardwareAddress(address)
                    .messageType(MessageType.DISCOVER)
                    .addOptions(firmware.options());
            discovers[client] = DhcpCodec.encode(packet.build());
            Inet4Address offered = respond(packet.build()).yourAddress();
            packet.messageType(MessageType.REQUEST)
                    .option(DhcpOption.SERVER_IDENTIFIER, SERVER)
                    .option(DhcpOption.REQUESTED_ADDRESS, offered);
            Inet4Address leased = respond(packet.build()).yourAddress();
            packet.removeOption(DhcpOption.SERVER_IDENTIFIER.code())
                    .removeOption(DhcpOption.REQUESTED_ADDRESS.code())
                    .clientAddress(leased);
            renewals[client] = DhcpCodec.encode(packet.build());
        }
    }

    private byte[] answer(byte[][] requests) throws DhcpFormatException {
        next = next + 1 < clients ? next + 1 : 0;
        return DhcpCodec.encode(respond(DhcpCodec.decode(requests[next])));
    }

    /** DISCOVER of UEFI firmware that has a lease: OFFER with a boot file. */
    @Benchmark
    public byte[] offer() throws DhcpFormatException {
        return answer(discovers);
    }

    /** REQUEST of a client that renews: ACK, and the lease recorded. */
    @Benchmark
    public byte[] renewal() throws DhcpFormatException {
        return answer(renewals);
    }
}
