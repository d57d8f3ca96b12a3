package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.Status;
import dev.pxekit.dhcp.v6.StatusCode;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The DHCPv6 client through a socket on loopback, with servers that say what a test wants. */
@Timeout(60)
class Dhcp6ClientTest {

    private static final Duid SERVER = Duid.parse("000300015254007700f1");
    private static final Duid OTHER = Duid.parse("000300015254007700f2");
    private static final Inet6Address LEASED = Ipv6.parse("fd77::50");
    private static final Client6Identity PLAIN = Client6Identity.plain(HardwareAddress.parse("52:54:00:77:00:01"));

    interface Reply {
        List<Dhcp6Message.Builder> to(Dhcp6Message request, int number) throws Exception;
    }

    private static FakeServer server(Reply reply) throws IOException {
        return new FakeServer("::1", (question, number) -> {
            List<byte[]> answers = new ArrayList<>();
            for (Dhcp6Message.Builder message : reply.to(Dhcp6Codec.decode(question), number)) {
                answers.add(Dhcp6Codec.encode(message.build()));
            }
            return answers;
        });
    }

    private static Dhcp6Client.Builder client(FakeServer server) {
        return client(PLAIN, server);
    }

    private static Dhcp6Client.Builder client(Client6Identity identity, FakeServer server) {
        return Dhcp6Client.builder(identity).server(server.address()).timeout(Duration.ofSeconds(10));
    }

    private static Dhcp6Message.Builder answer(Dhcp6Message request, Duid server) {
        Dhcp6MessageType type =
                request.type().equals(Dhcp6MessageType.SOLICIT) ? Dhcp6MessageType.ADVERTISE : Dhcp6MessageType.REPLY;
        return Dhcp6Message.replyTo(request, type).option(Dhcp6Option.SERVER_IDENTIFIER, server);
    }

    private static Dhcp6Message.Builder lease(Dhcp6Message request, Duid server, Inet6Address address, long seconds)
            throws IOException {
        Duration time = Duration.ofSeconds(seconds);
        Dhcp6Options addresses = Dhcp6Options.builder()
                .put(Dhcp6Option.IA_ADDRESS, new IaAddress(address, time, time, Dhcp6Options.EMPTY))
                .build();
        long iaid = request.options().require(Dhcp6Option.IA_NA).iaid();
        return answer(request, server)
                .option(Dhcp6Option.IA_NA, new IaNa(iaid, Duration.ZERO, Duration.ZERO, addresses));
    }

    private static Dhcp6Message.Builder lease(Dhcp6Message request) throws IOException {
        return lease(request, SERVER, LEASED, 3600);
    }

    private static List<Dhcp6Message> asked(FakeServer server) throws Exception {
        List<Dhcp6Message> messages = new ArrayList<>();
        for (byte[] question : server.questions()) {
            messages.add(Dhcp6Codec.decode(question));
        }
        return messages;
    }

    private static Status status(StatusCode code) {
        return new Status(code, "as told");
    }

    @Test
    void getsAnAddressWithFourMessagesAndKeepsIt() throws Exception {
        try (FakeServer server = server((request, number) -> List.of(lease(request)));
                Dhcp6Client client = client(server).open()) {
            Dhcp6Message reply = client.lease();
            client.renew(reply);
            client.rebind(reply);
            assertThat(reply.options()
                            .require(Dhcp6Option.IA_NA)
                            .addresses()
                            .get(0)
                            .address())
                    .isEqualTo(LEASED);
            List<Dhcp6Message> asked = asked(server);
            assertThat(asked)
                    .extracting(message -> message.type().name())
                    .containsExactly("SOLICIT", "REQUEST", "RENEW", "REBIND");
            assertThat(asked)
                    .extracting(message -> message.options().contains(Dhcp6Option.SERVER_IDENTIFIER))
                    .containsExactly(false, true, true, false);
            assertThat(asked).allMatch(Dhcp6Message::isValidForServer);
            assertThat(asked).allMatch(message -> message.options().contains(Dhcp6Option.ELAPSED_TIME));
        }
    }

    @Test
    void releasesDeclinesConfirmsAndAsksForOptions() throws Exception {
        try (FakeServer server = server((request, number) -> number == 1
                        ? List.of(lease(request))
                        : List.of(
                                answer(request, SERVER).option(Dhcp6Option.STATUS_CODE, status(StatusCode.SUCCESS))));
                Dhcp6Client client = client(server).open()) {
            Dhcp6Message lease = client.solicit().get(0);
            client.confirm(lease);
            client.release(lease);
            client.decline(lease);
            client.informationRequest();
            List<Dhcp6Message> asked = asked(server);
            assertThat(asked)
                    .extracting(message -> message.type().name())
                    .containsExactly("SOLICIT", "CONFIRM", "RELEASE", "DECLINE", "INFORMATION-REQUEST");
            assertThat(asked).allMatch(Dhcp6Message::isValidForServer);
            for (Dhcp6Message about : asked.subList(1, 4)) {
                assertThat(about.options()
                                .require(Dhcp6Option.IA_NA)
                                .addresses()
                                .get(0)
                                .address())
                        .isEqualTo(LEASED);
            }
        }
    }

    @Test
    void takesAReplyAtOnceFromAServerThatCommits() throws Exception {
        Client6Identity rapid =
                PLAIN.toBuilder().option(Dhcp6Option.RAPID_COMMIT, true).build();
        try (FakeServer server = server((request, number) -> List.of(Dhcp6Message.builder(Dhcp6MessageType.REPLY)
                        .transactionId(request.transactionId())
                        .addOptions(lease(request).build().options())
                        .option(Dhcp6Option.RAPID_COMMIT, true)));
                Dhcp6Client client = client(rapid, server).open()) {
            assertThat(client.lease().type()).isEqualTo(Dhcp6MessageType.REPLY);
            assertThat(asked(server)).hasSize(1);
        }
    }

    @Test
    void prefersTheServerOfHighestPreference() throws Exception {
        Reply both = (request, number) -> request.type().equals(Dhcp6MessageType.SOLICIT)
                ? List.of(
                        lease(request, OTHER, Ipv6.parse("fd77::1"), 60),
                        lease(request).option(Dhcp6Option.PREFERENCE, 255))
                : List.of(lease(request));
        try (FakeServer server = server(both);
                Dhcp6Client client =
                        client(server).offerWindow(Duration.ofSeconds(30)).open()) {
            client.lease();
            assertThat(asked(server).get(1).options().get(Dhcp6Option.SERVER_IDENTIFIER))
                    .contains(SERVER);
        }
    }

    @Test
    void aSurveyEndsWithAServerOfHighestPreference() throws Exception {
        try (FakeServer server =
                        server((request, number) -> List.of(lease(request).option(Dhcp6Option.PREFERENCE, 255)));
                Dhcp6Client client = client(server).open()) {
            assertThat(client.survey(Duration.ofSeconds(25))).hasSize(1);
            assertThat(asked(server)).as("not asked again by then").hasSizeLessThan(20);
        }
    }

    @Test
    void saysWhyThereIsNoAddress() throws Exception {
        Reply empty = (request, number) -> {
            long iaid = request.options().require(Dhcp6Option.IA_NA).iaid();
            Dhcp6Options none = Dhcp6Options.builder()
                    .put(Dhcp6Option.STATUS_CODE, status(StatusCode.NO_ADDRS_AVAIL))
                    .build();
            return List.of(answer(request, SERVER)
                    .option(Dhcp6Option.IA_NA, new IaNa(iaid, Duration.ZERO, Duration.ZERO, none)));
        };
        try (FakeServer server = server(empty);
                Dhcp6Client client = client(server).open()) {
            assertThatThrownBy(client::lease)
                    .isInstanceOf(DhcpRefusedException.class)
                    .hasMessageContaining("refused: ")
                    .hasMessageContaining("NoAddrsAvail")
                    .hasMessageContaining("as told");
            assertThat(PatientSurvey.find(1, client::survey)).hasSize(1);
        }
    }

    @Test
    void takesNoAddressThatEndedForALease() throws Exception {
        try (FakeServer server = server((request, number) -> List.of(
                        lease(request, SERVER, LEASED, request.type().equals(Dhcp6MessageType.RENEW) ? 0 : 60)));
                Dhcp6Client client = client(server).open()) {
            Dhcp6Message lease = client.lease();
            assertThatThrownBy(() -> client.renew(lease)).hasMessageContaining("no valid address");
        }
    }

    @Test
    void saysIfTheAddressIsNotOnTheLink() throws Exception {
        try (FakeServer server = server((request, number) -> number == 1
                        ? List.of(lease(request))
                        : List.of(answer(request, SERVER)
                                .option(Dhcp6Option.STATUS_CODE, status(StatusCode.NOT_ON_LINK))));
                Dhcp6Client client = client(server).open()) {
            Dhcp6Message lease = client.solicit().get(0);
            assertThatThrownBy(() -> client.confirm(lease))
                    .isInstanceOf(DhcpRefusedException.class)
                    .hasMessageContaining("NotOnLink");
        }
    }

    @Test
    void passesOverWhatIsNoAnswer() throws Exception {
        Reply noise = (request, number) -> List.of(
                lease(request).removeOption(Dhcp6Option.SERVER_IDENTIFIER.code()),
                lease(request).option(Dhcp6Option.CLIENT_IDENTIFIER, OTHER),
                lease(request).transactionId(request.transactionId() ^ 1),
                request.toBuilder(),
                lease(request));
        try (FakeServer server = server(noise);
                Dhcp6Client client = client(server).open()) {
            assertThat(PatientSurvey.find(1, client::survey)).hasSize(1);
        }
    }

    @Test
    void givesUpAfterItsAttempts() throws Exception {
        try (FakeServer server = server((request, number) -> List.of());
                Dhcp6Client client = client(server)
                        .timeout(Duration.ofMillis(5))
                        .attempts(3)
                        .random(server.patience())
                        .open()) {
            assertThatThrownBy(client::solicit)
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("3 times SOLICIT");
            assertThat(asked(server)).hasSize(3);
        }
    }

    @Test
    void speaksThroughARelayAgent() throws Exception {
        Inet6Address link = Ipv6.parse("fd77::1");
        FakeServer.Script relayed = (question, number) -> {
            Dhcp6Message forward = Dhcp6Codec.decode(question);
            Dhcp6Message answer = lease(forward.innermost()).build();
            return Stream.of(answer, Dhcp6Message.relayReply(forward, answer))
                    .map(Dhcp6Codec::encode)
                    .toList();
        };
        try (FakeServer server = new FakeServer("::1", relayed);
                Dhcp6Client client = client(server).relay(link).open()) {
            assertThat(PatientSurvey.find(1, client::survey))
                    .as("what comes without a relay agent is not for it")
                    .hasSize(1);
            assertThat(asked(server).get(0).relayHeader().orElseThrow().linkAddress())
                    .isEqualTo(link);
        }
    }

    @Test
    void needsAServerOrAnInterface() {
        assertThatThrownBy(() -> Dhcp6Client.builder(PLAIN).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("networkInterface");
    }

    @Test
    void uefiHasItsUuidInTheDuidInTheOrderOfSmbios() {
        UUID uuid = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        assertThat(Client6Identity.uefiHttp(uuid).duid()).isEqualTo(Duid.parse("000433221100554477668899aabbccddeeff"));
        assertThat(Client6Identity.uefiIpxe(uuid).duid()).isEqualTo(Duid.uuid(uuid));
        assertThatThrownBy(() -> PLAIN.toBuilder().option(Dhcp6Option.ELAPSED_TIME, Duration.ZERO))
                .hasMessageContaining("option 8 is set by the client itself");
    }
}
