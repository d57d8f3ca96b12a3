package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.Await;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client through a socket on loopback, with servers that say what a test wants. */
@Timeout(60)
class DhcpClientTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");
    private static final Inet4Address OTHER = Ipv4.parse("10.77.0.2");
    private static final Inet4Address LEASED = Ipv4.parse("10.77.0.50");

    interface Reply {
        List<DhcpPacket.Builder> to(DhcpPacket request, int number) throws Exception;
    }

    private static FakeServer server(Reply reply) throws IOException {
        return new FakeServer("127.0.0.1", (question, number) -> {
            List<byte[]> answers = new ArrayList<>();
            for (DhcpPacket.Builder packet : reply.to(DhcpCodec.decode(question), number)) {
                answers.add(DhcpCodec.encode(packet.build()));
            }
            return answers;
        });
    }

    private static DhcpClient.Builder client(FakeServer server) {
        return client(ClientIdentity.plain(ADDRESS), server);
    }

    private static DhcpClient.Builder client(ClientIdentity identity, FakeServer server) {
        return DhcpClient.builder(identity).server(server.address()).timeout(Duration.ofSeconds(10));
    }

    private static DhcpPacket.Builder reply(DhcpPacket request, MessageType type, Inet4Address server) {
        return DhcpPacket.replyTo(request, type).yourAddress(LEASED).option(DhcpOption.SERVER_IDENTIFIER, server);
    }

    private static List<DhcpPacket.Builder> lease(DhcpPacket request) {
        return List.of(reply(
                request,
                request.messageType().orElseThrow().equals(MessageType.DISCOVER) ? MessageType.OFFER : MessageType.ACK,
                SERVER));
    }

    private static List<DhcpPacket> asked(FakeServer server) throws Exception {
        List<DhcpPacket> packets = new ArrayList<>();
        for (byte[] question : server.questions()) {
            packets.add(DhcpCodec.decode(question));
        }
        return packets;
    }

    @Test
    void asksAgainUntilThereIsAnAnswer() throws Exception {
        try (FakeServer server = server((request, number) -> number < 3 ? List.of() : lease(request));
                DhcpClient client = client(server)
                        .timeout(Duration.ofMillis(20))
                        .random(server.patience())
                        .open()) {
            assertThat(client.discover()).hasSize(1);
            List<DhcpPacket> asked = asked(server);
            assertThat(asked).hasSize(3);
            assertThat(asked)
                    .extracting(DhcpPacket::transactionId)
                    .containsOnly(asked.get(0).transactionId());
        }
    }

    @Test
    void givesUpAfterItsAttempts() throws Exception {
        try (FakeServer server = server((request, number) -> List.of());
                DhcpClient client = client(server)
                        .timeout(Duration.ofMillis(5))
                        .attempts(3)
                        .random(server.patience())
                        .open()) {
            assertThatThrownBy(client::discover)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("127.0.0.1")
                    .hasMessageContaining("3 times DISCOVER");
            assertThat(server.questions()).hasSize(3);
        }
    }

    @Test
    void passesOverWhatIsNoAnswer() throws Exception {
        FakeServer.Script script = (question, number) -> {
            DhcpPacket request = DhcpCodec.decode(question);
            DhcpPacket offer = lease(request).get(0).build();
            DhcpPacket otherClient = offer.toBuilder()
                    .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:02"))
                    .build();
            DhcpPacket otherExchange =
                    offer.toBuilder().transactionId(request.transactionId() + 1).build();
            DhcpPacket otherType =
                    offer.toBuilder().messageType(MessageType.ACK).build();
            return List.of(
                    new byte[0],
                    new byte[] {2, 1, 6},
                    question,
                    DhcpCodec.encode(otherClient),
                    DhcpCodec.encode(otherExchange),
                    DhcpCodec.encode(otherType),
                    DhcpCodec.encode(offer));
        };
        try (FakeServer server = new FakeServer("127.0.0.1", script);
                DhcpClient client = client(server).open()) {
            assertThat(client.discover()).hasSize(1);
        }
    }

    @Test
    void endsInTimeHoweverMuchComes() throws Exception {
        FakeServer.Script flood = (question, number) -> Collections.nCopies(20_000, new byte[300]);
        try (FakeServer server = new FakeServer("127.0.0.1", flood);
                DhcpClient client = client(server)
                        .timeout(Duration.ofMillis(50))
                        .attempts(2)
                        .open()) {
            assertThatThrownBy(client::discover).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void reportsEachServerThatAnswersWithinTheWindowOnce() throws Exception {
        Reply both = (request, number) -> List.of(
                reply(request, MessageType.OFFER, SERVER),
                reply(request, MessageType.OFFER, SERVER),
                reply(request, MessageType.OFFER, OTHER));
        try (FakeServer server = server(both);
                DhcpClient client = client(server).open()) {
            List<Answer<DhcpPacket>> answers = PatientSurvey.find(2, client::survey);
            assertThat(answers)
                    .extracting(answer -> answer.message().options().require(DhcpOption.SERVER_IDENTIFIER))
                    .containsExactly(SERVER, OTHER);
            assertThat(answers).extracting(Answer::source).containsOnly(server.address());
        }
    }

    @Test
    void aSurveyWithoutAnswersIsEmptyAndAsksMoreThanOnce() throws Exception {
        try (FakeServer server = server((request, number) -> List.of());
                DhcpClient client =
                        client(server).timeout(Duration.ofMillis(10)).open()) {
            assertThat(client.survey(Duration.ofSeconds(1))).isEmpty();
            Await.until(() -> server.questions().size() > 1);
            assertThatThrownBy(() -> client.survey(Duration.ofMinutes(11)))
                    .hasMessageContaining("window: PT11M (expected: 0 to 10 minutes)");
        }
    }

    @Test
    void keepsABoundedNumberOfOffers() throws Exception {
        Reply many = (request, number) -> {
            List<DhcpPacket.Builder> offers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                offers.add(reply(request, MessageType.OFFER, Ipv4.of(i + 1)));
            }
            return offers;
        };
        try (FakeServer server = server(many);
                DhcpClient client = client(server).open()) {
            assertThat(PatientSurvey.find(2, client::survey)).hasSizeBetween(2, 256);
        }
    }

    @Test
    void takesAnAddressAtOnceFromAServerThatCommits() throws Exception {
        ClientIdentity rapid = ClientIdentity.plain(ADDRESS).toBuilder()
                .option(DhcpOption.RAPID_COMMIT, true)
                .build();
        try (FakeServer server = server((request, number) ->
                        List.of(reply(request, MessageType.ACK, SERVER).option(DhcpOption.RAPID_COMMIT, true)));
                DhcpClient client = client(rapid, server).open()) {
            DhcpPacket lease = client.lease();
            assertThat(lease.yourAddress()).isEqualTo(LEASED);
            client.renew(lease);
            assertThat(asked(server))
                    .extracting(packet -> packet.options().contains(DhcpOption.RAPID_COMMIT))
                    .containsExactly(true, false);
        }
    }

    @Test
    void takesNoAckForAnOfferWithoutRapidCommit() throws Exception {
        try (FakeServer server = server((request, number) -> List.of(reply(request, MessageType.ACK, SERVER)));
                DhcpClient client =
                        client(server).timeout(Duration.ofMillis(5)).attempts(2).open()) {
            assertThatThrownBy(client::lease).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void requestsTheOfferedAddressOfItsServer() throws Exception {
        try (FakeServer server = server((request, number) -> lease(request));
                DhcpClient client = client(server).open()) {
            client.lease();
            DhcpPacket discover = asked(server).get(0);
            DhcpPacket request = asked(server).get(1);
            assertThat(request.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
            assertThat(request.options().get(DhcpOption.REQUESTED_ADDRESS)).contains(LEASED);
            assertThat(request.transactionId()).isEqualTo(discover.transactionId());
            assertThat(request.secondsElapsed()).isEqualTo(discover.secondsElapsed());
        }
    }

    @Test
    void takesNoAnswerOfAServerThatItDidNotSelect() throws Exception {
        Reply late = (request, number) -> request.messageType().orElseThrow().equals(MessageType.DISCOVER)
                ? lease(request)
                : List.of(reply(request, MessageType.NAK, OTHER), reply(request, MessageType.ACK, SERVER));
        try (FakeServer server = server(late);
                DhcpClient client = client(server).open()) {
            assertThat(client.lease().yourAddress()).isEqualTo(LEASED);
        }
    }

    @Test
    void saysWhoRefusesAndWhy() throws Exception {
        Reply refusal = (request, number) -> List.of(DhcpPacket.replyTo(request, MessageType.NAK)
                .option(DhcpOption.SERVER_IDENTIFIER, SERVER)
                .option(DhcpOption.MESSAGE, "wrong network"));
        try (FakeServer server = server(refusal);
                DhcpClient client = client(server).open()) {
            assertThatThrownBy(() -> client.reboot(LEASED))
                    .isInstanceOf(DhcpRefusedException.class)
                    .hasMessage("server 10.77.0.1 refused: wrong network");
        }
    }

    @Test
    void renewsRebindsReleasesAndDeclinesAsTable5Says() throws Exception {
        ClientIdentity windows = ClientIdentity.windows(ADDRESS, "station");
        try (FakeServer server = server((request, number) -> number > 2 && number < 6 ? lease(request) : List.of());
                DhcpClient client = client(windows, server).open()) {
            DhcpPacket lease = reply(
                            DhcpPacket.builder().clientHardwareAddress(ADDRESS).build(), MessageType.ACK, SERVER)
                    .build();
            client.release(lease);
            client.decline(lease);
            client.renew(lease);
            client.rebind(lease);
            client.inform(LEASED);
            List<DhcpPacket> asked = asked(server);
            assertThat(asked.get(0).options().codes()).containsExactlyInAnyOrder(53, 54, 61);
            assertThat(asked.get(0).clientAddress()).isEqualTo(LEASED);
            assertThat(asked.get(1).options().codes()).containsExactlyInAnyOrder(50, 53, 54, 61);
            assertThat(asked.get(1).clientAddress()).isEqualTo(Ipv4.ANY);
            for (DhcpPacket request : asked.subList(2, 5)) {
                assertThat(request.clientAddress()).isEqualTo(LEASED);
                assertThat(request.options().codes()).containsExactlyInAnyOrder(53, 61, 12, 60, 55);
            }
        }
    }

    @Test
    void knowsBootp() throws Exception {
        try (FakeServer server = server((request, number) -> {
                    DhcpPacket.Builder answer =
                            request.toBuilder().operation(2).yourAddress(LEASED).bootFileName("kernel");
                    return List.of(reply(request, MessageType.OFFER, OTHER), answer);
                });
                DhcpClient client = client(server).open()) {
            assertThat(client.bootp().bootFileName()).contains("kernel");
            assertThat(asked(server).get(0).options().isEmpty()).isTrue();
        }
    }

    @Test
    void looksAsIfItCameThroughARelayAgent() throws Exception {
        RelayAgentInformation circuit = RelayAgentInformation.builder()
                .put(RelayAgentInformation.CIRCUIT_ID, new byte[] {1, 2})
                .build();
        try (FakeServer server = server((request, number) -> lease(request));
                DhcpClient client = client(server).relay(OTHER, circuit).open()) {
            client.renew(client.lease());
            List<DhcpPacket> asked = asked(server);
            for (DhcpPacket relayed : asked.subList(0, 2)) {
                assertThat(relayed.relayAgent()).isEqualTo(OTHER);
                assertThat(relayed.hops()).isEqualTo(1);
                assertThat(relayed.options().get(DhcpOption.RELAY_AGENT_INFORMATION))
                        .contains(circuit);
            }
            assertThat(asked.get(2).relayAgent()).as("unicast").isEqualTo(Ipv4.ANY);
        }
    }

    @Test
    void endsIfItIsInterrupted() throws Exception {
        try (FakeServer server = server((request, number) -> List.of());
                DhcpClient client = client(server).open()) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(client::discover).isInstanceOf(java.io.InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
