package dev.pxekit.dhcp.server;

import static dev.pxekit.dhcp.server.Link6.CLIENT;
import static dev.pxekit.dhcp.server.Link6.association;
import static dev.pxekit.dhcp.server.Link6.message;
import static dev.pxekit.dhcp.server.Link6.solicit;
import static dev.pxekit.dhcp.server.Link6.status;
import static dev.pxekit.dhcp.server.Link6.subnet;
import static dev.pxekit.dhcp.server.Link6.toServer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.transport.DatagramHandler;
import dev.pxekit.dhcp.transport.Received;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the address that a datagram came from tells a server of several subnets that listens on {@code ::}. */
class MessageHandlerTest {

    private static final InetSocketAddress FAR_AWAY = new InetSocketAddress(Ipv6.parse("fd99::5"), 546);
    private static final InetSocketAddress NEIGHBOUR = new InetSocketAddress(Link6.SENDER, 546);
    private static final InetSocketAddress RELAY = new InetSocketAddress(Ipv6.parse("fd99::fe"), 547);

    private final Link6 link = Link6.of(
            subnet().build(),
            Subnet6.builder("fd88::/64").pool("fd88::100", "fd88::1ff").build());
    private final Answers answers = new Answers();

    private static final class Answers implements DatagramHandler.Replies {

        private final List<Dhcp6Message> sent = new ArrayList<>();
        private final List<InetSocketAddress> targets = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        @Override
        public void send(byte[] octets, InetSocketAddress target) {
            try {
                sent.add(Dhcp6Codec.decode(octets));
            } catch (dev.pxekit.dhcp.DhcpFormatException e) {
                throw new AssertionError(e);
            }
            targets.add(target);
        }

        @Override
        public void after(CompletableFuture<?> event, Runnable rest) {
            event.whenComplete((result, failure) -> rest.run());
        }

        @Override
        public void fail(String why, Throwable cause) {
            failures.add(why + ": " + cause.getMessage());
        }

        @Override
        public void drop(String why, @Nullable Throwable cause) {
            throw new AssertionError(why, cause);
        }
    }

    private void receive(Dhcp6Message message, InetSocketAddress sender) {
        receive(message, sender, "");
    }

    private void receive(Dhcp6Message message, InetSocketAddress sender, String interfaceName) {
        new MessageHandler(link.responder().responder(), link.settings)
                .answer(new Received(Dhcp6Codec.encode(message), sender, Ipv6.ANY, interfaceName), answers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REQUEST", "RENEW", "RELEASE", "DECLINE"})
    void asksAClientThatSendsFromAGlobalAddressToSendByMulticast(String type) {
        receive(
                toServer(Dhcp6MessageType.parse(type), CLIENT)
                        .addOption(Dhcp6Option.IA_NA, association(7, "fd77::100"))
                        .build(),
                FAR_AWAY);
        assertThat(answers.sent).hasSize(1);
        assertThat(status(answers.sent.get(0).options())).contains("UseMulticast");
        assertThat(answers.targets).containsExactly(FAR_AWAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SOLICIT", "CONFIRM", "REBIND", "INFORMATION-REQUEST"})
    void dropsWhatAClientMayNotSendFromAGlobalAddress(String type) {
        receive(message(Dhcp6MessageType.parse(type), CLIENT).build(), FAR_AWAY);
        assertThat(answers.sent).isEmpty();
        assertThat(link.recorder.events).containsExactly("ignored: " + type + " by unicast");
    }

    @Test
    void goesByTheSendersAddressWhereUnicastIsWanted() {
        link.settings.replyToSender();
        InetSocketAddress client = new InetSocketAddress(Ipv6.parse("fd88::5"), 40_000);
        receive(solicit(CLIENT, 7).build(), client);
        assertThat(Link6.address(answers.sent.get(0))).startsWith("fd88::1");
        assertThat(answers.targets).containsExactly(client);
        receive(solicit(CLIENT, 7).build(), FAR_AWAY);
        assertThat(answers.sent).hasSize(1);
        assertThat(link.recorder.events).last().asString().startsWith("ignored: no subnet for this client");
    }

    @Test
    void answersRelayAgentsByUnicastForTheLinkThatTheyName() {
        receive(
                Dhcp6Message.relay(solicit(CLIENT, 7).build(), Ipv6.parse("fd88::1"), Link6.SENDER)
                        .build(),
                RELAY);
        assertThat(Link6.address(answers.sent.get(0).innermost())).startsWith("fd88::1");
        assertThat(answers.targets).containsExactly(RELAY);
    }

    @Test
    void doesNotGuessTheLinkThatARelayAgentDoesNotName() {
        InetSocketAddress relay = new InetSocketAddress(Ipv6.parse("fd88::fe"), 547);
        receive(
                Dhcp6Message.relay(solicit(CLIENT, 7).build(), Ipv6.ANY, Link6.SENDER)
                        .build(),
                relay);
        assertThat(answers.sent).isEmpty();
        assertThat(link.recorder.events).last().asString().startsWith("ignored: no subnet for this client");
    }

    /** A store that says only later whether it has kept what it was given. */
    private static LeaseStore slow(CompletableFuture<Void> kept) {
        LeaseStore memory = LeaseStore.inMemory();
        return (LeaseStore) Proxy.newProxyInstance(
                LeaseStore.class.getClassLoader(), new Class<?>[] {LeaseStore.class}, (store, method, arguments) -> {
                    if (!method.getName().equals("submit")) {
                        return method.invoke(memory, arguments);
                    }
                    return memory.claim((Lease) arguments[0], (Instant) arguments[1])
                            ? Optional.of(kept)
                            : Optional.empty();
                });
    }

    private void requestOf(CompletableFuture<Void> kept) {
        link.settings.leaseStore(slow(kept));
        receive(
                toServer(Dhcp6MessageType.REQUEST, CLIENT)
                        .addOption(Dhcp6Option.IA_NA, association(7, "fd77::100"))
                        .build(),
                NEIGHBOUR,
                "eth0");
    }

    @Test
    void answersWhenTheStoreHasKeptTheLease() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        requestOf(kept);
        assertThat(answers.sent).isEmpty();
        assertThat(link.recorder.events).isEmpty();

        kept.complete(null);
        assertThat(Link6.address(answers.sent.get(0))).isEqualTo("fd77::100");
        assertThat(link.recorder.events).containsExactly("leased fd77::100", "reply");
    }

    @Test
    void tellsAClientThatTheStoreHasNotKeptItsLease() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        requestOf(kept);
        kept.completeExceptionally(new IOException("disk full"));
        assertThat(status(answers.sent.get(0).options())).contains("UnspecFail");
        assertThat(answers.failures).containsExactly("the lease store failed: disk full");
        assertThat(link.recorder.events).containsExactly("reply");
    }

    @Test
    void leavesAClientThatSolicitsToOthersIfItsLeaseIsNotKept() {
        CompletableFuture<Void> kept = new CompletableFuture<>();
        link.settings.leaseStore(slow(kept)).rapidCommit(true);
        receive(solicit(CLIENT, 7).option(Dhcp6Option.RAPID_COMMIT, true).build(), NEIGHBOUR, "eth0");
        kept.completeExceptionally(new IOException("disk full"));
        assertThat(answers.sent).isEmpty();
        assertThat(link.recorder.events).containsExactly("ignored: lease store failed: disk full");
    }
}
