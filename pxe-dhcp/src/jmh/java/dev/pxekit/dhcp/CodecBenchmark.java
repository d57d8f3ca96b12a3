package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.dhcp4java.DHCPConstants;
import org.dhcp4java.DHCPPacket;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to decode, to encode, and to build and encode the DISCOVER of PXE firmware and a full OFFER to it, beside
 * dhcp4java?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");
    private static final Inet4Address CLIENT = Ipv4.parse("10.77.0.50");
    private static final Inet4Address MASK = Ipv4.parse("255.255.255.0");
    private static final Inet4Address BROADCAST = Ipv4.parse("10.77.0.255");
    private static final List<Inet4Address> SERVERS = List.of(SERVER);
    private static final ClientMachineIdentifier MACHINE =
            ClientMachineIdentifier.of(UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"));
    private static final List<Integer> PARAMETERS = List.of(
            1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 66, 67, 97, 128,
            129, 130, 131, 132, 133, 134, 135);
    private static final PxeVendorOptions VENDOR = PxeVendorOptions.builder()
            .put(PxeVendorOptions.DISCOVERY_CONTROL, PxeVendorOptions.DOWNLOAD_BOOT_FILE)
            .build();

    private final DhcpPacket discover = discover();
    private final byte[] discoverOctets = DhcpCodec.encode(discover);
    private final ByteBuf discoverBuffer = Unpooled.directBuffer().writeBytes(discoverOctets);
    private final DhcpPacket offer = offer(discover);
    private final byte[] offerOctets = DhcpCodec.encode(offer);
    private final ByteBuf target = Unpooled.directBuffer(2048);
    private final DHCPPacket theirDiscover = theirs(discoverOctets);
    private final DHCPPacket theirOffer = theirs(offerOctets);

    private static DhcpPacket discover() {
        return DhcpPacket.builder()
                .transactionId(0x12345678)
                .broadcast(true)
                .clientHardwareAddress(ADDRESS)
                .messageType(MessageType.DISCOVER)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, 1472)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, PARAMETERS)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, MACHINE)
                .option(DhcpOption.CLIENT_NETWORK_INTERFACE, new ClientNetworkInterface(1, 3, 0))
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.X64_UEFI))
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00007:UNDI:003000")
                .build();
    }

    private static DhcpPacket offer(DhcpPacket discover) {
        return DhcpPacket.replyTo(discover, MessageType.OFFER)
                .yourAddress(CLIENT)
                .nextServer(SERVER)
                .serverHostName("10.77.0.1")
                .bootFileName("snponly.efi")
                .option(DhcpOption.SERVER_IDENTIFIER, SERVER)
                .option(DhcpOption.LEASE_TIME, Duration.ofHours(1))
                .option(DhcpOption.RENEWAL_TIME, Duration.ofMinutes(30))
                .option(DhcpOption.REBINDING_TIME, Duration.ofMinutes(52))
                .option(DhcpOption.SUBNET_MASK, MASK)
                .option(DhcpOption.BROADCAST_ADDRESS, BROADCAST)
                .option(DhcpOption.ROUTERS, SERVERS)
                .option(DhcpOption.DOMAIN_NAME_SERVERS, SERVERS)
                .option(DhcpOption.DOMAIN_NAME, "lab.example")
                .option(DhcpOption.TFTP_SERVER_NAME, "10.77.0.1")
                .option(DhcpOption.BOOT_FILE_NAME, "snponly.efi")
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient")
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, MACHINE)
                .option(PxeVendorOptions.OPTION, VENDOR)
                .build();
    }

    private static DHCPPacket theirs(byte[] octets) {
        return DHCPPacket.getPacket(octets, 0, octets.length, false);
    }

    @Benchmark
    public DhcpPacket decodeDiscover() throws DhcpFormatException {
        return DhcpCodec.decode(discoverOctets);
    }

    @Benchmark
    public DHCPPacket decodeDiscoverDhcp4java() {
        return theirs(discoverOctets);
    }

    /** What a server does with each packet: from Netty's buffer to the facts that a boot policy asks for. */
    @Benchmark
    public BootClient decodeDiscoverToBootClient() throws DhcpFormatException {
        return BootClient.of(DhcpCodec.decode(discoverBuffer.readerIndex(0)));
    }

    @Benchmark
    public DhcpPacket decodeOffer() throws DhcpFormatException {
        return DhcpCodec.decode(offerOctets);
    }

    @Benchmark
    public DHCPPacket decodeOfferDhcp4java() {
        return theirs(offerOctets);
    }

    @Benchmark
    public byte[] encodeDiscover() {
        return DhcpCodec.encode(discover);
    }

    @Benchmark
    public byte[] encodeDiscoverDhcp4java() {
        return theirDiscover.serialize();
    }

    @Benchmark
    public byte[] encodeOffer() {
        return DhcpCodec.encode(offer);
    }

    @Benchmark
    public ByteBuf encodeOfferToBuffer() {
        DhcpCodec.encode(offer, target.clear());
        return target;
    }

    @Benchmark
    public byte[] encodeOfferDhcp4java() {
        return theirOffer.serialize();
    }

    @Benchmark
    public byte[] buildDiscover() {
        return DhcpCodec.encode(discover());
    }

    @Benchmark
    public byte[] buildDiscoverDhcp4java() {
        DHCPPacket packet = new DHCPPacket();
        packet.setOp(DHCPConstants.BOOTREQUEST);
        packet.setHtype((byte) 1);
        packet.setHlen((byte) 6);
        packet.setXid(0x12345678);
        packet.setFlags((short) 0x8000);
        packet.setChaddr(ADDRESS.bytes());
        packet.setDHCPMessageType(DHCPConstants.DHCPDISCOVER);
        packet.setOptionAsShort(DHCPConstants.DHO_DHCP_MAX_MESSAGE_SIZE, (short) 1472);
        byte[] parameters = new byte[PARAMETERS.size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = PARAMETERS.get(i).byteValue();
        }
        packet.setOptionRaw(DHCPConstants.DHO_DHCP_PARAMETER_REQUEST_LIST, parameters);
        packet.setOptionRaw((byte) 97, MACHINE.encode());
        packet.setOptionRaw((byte) 94, new byte[] {1, 3, 0});
        packet.setOptionRaw((byte) 93, new byte[] {0, 7});
        packet.setOptionAsString(DHCPConstants.DHO_VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00007:UNDI:003000");
        return packet.serialize();
    }

    @Benchmark
    public byte[] buildOffer() {
        return DhcpCodec.encode(offer(discover));
    }

    @Benchmark
    public byte[] buildOfferDhcp4java() {
        DHCPPacket packet = new DHCPPacket();
        packet.setOp(DHCPConstants.BOOTREPLY);
        packet.setHtype(theirDiscover.getHtype());
        packet.setHlen(theirDiscover.getHlen());
        packet.setXid(theirDiscover.getXid());
        packet.setFlags(theirDiscover.getFlags());
        packet.setChaddr(theirDiscover.getChaddr());
        packet.setYiaddr(CLIENT);
        packet.setSiaddr(SERVER);
        packet.setSname("10.77.0.1");
        packet.setFile("snponly.efi");
        packet.setDHCPMessageType(DHCPConstants.DHCPOFFER);
        packet.setOptionAsInetAddress(DHCPConstants.DHO_DHCP_SERVER_IDENTIFIER, SERVER);
        packet.setOptionAsInt(DHCPConstants.DHO_DHCP_LEASE_TIME, 3600);
        packet.setOptionAsInt(DHCPConstants.DHO_DHCP_RENEWAL_TIME, 1800);
        packet.setOptionAsInt(DHCPConstants.DHO_DHCP_REBINDING_TIME, 3120);
        packet.setOptionAsInetAddress(DHCPConstants.DHO_SUBNET_MASK, MASK);
        packet.setOptionAsInetAddress(DHCPConstants.DHO_BROADCAST_ADDRESS, BROADCAST);
        packet.setOptionAsInetAddresses(DHCPConstants.DHO_ROUTERS, new Inet4Address[] {SERVER});
        packet.setOptionAsInetAddresses(DHCPConstants.DHO_DOMAIN_NAME_SERVERS, new Inet4Address[] {SERVER});
        packet.setOptionAsString(DHCPConstants.DHO_DOMAIN_NAME, "lab.example");
        packet.setOptionAsString(DHCPConstants.DHO_TFTP_SERVER, "10.77.0.1");
        packet.setOptionAsString(DHCPConstants.DHO_BOOTFILE, "snponly.efi");
        packet.setOptionRaw(DHCPConstants.DHO_VENDOR_CLASS_IDENTIFIER, "PXEClient".getBytes(StandardCharsets.US_ASCII));
        packet.setOptionRaw((byte) 97, MACHINE.encode());
        packet.setOptionRaw((byte) 43, VENDOR.encode());
        return packet.serialize();
    }
}
