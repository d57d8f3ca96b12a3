package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tftp put} to {@code tftp serve --write}. */
class TftpPutCommandTest {

    private static final byte[] CONTENT = new byte[3000];

    @TempDir
    private Path served;

    @TempDir
    private Path local;

    private String source = "";

    @BeforeEach
    void fill() throws IOException {
        source = Files.write(local.resolve("running.cfg"), CONTENT).toString();
    }

    @Test
    void sendsAFileUnderItsOwnNameAnotherNameOrThatOfAUrl() throws Exception {
        try (RunningServe serve = new RunningServe(served.toString(), "--write", "--verbose")) {
            String host = HostAndPort.of(serve.address()).toString();
            CommandRun run = put(source, host).assertDone();
            assertThat(run.out()).startsWith(source + ": 3,000 bytes in ").contains("tsize=3000");
            assertThat(serve.line()).contains("running.cfg: completed, 3,000 bytes");
            put(source, host, "switch-7.cfg").assertDone();
            put(source, "tftp://" + host + "/switch-8.cfg").assertDone();
        }
        assertThat(served.resolve("running.cfg")).hasBinaryContent(CONTENT);
        assertThat(served.resolve("switch-7.cfg")).hasBinaryContent(CONTENT);
        assertThat(served.resolve("switch-8.cfg")).hasBinaryContent(CONTENT);
    }

    @Test
    void isRefusedUnlessTheServerTakesUploads() throws Exception {
        try (RunningServe serve = new RunningServe(served.toString())) {
            put(source, HostAndPort.of(serve.address()).toString()).assertFailed("running.cfg to ", "access violation");
        }
        assertThat(served).isEmptyDirectory();
    }

    @Test
    void isRefusedWhereAFileIsThereOrTheOwnOneIsTooLarge() throws Exception {
        Files.writeString(served.resolve("there"), "old");
        try (RunningServe serve = new RunningServe(served.toString(), "--write", "--max-upload-size", "2K")) {
            String host = HostAndPort.of(serve.address()).toString();
            put(source, host).assertFailed("disk full");
            put(Files.writeString(local.resolve("there"), "new").toString(), host)
                    .assertFailed("file already exists");
        }
        assertThat(served.resolve("there")).hasContent("old");
        assertThat(served.resolve("running.cfg")).doesNotExist();
    }

    @Test
    void replacesAFileIfTheServerLetsIt() throws Exception {
        Files.writeString(served.resolve("there"), "old");
        try (RunningServe serve = new RunningServe(served.toString(), "--write", "--replace")) {
            String host = HostAndPort.of(serve.address()).toString();
            put(source, host, "there").assertDone();
            put(source, host, "new").assertDone();
        }
        assertThat(served.resolve("there")).hasBinaryContent(CONTENT);
        assertThat(served.resolve("new")).hasBinaryContent(CONTENT);
    }

    @Test
    void makesNoNewFileIfTheServerOnlyReplaces() throws Exception {
        Files.writeString(served.resolve("there"), "old");
        try (RunningServe serve = new RunningServe(served.toString(), "--write", "--replace-only")) {
            String host = HostAndPort.of(serve.address()).toString();
            put(source, host, "there").assertDone();
            put(source, host, "new").assertFailed("file not found");
        }
        assertThat(served.resolve("there")).hasBinaryContent(CONTENT);
        assertThat(served.resolve("new")).doesNotExist();
    }

    @Test
    void anImageTakesNoUploads() throws IOException {
        try (DemoImage demo = DemoImage.unpack()) {
            CommandRun.of("tftp", "serve", demo.file().toString(), "--write", "--bind", "127.0.0.1", "--port", "0")
                    .assertFailed("--write", "cannot be changed");
        }
        CommandRun.of("tftp", "serve", served.toString(), "--max-upload-size", "2K")
                .assertWrongUsage("no meaning without --write");
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        put(local.resolve("nope").toString(), "127.0.0.1").assertFailed("no such file: ");
        put(local.toString(), "127.0.0.1").assertFailed("not a file: ");
        put(source, "tftp://127.0.0.1/a", "b").assertWrongUsage("the URL names the file");
        put(source, "127.0.0.1:x").assertWrongUsage("is no server");
    }

    private static CommandRun put(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "tftp";
        all[1] = "put";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.of(all);
    }
}
