package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A group on a network that loses, doubles and delays packets, for each client others. */
class MulticastLossTest {

    private static final int BLOCKS = 300;
    private static final long TIMEOUT = 1000 * LossyLink.MILLISECOND;
    private static final Retransmission AGAIN =
            Retransmission.of(Duration.ofMillis(200), 8).adapting();

    private final List<Client> clients = new ArrayList<>();
    private int dataPackets;

    /** The server and its clients, on one link. */
    private final class Server implements MulticastGroup.Content, LossyLink.Host {

        private final LossyLink link;
        private final MulticastGroup group = new MulticastGroup(BLOCKS, this);

        Server(LossyLink link) {
            this.link = link;
        }

        void request(Client client, long now) {
            if (client.known) {
                group.askedAgain(client.member);
            } else {
                client.known = true;
                group.join(client.member, now);
            }
        }

        @Override
        public boolean load(long block) {
            return true;
        }

        @Override
        public void send(long block) {
            dataPackets++;
            for (Client client : clients) {
                link.carry(now -> client.block((int) block, now));
            }
        }

        @Override
        public void tick(long now) {
            group.tick(now);
        }

        @Override
        public long deadline() {
            return clients.stream()
                    .mapToLong(client -> group.deadline(client.member))
                    .min()
                    .orElse(TransferSender.NEVER);
        }
    }

    /** A client as atftp is one: silent until it is master, then it asks for the first block that it lacks. */
    private static final class Client implements MulticastGroup.Contact, LossyLink.Host {

        private final LossyLink link;
        private final Server server;
        private final BitSet blocks = new BitSet();
        private final MulticastGroup.Member member = new MulticastGroup.Member(this, false, AGAIN, AGAIN);
        private boolean known;
        private boolean answered;
        private boolean master;
        private boolean dead;
        private long deadline = TransferSender.NEVER;

        Client(LossyLink link, Server server) {
            this.link = link;
            this.server = server;
        }

        void ask(long now) {
            toServer(at -> server.request(this, at));
            deadline = now + TIMEOUT;
        }

        private void toServer(LongConsumer packet) {
            if (!dead) {
                link.carry(packet::accept);
            }
        }

        boolean hasAll() {
            return blocks.cardinality() == BLOCKS;
        }

        private void acknowledge(long now) {
            int block = blocks.nextClearBit(0);
            toServer(at -> server.group.acknowledged(member, block, at));
            deadline = hasAll() ? TransferSender.NEVER : now + TIMEOUT;
        }

        @Override
        public void sendOptionAck(boolean toMaster) {
            link.carry(now -> {
                answered = true;
                master = toMaster;
                deadline = TransferSender.NEVER;
                if (master) {
                    acknowledge(now);
                }
            });
        }

        @Override
        public void sendError(TftpErrorCode code, String reason) {
            throw new AssertionError("unexpected: " + reason);
        }

        @Override
        public void changed() {}

        /** Whoever has not got the OACK does not know the group. */
        void block(int block, long now) {
            if (answered) {
                blocks.set(block - 1);
                if (master) {
                    acknowledge(now);
                }
            }
        }

        @Override
        public void tick(long now) {
            if (!answered) {
                ask(now);
            } else {
                acknowledge(now);
            }
        }

        @Override
        public long deadline() {
            return dead ? TransferSender.NEVER : deadline;
        }
    }

    /** Runs to the end, with clients that come so many milliseconds after the beginning. */
    private Server run(LossyLink link, int... arrivals) {
        Server server = new Server(link);
        for (int arrival : arrivals) {
            Client client = new Client(link, server);
            clients.add(client);
            link.after(arrival * LossyLink.MILLISECOND, client::ask);
        }
        link.run(200_000, Stream.concat(Stream.of(server), clients.stream()).toArray(LossyLink.Host[]::new));
        return server;
    }

    @Test
    void withoutLossEachBlockGoesOutOnce() {
        Server server = run(LossyLink.perfect(), 0, 0, 0, 0);
        assertThat(clients).allMatch(Client::hasAll);
        assertThat(server.group.isEmpty()).isTrue();
        assertThat(dataPackets).isEqualTo(BLOCKS);
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 50).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void allClientsGetAllBlocks(int seed) {
        LossyLink link = new LossyLink(seed, 0.1, 0.05, 0.1);
        Server server = run(link, 0, 0, 1, 50, 200);
        assertThat(clients).allMatch(Client::hasAll);
        assertThat(server.group.isEmpty()).isTrue();
        // Each by itself would take 5 * BLOCKS / (1 - loss)².
        assertThat(dataPackets).isLessThan(BLOCKS * 2);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void clientsThatDieTakeNobodyWithThem(int seed) {
        LossyLink link = new LossyLink(seed, 0.05, 0.05, 0.1);
        link.after(100 * LossyLink.MILLISECOND, now -> clients.get(0).dead = true);
        link.after(150 * LossyLink.MILLISECOND, now -> clients.get(2).dead = true);
        Server server = run(link, 0, 0, 0, 0);
        assertThat(clients.get(1)).matches(Client::hasAll);
        assertThat(clients.get(3)).matches(Client::hasAll);
        assertThat(server.group.isEmpty()).isTrue();
        assertThat(clients.get(0).member.outcome()).get().isInstanceOf(TransferOutcome.Failed.class);
    }
}
