package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is forced to the disk, as the recorder of the virtual machine has it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a directory cannot be opened as a file")
class DurableUploadTest {

    private static final Pattern FORCED =
            Pattern.compile("path = \"(.*)\"\\s+metaData = true\\s+eventThread = \"([a-z-]*)");

    @TempDir
    Path directory;

    /** Uploads one file and fetches it. */
    static final class Program {

        private Program() {}

        public static void main(String[] arguments) throws IOException {
            Path root = Path.of(arguments[0]);
            try (TftpServer server = TftpServer.builder()
                    .bind(Addresses.loopback())
                    .files(TftpFiles.under(root))
                    .uploads(TftpUploads.into(root))
                    .build()) {
                TftpClient client = TftpClient.builder().server(server.start()).build();
                client.put(new byte[700], "file");
                client.get("file", Path.of(arguments[1]));
            }
        }
    }

    @Test
    void uploadIsForcedThenItsDirectoryAndWhatAClientFetchesIsNot() throws Exception {
        Path root = Files.createDirectory(directory.resolve("root")).toRealPath();
        Path fetched = directory.resolve("fetched");
        Path recording = directory.resolve("recording.jfr");
        String recorder =
                "-XX:StartFlightRecording:settings=none,+jdk.FileForce#enabled=true,+jdk.FileForce#threshold=0ms"
                        + ",filename=" + recording;
        try (JavaProgram program =
                JavaProgram.start(List.of(), List.of(recorder), Program.class, "" + root, "" + fetched)) {
            program.awaitEnd();
        }
        assertThat(fetched).hasSize(700);
        List<MatchResult> forced = forced(recording);
        assertThat(forced).hasSize(2);
        assertThat(forced.get(0).group(1)).startsWith(root + "/.tftp-");
        assertThat(forced.get(1).group(1)).isEqualTo("" + root);
        assertThat(forced).extracting(force -> force.group(2)).containsOnly("pxekit-tftp-uploads-");
    }

    private List<MatchResult> forced(Path recording) throws IOException, InterruptedException {
        String jfr = Path.of(System.getProperty("java.home"), "bin", "jfr").toString();
        try (ProgramRun print =
                ProgramRun.start(directory, List.of(jfr, "print", "--events", "jdk.FileForce", "" + recording))) {
            return FORCED.matcher(print.output()).results().toList();
        }
    }
}
