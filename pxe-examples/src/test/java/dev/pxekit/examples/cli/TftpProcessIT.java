package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What shows only in a process of its own: signals, standard output, and what the virtual machine itself prints. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no SIGTERM")
@Timeout(120)
class TftpProcessIT {

    private static final Pattern READY = Pattern.compile("ready .*:(\\d+) \\(.*");

    @TempDir
    private Path directory;

    private final List<Process> processes = new ArrayList<>();
    private final byte[] content = new byte[700];
    private Process server;
    private BufferedReader said;
    private InetSocketAddress address;

    @BeforeEach
    void serve() throws IOException {
        new Random(1).nextBytes(content);
        Files.write(directory.resolve("file"), content);
        server = start("tftp", "serve", directory.toString(), "--bind", "127.0.0.1", "--port", "0", "--verbose");
        said = server.inputReader(US_ASCII);
        Matcher ready = READY.matcher(String.valueOf(said.readLine()));
        assertThat(ready.matches()).as("%s", ready).isTrue();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
    }

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theFirstSignalLetsRunningTransfersEnd() throws Exception {
        try (DatagramSocket client = client()) {
            InetSocketAddress transfer = request(client);
            signal();
            assertThat(said.readLine()).startsWith("ending: running transfers have ");
            acknowledge(client, transfer, 1);
            awaitBlock(client, 2);
            acknowledge(client, transfer, 2);
            assertThat(said.readLine()).contains("file: completed, 700 bytes");
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        }
    }

    @Test
    void theSecondSignalEndsRunningTransfersAtOnceAndTellsTheirClients() throws Exception {
        try (DatagramSocket client = client()) {
            request(client);
            signal();
            assertThat(said.readLine()).startsWith("ending: ");
            signal();
            assertThat(said.readLine()).contains("file: failed: ");
            assertThat(server.waitFor(8, TimeUnit.SECONDS))
                    .as("sooner than running transfers may take")
                    .isTrue();
            assertThat(server.exitValue()).isZero();
            awaitError(client);
        }
    }

    @Test
    void putsABinaryFileOnStandardOutputAndTheSummaryBesideIt() throws Exception {
        Process get = start("tftp", "get", "tftp://127.0.0.1:" + address.getPort() + "/file", "-o", "-");
        assertThat(get.getInputStream().readAllBytes()).isEqualTo(content);
        assertThat(new String(get.getErrorStream().readAllBytes(), US_ASCII)
                        .strip()
                        .lines())
                .as("the summary and nothing else")
                .singleElement()
                .asString()
                .startsWith("700 bytes in ");
        assertThat(get.waitFor()).isZero();
    }

    @Test
    void theVirtualMachineHasNothingToWarnOf() throws Exception {
        signal();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(server.getErrorStream().readAllBytes(), US_ASCII)).isEmpty();
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED"); // as the manifest of pxekit.jar has it
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator),
                PxeKit.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }

    /** Sends SIGTERM. {@link Process#destroy} does too, but closes what we read. */
    private void signal() {
        assertThat(server.toHandle().destroy()).isTrue();
    }

    private static DatagramSocket client() throws IOException {
        DatagramSocket client = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client.setSoTimeout(20_000);
        return client;
    }

    /** Begins a transfer of two blocks, and does not acknowledge the first. */
    private InetSocketAddress request(DatagramSocket client) throws IOException {
        byte[] request = "\0\1file\0octet\0".getBytes(US_ASCII);
        client.send(new DatagramPacket(request, request.length, address));
        return awaitBlock(client, 1);
    }

    /** Waits for a block, also while others come again, and says where it is from. */
    private static InetSocketAddress awaitBlock(DatagramSocket client, int block) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[600], 600);
        do {
            packet.setLength(600);
            client.receive(packet);
        } while (packet.getData()[3] != block);
        assertThat(packet.getData()[1]).as("DATA").isEqualTo((byte) 3);
        return (InetSocketAddress) packet.getSocketAddress();
    }

    /** Waits for an ERROR, past blocks that came before it. */
    private static void awaitError(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[600], 600);
        do {
            packet.setLength(600);
            client.receive(packet);
        } while (packet.getData()[1] != 5);
    }

    private static void acknowledge(DatagramSocket client, InetSocketAddress transfer, int block) throws IOException {
        byte[] ack = {0, 4, 0, (byte) block};
        client.send(new DatagramPacket(ack, ack.length, transfer));
    }
}
