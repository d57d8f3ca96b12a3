package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.capture.CaptureWriter;
import dev.pxekit.testkit.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code pxekit dhcp watch} over captures; what it hears on a network is shown in a namespace. */
@Timeout(60)
class DhcpWatchCommandTest {

    private static final DhcpPacket DISCOVER = DhcpPacket.builder()
            .transactionId(0x77)
            .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:01"))
            .messageType(MessageType.DISCOVER)
            .build();
    private static final DhcpPacket OFFER =
            DhcpPacket.replyTo(DISCOVER, MessageType.OFFER).build();

    @TempDir
    private Path directory;

    private static byte[] capture(DhcpPacket... packets) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (CaptureWriter writer = CaptureWriter.open(octets)) {
            Instant time = Instant.parse("2026-01-01T00:00:00Z");
            for (DhcpPacket packet : packets) {
                writer.write(
                        time,
                        new InetSocketAddress(InetAddress.getByName("10.77.0.1"), packet.isRequest() ? 68 : 67),
                        new InetSocketAddress(InetAddress.getByName("255.255.255.255"), packet.isRequest() ? 67 : 68),
                        DhcpCodec.encode(packet));
                time = time.plusMillis(5);
            }
        }
        return octets.toByteArray();
    }

    @Test
    void showsTheConversationsOfWhatIsPipedIn() throws Exception {
        CommandRun run = CommandRun.reading(capture(DISCOVER, OFFER), "dhcp", "watch", "--capture", "-")
                .assertDone();
        assertThat(run.out())
                .contains("Conversation 1, xid 00000077: ")
                .contains("[1]", "DISCOVER", "OFFER", "10.77.0.1:68 > 255.255.255.255:67")
                .endsWith("2 DHCP messages in 1 conversation" + System.lineSeparator());
    }

    @Test
    void printsAnObjectForEachMessage() throws Exception {
        CommandRun run = CommandRun.reading(capture(DISCOVER, OFFER), "dhcp", "watch", "--json", "--capture", "-")
                .assertDone();
        List<JsonObject> lines = run.out().lines().map(JsonObject::parse).toList();
        assertThat(lines).extracting(line -> line.number("conversation")).containsExactly(1L, 1L);
        assertThat(run.err()).contains("2 DHCP messages in 1 conversation");
    }

    @Test
    void readsOnAsAFileGrowsUntilItIsInterrupted() throws Exception {
        byte[] octets = capture(DISCOVER, OFFER);
        int half = capture(DISCOVER).length;
        Path file = directory.resolve("growing.pcap");
        // The second message is cut in its middle.
        Files.write(file, java.util.Arrays.copyOf(octets, half + 40));
        StringWriter out = new StringWriter();
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        Thread watching = new Thread(() -> exitCode.complete(PxeKit.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(Writer.nullWriter(), true))
                .execute("dhcp", "watch", "--capture", file.toString())));
        watching.start();
        await(() -> out.toString().contains("DISCOVER"));
        assertThat(out.toString()).doesNotContain("OFFER");
        Files.write(file, java.util.Arrays.copyOfRange(octets, half + 40, octets.length), StandardOpenOption.APPEND);
        await(() -> out.toString().contains("OFFER"));
        watching.interrupt();
        assertThat(exitCode.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(out.toString()).contains("2 DHCP messages in 1 conversation");
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(5);
        }
    }

    @Test
    void saysWhatIsWrongWithACapture() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "option 53: DISCOVER");
        CommandRun.reading(
                        "nothing".getBytes(java.nio.charset.StandardCharsets.UTF_8), "dhcp", "watch", "--capture", "-")
                .assertFailed("standard input is no pcap or pcapng capture");
        CommandRun.of("dhcp", "watch", "--capture", directory.toString()).assertFailed("is a directory");
        CommandRun.of("dhcp", "watch", "--capture", text + ".none").assertFailed("no such file");
        CommandRun.of("dhcp", "watch", "--interface", "nowhere0").assertFailed("no interface nowhere0");
    }
}
