package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Replies of any octets: the clients pass them over or take them, and never fail in another way than they say. */
@Timeout(value = 120, threadMode = SEPARATE_THREAD)
class ClientFuzzTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");

    private static final DhcpPacket OFFER = DhcpPacket.parse("""
            op: BOOTREPLY
            xid: 00000077
            yiaddr: 10.77.0.100
            siaddr: 10.77.0.1
            chaddr: 52:54:00:77:00:01
            file: snponly.efi
            option 53: OFFER
            option 54: 10.77.0.1
            option 60: PXEClient
            option 43: hex 0601030808800001\
            0a4d00010908800005426f6f740a0600507265737346ff
            option 175: hex b00101
            """);

    private static final List<BootFirmware> FIRMWARE = List.of(
            BootFirmware.PXE_UEFI,
            BootFirmware.PXE_BIOS,
            BootFirmware.IPXE,
            BootFirmware.HTTP_BOOT,
            BootFirmware.RASPBERRY_PI,
            BootFirmware.NONE);

    private static void take(byte[] octets) throws DhcpFormatException {
        DhcpPacket question = DhcpPacket.builder()
                .transactionId(0x77)
                .clientHardwareAddress(ADDRESS)
                .build();
        Optional<DhcpPacket> answer =
                PacketQuestion.constant(question, packet -> true).answer(ByteBuffer.wrap(octets));
        if (answer.isEmpty()) {
            return;
        }
        List<DhcpPacket> offers = List.of(answer.get());
        for (BootFirmware firmware : FIRMWARE) {
            OfferChoice.isEnough(offers, firmware);
            OfferChoice.of(offers, firmware)
                    .ifPresent(choice -> assertThat(choice.address()).isEqualTo(answer.get()));
        }
        BootInstructions boot =
                new BootInstructions(answer.get(), answer.get(), BootExchange.menu(answer.get()), Optional.empty());
        boot.uri().ifPresent(uri -> assertThat(uri.getScheme()).isNotNull());
        boot.server();
    }

    private static final Client6Identity IDENTITY = Client6Identity.plain(ADDRESS);

    private static Dhcp6Message solicit() {
        return new Client6Messages(IDENTITY, new Random(6)).solicit(true);
    }

    private static byte[] advertise() {
        String address = HexFormat.of().formatHex(Ipv6.parse("fd77::50").getAddress());
        byte[] association = HexFormat.of()
                .parseHex(String.format("%08x", IDENTITY.iaid()) + "00000000000000000005001e" + address
                        + "0000003c0000003c000d00020000");
        return Dhcp6Codec.encode(Dhcp6Message.replyTo(solicit(), Dhcp6MessageType.ADVERTISE)
                .option(2, HexFormat.of().parseHex("000300015254007700f1"))
                .option(3, association)
                .option(7, new byte[] {(byte) 255})
                .option(13, new byte[] {0, 0})
                .build());
    }

    private static void take6(byte[] octets) throws DhcpFormatException {
        MessageQuestion question = new MessageQuestion(solicit(), Optional.empty(), message -> true);
        Optional<Dhcp6Message> answer = question.answer(ByteBuffer.wrap(octets));
        if (answer.isPresent()) {
            assertThat(answer.get().isValidForClient()).isTrue();
            question.isEnough(List.of(answer.get()));
            Client6Messages messages = new Client6Messages(IDENTITY, new Random(6));
            assertThat(messages.toServer(Dhcp6MessageType.REQUEST, answer.get()).isValidForServer())
                    .isTrue();
        }
    }

    @FuzzTest
    void version4(byte[] octets) {
        try {
            take(octets);
        } catch (DhcpFormatException e) {
            assertThat(e.offset()).isBetween(0L, (long) octets.length);
        }
    }

    @FuzzTest
    void version6(byte[] octets) {
        try {
            take6(octets);
        } catch (DhcpFormatException e) {
            assertThat(e.offset()).isBetween(0L, (long) octets.length);
        }
    }

    @Test
    void takesMutationsOfOffers() throws Exception {
        take(dev.pxekit.dhcp.DhcpCodec.encode(OFFER));
        Fuzz.run(ClientFuzzTest::take, dev.pxekit.dhcp.DhcpCodec.encode(OFFER));
    }

    @Test
    void takesMutationsOfAdvertisements() throws Exception {
        take6(advertise());
        Fuzz.run(ClientFuzzTest::take6, advertise());
    }

    /** Each question gets a storm of mutations with its own transaction id, and ends. */
    @Test
    void bootsOrEndsWithWhateverIsAnswered() throws Exception {
        Random random = new Random(4011);
        FakeServer.Script storm = (question, number) -> {
            byte[] offer = dev.pxekit.dhcp.DhcpCodec.encode(OFFER);
            System.arraycopy(question, 4, offer, 4, 4);
            return java.util.stream.IntStream.range(0, 50)
                    .mapToObj(i -> {
                        byte[] octets = offer.clone();
                        for (int change = 0; change < 4; change++) {
                            octets[28 + random.nextInt(octets.length - 28)] = (byte) random.nextInt();
                        }
                        return octets;
                    })
                    .toList();
        };
        try (FakeServer server = new FakeServer("127.0.0.1", storm);
                DhcpClient client = DhcpClient.builder(ClientIdentity.uefiPxe(ADDRESS, new java.util.UUID(1, 2)))
                        .server(new InetSocketAddress(
                                InetAddress.getLoopbackAddress(),
                                server.address().getPort()))
                        .bootServerPort(server.address().getPort())
                        .timeout(Duration.ofMillis(20))
                        .attempts(1)
                        .offerWindow(Duration.ofMillis(20))
                        .open()) {
            for (int i = 0; i < 20; i++) {
                try {
                    assertThat(client.boot().lease()).isNotNull();
                } catch (java.io.IOException e) {
                    assertThat(e).hasMessageNotContaining("null");
                }
            }
        }
    }
}
