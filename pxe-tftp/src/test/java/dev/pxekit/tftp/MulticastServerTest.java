package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The server against clients of a group made by hand, all on the loopback interface. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("dev.pxekit.tftp.TestTransports#withPorts")
class MulticastServerTest {

    private static final byte[] CONTENT = RandomFiles.bytes(2, 1300);
    private static final int LAST = 3;

    /** Without it the server would wait for an ACK only as long as those before have taken, and repeat blocks on a busy machine. */
    private static final String[] PATIENT = {"timeout", "20"};

    private final TftpServer.Transport transport;
    private final TftpServer.Ports ports;
    private final RecordingListener served = new RecordingListener();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    MulticastServerTest(TftpServer.Transport transport, TftpServer.Ports ports) {
        this.transport = transport;
        this.ports = ports;
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    private TftpServer.Builder builder() throws IOException {
        return TftpServer.builder()
                .bind(Addresses.loopback())
                .transport(transport)
                .ports(ports)
                .eventLoops(2)
                .files(TftpFiles.of("file", CONTENT))
                .listener(served)
                .multicast(range(256))
                .retransmissionTimeout(Duration.ofSeconds(20));
    }

    private static MulticastRange range(int addresses) throws IOException {
        return new MulticastRange(Addresses.client("239.255.77.0"), addresses, Addresses.groupPort(), 1);
    }

    private InetSocketAddress start(TftpServer.Builder builder) throws IOException {
        TftpServer server = builder.build();
        toClose.add(0, server);
        return server.start();
    }

    /** One client: its own socket, and that of the group once it knows it. */
    private final class Client extends PacketSocket {

        private final InetSocketAddress server;
        private @Nullable PacketSocket joined;

        Client(InetSocketAddress server) throws IOException {
            this.server = server;
            toClose.add(this);
        }

        void ask(String... namesAndValues) throws IOException {
            TftpOptions others = TestOptions.of(namesAndValues);
            TftpOptions options = others.toBuilder().set("multicast", "").build();
            send(server, new TftpPacket.ReadRequest("file", TransferMode.OCTET, options));
        }

        void ack(int block) throws IOException {
            answer(new TftpPacket.Ack(block));
        }

        /** Takes the OACK, and at the first time the address of the group. */
        boolean isMaster() throws IOException {
            Multicast answer = ((TftpPacket.OptionAck) receive())
                    .options()
                    .get(TftpOption.MULTICAST)
                    .orElseThrow();
            if (joined == null) {
                InetSocketAddress address = answer.group().orElseThrow();
                MulticastSocket group = new MulticastSocket(address.getPort());
                joined = new PacketSocket(group);
                toClose.add(joined);
                group.joinGroup(address, NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress()));
            }
            return answer.master();
        }

        private PacketSocket group() {
            return Objects.requireNonNull(joined, "in no group yet");
        }

        /** Takes a block off the group, from where the OACK came from. */
        void expectBlock(int block) throws IOException {
            TftpPacket packet = group().receive();
            assertThat(group().from()).isEqualTo(from());
            int from = (block - 1) * 512;
            assertThat(packet)
                    .isEqualTo(new TftpPacket.Data(
                            block,
                            ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, from, Math.min(from + 512, CONTENT.length)))));
        }

        void expectNoBlock() throws IOException {
            group().expectNothing();
        }
    }

    private void assertCompleted(TransferResult result) {
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.bytes()).isEqualTo(CONTENT.length);
        assertThat(result.blocks()).isEqualTo(LAST);
        assertThat(result.retransmissions()).isZero();
    }

    @Test
    void clientsOfOneFileGetEachBlockOnceTogether() throws Exception {
        InetSocketAddress server = start(builder());
        Client a = new Client(server);
        a.ask(PATIENT);
        assertThat(a.isMaster()).isTrue();
        Client b = new Client(server);
        b.ask("tsize", "0");
        assertThat(b.isMaster()).isFalse();
        assertThat(b.from()).isEqualTo(a.from());
        for (int block = 1; block <= LAST; block++) {
            a.ack(block - 1);
            a.expectBlock(block);
            b.expectBlock(block);
        }
        a.ack(LAST);
        assertCompleted(served.result());
        assertThat(b.isMaster()).isTrue();
        b.ack(LAST);
        TransferResult last = served.result();
        assertCompleted(last);
        assertThat(last.transfer().options().get(TftpOption.TRANSFER_SIZE)).contains((long) CONTENT.length);
        a.expectNoBlock();
        b.expectNoBlock();
    }

    @Test
    void lateClientAsksForWhatItMissed() throws Exception {
        InetSocketAddress server = start(builder());
        Client a = new Client(server);
        a.ask(PATIENT);
        assertThat(a.isMaster()).isTrue();
        a.ack(0);
        a.expectBlock(1);
        Client late = new Client(server);
        late.ask(PATIENT);
        assertThat(late.isMaster()).isFalse();
        a.ack(1);
        late.expectBlock(2);
        a.ack(2);
        late.expectBlock(3);
        a.answer(new TftpPacket.Error(TftpErrorCode.DISK_FULL, "no space"));
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.DISK_FULL, "client: no space"));
        assertThat(late.isMaster()).isTrue();
        late.ack(0);
        late.expectBlock(1);
        late.ack(LAST);
        assertCompleted(served.result());
    }

    @Test
    void requestThatIsRepeatedIsAnsweredAgain() throws Exception {
        InetSocketAddress server = start(builder());
        Client a = new Client(server);
        a.ask();
        assertThat(a.isMaster()).isTrue();
        Client b = new Client(server);
        b.ask();
        assertThat(b.isMaster()).isFalse();
        b.ask();
        assertThat(b.isMaster()).isFalse();
    }

    @Test
    void clientsOfOtherBlockSizesHaveOtherGroups() throws Exception {
        InetSocketAddress server = start(builder());
        Client a = new Client(server);
        a.ask();
        assertThat(a.isMaster()).isTrue();
        Client b = new Client(server);
        b.ask("blksize", "1024");
        assertThat(b.isMaster()).isTrue();
        a.ack(0);
        a.expectBlock(1);
    }

    @Test
    void silentMasterGivesWay() throws Exception {
        InetSocketAddress server = start(builder().retransmissionTimeout(Duration.ofMillis(100)));
        Client silent = new Client(server);
        silent.ask();
        assertThat(silent.isMaster()).isTrue();
        Client b = new Client(server);
        b.ask(PATIENT);
        while (!b.isMaster()) {
            b.ack(0); // as some clients answer each OACK: its own timeout counts from now on
        }
        for (int block = 0; block < LAST; block++) {
            b.ack(block);
            b.expectBlock(block + 1);
        }
        b.ack(LAST);
        assertThat(List.of(served.result(), served.result()))
                .extracting(TransferResult::isCompleted)
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void windowIsNotAgreedToInGroup() throws Exception {
        InetSocketAddress server = start(builder());
        Client a = new Client(server);
        a.ask("windowsize", "8", "rollover", "1", "blksize", "512");
        TftpOptions answer = ((TftpPacket.OptionAck) a.receive()).options();
        assertThat(answer.entries())
                .extracting(TftpOptions.Entry::name)
                .containsExactlyInAnyOrder("multicast", "blksize");
    }

    private void assertServedAlone(InetSocketAddress server) throws IOException {
        Client alone = new Client(server);
        alone.ask("windowsize", "8", "timeout", "20");
        assertThat(((TftpPacket.OptionAck) alone.receive()).options())
                .isEqualTo(TestOptions.of("windowsize", "8", "timeout", "20"));
        alone.ack(0);
        assertThat(((TftpPacket.Data) alone.receive()).block()).isEqualTo(1);
        assertThat(((TftpPacket.Data) alone.receive()).block()).isEqualTo(2);
        assertThat(((TftpPacket.Data) alone.receive()).block()).isEqualTo(LAST);
        alone.ack(LAST);
    }

    @Test
    void withoutMulticastOptionIsNotAnswered() throws Exception {
        TftpServer.Builder usual = TftpServer.builder()
                .bind(Addresses.loopback())
                .transport(transport)
                .ports(ports)
                .files(TftpFiles.of("file", CONTENT))
                .retransmissionTimeout(Duration.ofSeconds(20));
        assertServedAlone(start(usual));
    }

    @Test
    void policyMayRefuseIt() throws Exception {
        assertServedAlone(start(builder().optionPolicy(OptionPolicy.refusing("multicast"))));
        assertCompleted(served.result());
    }

    @Test
    void largeFileGoesToEachClientByItself() throws Exception {
        byte[] large = new byte[65535 * 512];
        InetSocketAddress server = start(builder().files(TftpFiles.of("file", large)));
        Client a = new Client(server);
        a.ask();
        // Nothing but the refused option: no OACK, the first block.
        assertThat(((TftpPacket.Data) a.receive()).block()).isEqualTo(1);
        Client b = new Client(server);
        b.ask("blksize", "513");
        assertThat(b.isMaster()).isTrue();
    }

    @Test
    void addressOfGroupIsFreeAgainAfterItsEnd() throws Exception {
        InetSocketAddress server = start(builder().multicast(range(1)));
        Client a = new Client(server);
        a.ask();
        assertThat(a.isMaster()).isTrue();
        Client other = new Client(server);
        other.ask("blksize", "600");
        assertThat(((TftpPacket.OptionAck) other.receive()).options().get("multicast"))
                .isEqualTo(Optional.empty());
        other.answer(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "enough"));
        a.ack(LAST);
        served.result();
        served.result();
        Client next = new Client(server);
        next.ask("blksize", "600");
        assertThat(next.isMaster()).isTrue();
    }

    @Test
    void membersAreToldWhenServerCloses() throws Exception {
        TftpServer server = builder().build();
        toClose.add(server);
        InetSocketAddress address = server.start();
        Client a = new Client(address);
        a.ask();
        assertThat(a.isMaster()).isTrue();
        Client b = new Client(address);
        b.ask();
        assertThat(b.isMaster()).isFalse();
        server.close();
        assertThat(a.receive()).isInstanceOf(TftpPacket.Error.class);
        assertThat(served.result().isCompleted()).isFalse();
        assertThat(served.result().isCompleted()).isFalse();
    }
}
