package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link BadNetworkIT}, between two network namespaces, where the kernel's netem makes the trouble. */
@Tag("hostile")
class NetemIT {

    private static final int BLOCK_SIZE = 1428;

    /** A client answers a repeated last block for half as long again; the server repeats it after 200 milliseconds or more. */
    private static final String CLIENT_TIMEOUT_MILLIS = "1000";

    @TempDir
    static Path directory;

    private static NetworkNamespaces network;

    @BeforeAll
    static void connect() throws Exception {
        network = NetworkNamespaces.make(directory);
    }

    @AfterAll
    static void disconnect() throws Exception {
        if (network != null) {
            network.close();
        }
    }

    @ParameterizedTest(name = "{0}, window {1}")
    @MethodSource("dev.pxekit.tftp.NetworkConditions#withWindows")
    void contentArrivesIntactAndRetransmissionsAreBounded(NetworkConditions conditions, int windowSize)
            throws Exception {
        network.set(conditions);
        Path file = RandomFiles.ofSize(directory, conditions.blocks() * BLOCK_SIZE - 1);
        Path got = directory.resolve("got");
        String timeout = "" + conditions.timeout().toMillis();
        try (JavaProgram server = JavaProgram.start(
                        network.atServer(),
                        List.of(),
                        ServerProgram.class,
                        NetworkNamespaces.SERVER_ADDRESS,
                        "" + directory,
                        timeout,
                        "" + (8 << 20));
                JavaProgram client = JavaProgram.start(
                        network.atClient(),
                        List.of(),
                        ClientProgram.class,
                        NetworkNamespaces.SERVER_ADDRESS,
                        number(server.line("port ")),
                        "" + file.getFileName(),
                        "" + got,
                        "" + BLOCK_SIZE,
                        "" + windowSize,
                        CLIENT_TIMEOUT_MILLIS)) {
            client.line("got ");
            assertThat(Files.mismatch(got, file))
                    .describedAs("first byte that differs")
                    .isEqualTo(-1);
            assertThat(Long.parseLong(number(server.line("sent "))))
                    .describedAs("DATA packets sent for " + conditions.blocks() + " blocks")
                    .isBetween((long) conditions.blocks(), conditions.mostSent(conditions.blocks(), windowSize));
        }
    }

    private static String number(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }
}
