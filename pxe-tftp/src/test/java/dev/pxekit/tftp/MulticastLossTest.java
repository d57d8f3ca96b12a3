package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A group on a network that loses, doubles and delays packets, for each client others. */
@ParameterizedClass(name = "{0}")
@EnumSource(MulticastLossTest.Kind.class)
class MulticastLossTest {

    /** Whose clients there are. */
    enum Kind {
        ATFTP,
        OURS,
        MIXED
    }

    private static final int BLOCKS = 300;
    private static final long TIMEOUT = 1000 * LossyLink.MILLISECOND;
    private static final Retransmission AGAIN =
            Retransmission.of(Duration.ofMillis(200), 8).adapting();

    private final Kind kind;
    private final List<Client> clients = new ArrayList<>();
    private int dataPackets;

    MulticastLossTest(Kind kind) {
        this.kind = kind;
    }

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

    /** A client, and its way to the server. */
    private abstract static class Client implements MulticastGroup.Contact, LossyLink.Host {

        final LossyLink link;
        final Server server;
        final MulticastGroup.Member member = new MulticastGroup.Member(this, false, AGAIN, AGAIN);
        private boolean known;
        private boolean dead;

        Client(LossyLink link, Server server) {
            this.link = link;
            this.server = server;
        }

        abstract void ask(long now);

        abstract void optionAck(boolean master, long now);

        abstract void block(int block, long now);

        abstract boolean hasAll();

        abstract long deadlineAlive();

        final void sendRequest() {
            toServer(at -> server.request(this, at));
        }

        final void ack(int block) {
            toServer(at -> server.group.acknowledged(member, block, at));
        }

        private void toServer(LongConsumer packet) {
            if (!dead) {
                link.carry(packet::accept);
            }
        }

        @Override
        public final void sendOptionAck(boolean toMaster) {
            link.carry(now -> optionAck(toMaster, now));
        }

        @Override
        public final void sendError(TftpErrorCode code, String reason) {
            throw new AssertionError("unexpected: " + reason);
        }

        @Override
        public final void changed() {}

        @Override
        public final long deadline() {
            return dead ? TransferSender.NEVER : deadlineAlive();
        }
    }

    /** As atftp: silent until it is master, then it asks for the first block that it lacks. */
    private static final class Atftp extends Client {

        private final BitSet blocks = new BitSet();
        private boolean answered;
        private boolean master;
        private long deadline = TransferSender.NEVER;

        Atftp(LossyLink link, Server server) {
            super(link, server);
        }

        @Override
        void ask(long now) {
            sendRequest();
            deadline = now + TIMEOUT;
        }

        @Override
        boolean hasAll() {
            return blocks.cardinality() == BLOCKS;
        }

        private void acknowledge(long now) {
            ack(blocks.nextClearBit(0));
            deadline = hasAll() ? TransferSender.NEVER : now + TIMEOUT;
        }

        @Override
        void optionAck(boolean toMaster, long now) {
            answered = true;
            master = toMaster;
            deadline = TransferSender.NEVER;
            if (master) {
                acknowledge(now);
            }
        }

        /** Whoever has not got the OACK does not know the group. */
        @Override
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
        long deadlineAlive() {
            return deadline;
        }
    }

    /** Our own: a {@link MulticastReceiver}, its request repeated as a {@link TransferReceiver} does, and some time to linger. */
    private static final class Ours extends Client implements MulticastReceiver.Output<RuntimeException> {

        private static final TftpOptions ASKED =
                TftpOptions.builder().set("blksize", "8").set("multicast", "").build();
        private static final TftpOptions MASTER = taken("239.255.0.1,1758,1");
        private static final TftpOptions LISTENER = taken("239.255.0.1,1758,0");
        private static final Retransmission PATIENT = Retransmission.of(Duration.ofSeconds(1), 20);

        private final MulticastReceiver<RuntimeException> receiver =
                new MulticastReceiver<>(ASKED, Long.MAX_VALUE, PATIENT, this);
        private final byte[] content = new byte[BLOCKS * 8 - 1];
        private int requests;
        private long askAt = TransferSender.NEVER;
        private long closedAt = TransferSender.NEVER;

        Ours(LossyLink link, Server server) {
            super(link, server);
        }

        private static TftpOptions taken(String multicast) {
            return TftpOptions.builder()
                    .set("blksize", "8")
                    .set("multicast", multicast)
                    .build();
        }

        /** A block whose content tells its number; the last one is short. */
        private static ByteBuffer contentOf(int block) {
            ByteBuffer bytes = ByteBuffer.allocate(8).putLong(0, block * 0x0101_0101_0101_0101L);
            return block == BLOCKS ? bytes.limit(7) : bytes;
        }

        @Override
        void ask(long now) {
            sendRequest();
            requests++;
            askAt = now + TIMEOUT;
        }

        @Override
        void optionAck(boolean toMaster, long now) {
            TftpOptions options = toMaster ? MASTER : LISTENER;
            if (!receiver.isAnswered()) {
                askAt = TransferSender.NEVER;
                receiver.begin(options, requests - 1L, now);
            } else if (receiver.outcome().isEmpty()) {
                receiver.optionAck(options, now);
            } else if (toMaster && now < closedAt) {
                ack(BLOCKS);
            }
        }

        @Override
        void block(int block, long now) {
            if (receiver.outcome().isEmpty()) {
                receiver.data(block, contentOf(block), now);
                if (receiver.outcome().isPresent()) {
                    closedAt = now + PATIENT.lingerNanos();
                }
            } else if (block == BLOCKS && receiver.isMaster() && now < closedAt) {
                ack(BLOCKS);
            }
        }

        @Override
        boolean hasAll() {
            for (int block = 1; block <= BLOCKS; block++) {
                ByteBuffer stored = ByteBuffer.wrap(content, (block - 1) * 8, block == BLOCKS ? 7 : 8);
                if (!stored.equals(contentOf(block))) {
                    return false;
                }
            }
            return receiver.outcome().equals(Optional.of(new TransferOutcome.Completed()));
        }

        @Override
        public void join(InetSocketAddress group) {}

        @Override
        public void sendOpening() {
            sendRequest();
        }

        @Override
        public void sendAck(int block) {
            ack(block);
        }

        @Override
        public void content(ByteBuffer bytes, long position) {
            bytes.get(content, (int) position, bytes.remaining());
        }

        @Override
        public void tick(long now) {
            if (now >= askAt) {
                ask(now);
            }
            receiver.tick(now);
        }

        @Override
        long deadlineAlive() {
            return Math.min(askAt, receiver.deadline());
        }
    }

    /** Runs to the end, with clients that come so many milliseconds after the beginning. */
    private Server run(LossyLink link, int... arrivals) {
        Server server = new Server(link);
        for (int arrival : arrivals) {
            boolean ours = kind == Kind.OURS || (kind == Kind.MIXED && clients.size() % 2 == 0);
            Client client = ours ? new Ours(link, server) : new Atftp(link, server);
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
