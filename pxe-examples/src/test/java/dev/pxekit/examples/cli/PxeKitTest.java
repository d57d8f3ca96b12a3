package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a user sees: every mistake is one line that says what to do, an exit code that is not 0, and no stack trace. */
class PxeKitTest {

    private static final String[] LOOPBACK = {
        "--interface", loopback(), "--dhcp-port", "0", "--tftp-port", "0", "--http-port", "0"
    };

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void rehearsesWithTheImageThatItBrings() {
        assertThat(run("rehearse")).as("%s", err).isZero();
        assertThat(out.toString())
                .contains("BIOS, iPXE ROM")
                .contains("UEFI x64")
                .contains("UEFI HTTP boot")
                .contains("accepted for RHEL9")
                .contains("3 of 3 machines came to their installer");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void rehearsesWithAnImageAndAKickstartOfTheUsers() throws IOException {
        Path kickstart = Files.writeString(directory.resolve("bad.ks"), "#version=RHEL9\nlang en_US.UTF-8\nboo\n");
        assertMistake(
                run("rehearse", "--iso", demo().toString(), "--kickstart", kickstart.toString()),
                "the kickstart",
                "boo",
                "RHEL9");
    }

    @Test
    void aKickstartIsJudgedByTheImageAndNotByItself() throws IOException {
        Path kickstart = Files.writeString(directory.resolve("old.ks"), "#version=RHEL6\ninstall\nkey --skip\n");
        assertMistake(
                run("rehearse", "--iso", demo().toString(), "--kickstart", kickstart.toString()),
                "the kickstart",
                "RHEL9");
    }

    @Test
    void twoImagesOfOneName() throws IOException {
        Path other = Files.createDirectories(directory.resolve("other"));
        Path copy = Files.copy(demo(), other.resolve("demo.iso"));
        assertMistake(serve(demo(), "--iso", copy.toString()), "a second one called demo");
    }

    @Test
    void rangeThatHoldsTheServersOwnAddress() throws IOException {
        assertMistake(serve(demo(), "--range", "127.0.0.1-127.0.0.9"), "127.0.0.1");
    }

    @Test
    void anImageThatIsCutShort() throws IOException {
        Path cut = directory.resolve("cut.iso");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(demo()), 60_000));
        assertMistake(serve(cut), "cut.iso", "download it again?");
    }

    @Test
    void aDirectoryInPlaceOfAKickstart() throws IOException {
        assertMistake(serve(demo(), "--kickstart", directory.toString()), "--kickstart", "is a directory");
    }

    @Test
    void addressOptionsHaveNoMeaningForAProxy() throws IOException {
        assertThat(serve(demo(), "--proxy-dhcp", "--range", "127.0.0.10-127.0.0.20"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no meaning with --proxy-dhcp");
    }

    @Test
    void addressesAreHandedOutOnlyWhereTheUserSays() throws IOException {
        assertThat(run("serve", "--iso", demo().toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--interface IF");
    }

    @Test
    void noSuchImage() {
        assertMistake(serve(directory.resolve("nope.iso")), "no such image", "nope.iso");
    }

    @Test
    void aFileThatIsNoImage() throws IOException {
        Path text = Files.writeString(directory.resolve("text.iso"), "no image at all");
        assertMistake(serve(text), "text.iso", "is no ISO 9660 image");
    }

    @Test
    void aDirectoryInPlaceOfAnImage() {
        assertMistake(serve(directory), "is not a file");
    }

    @Test
    void unknownInterface() throws IOException {
        assertMistake(
                run("serve", "--iso", demo().toString(), "--interface", "nope0"),
                "no interface nope0",
                "this machine has");
    }

    @Test
    void rangeOutsideTheSubnet() throws IOException {
        assertMistake(
                serve(demo(), "--netmask", "255.255.255.0", "--range", "10.1.1.10-10.1.1.20"),
                "10.1.1.10",
                "not inside subnet 127.0.0.0/24");
    }

    @Test
    void rangeThatIsNone() throws IOException {
        assertMistake(serve(demo(), "--range", "10.1.1.10"), "--range", "FIRST-LAST");
        assertMistake(serve(demo(), "--range", "10.1.1.300-10.1.1.301"), "--range", "300 is above 255");
    }

    @Test
    void maskThatIsNotContiguous() throws IOException {
        assertMistake(serve(demo(), "--netmask", "255.255.250.0"), "255.255.250.0", "contiguous");
    }

    @Test
    void tcpPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertMistake(
                    serve(demo(), "--http-port", "" + other.getLocalPort()),
                    "cannot bind TCP 127.0.0.1 port " + other.getLocalPort(),
                    "another server has this port");
        }
    }

    @Test
    void udpPortThatIsTaken() throws IOException {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            assertMistake(
                    serve(demo(), "--tftp-port", "" + other.getLocalPort()),
                    "cannot bind UDP 127.0.0.1 port " + other.getLocalPort(),
                    "another server has this port");
            assertMistake(
                    serve(demo(), "--dhcp-port", "" + other.getLocalPort()),
                    "port " + other.getLocalPort(),
                    "ss -ulpn");
        }
    }

    @Test
    void programsThatAreNotThere() throws IOException {
        assertMistake(
                run("serve", "--iso", demo().toString(), "--interface", loopback(), "--programs", directory.toString()),
                "no network bootstrap program in",
                "undionly.kpxe");
    }

    @Test
    void kickstartThatIsNotThere() throws IOException {
        assertMistake(serve(demo(), "--kickstart", "nope.ks"), "--kickstart: no such file: nope.ks");
    }

    @Test
    void wrongUsageSaysWhereHelpIs() {
        assertThat(run("serve", "--iso", "x.iso", "--no-such-option")).isEqualTo(2);
        assertThat(err.toString()).contains("--no-such-option").contains("Try 'pxekit serve --help'");
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void helpListsTheCommands() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("  serve ", "  ls ", "  tftp ");
        assertThat(run("lss")).isEqualTo(2);
        assertThat(err.toString()).contains("lss");
    }

    @Test
    void theOnlyCommandThatIsLoadedIsTheOneThatAllKnow() {
        assertThat(PxeKit.commandLine().getSubcommands()).allSatisfy((name, command) -> {
            CommandLine alone = PxeKit.commandLine(name);
            assertThat(alone.getSubcommands()).containsOnlyKeys(name);
            assertThat(alone.getSubcommands().values())
                    .extracting(CommandLine::getUsageMessage)
                    .containsExactly(command.getUsageMessage());
            assertThat(command.getCommandName()).isEqualTo(name);
        });
    }

    @Test
    void helpListsTheOptions() {
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString()).contains("--iso").contains("--interface").contains("--proxy-dhcp");
    }

    /** Runs {@code serve} on loopback with free ports; what the arguments say comes last and wins. */
    private int serve(Path image, String... arguments) {
        List<String> all = new ArrayList<>(List.of("serve", "--iso", image.toString()));
        try {
            all.addAll(List.of("--programs", standIns().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> given = List.of(arguments);
        for (int i = 0; i < LOOPBACK.length; i += 2) {
            if (!given.contains(LOOPBACK[i])) {
                all.addAll(List.of(LOOPBACK[i], LOOPBACK[i + 1]));
            }
        }
        all.addAll(given);
        return run(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine commandLine =
                PxeKit.commandLine(arguments).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private void assertMistake(int exitCode, String... words) {
        assertThat(exitCode).as("%s%s", out, err).isEqualTo(1);
        assertThat(err.toString().strip().lines()).as("one line").hasSize(1);
        assertThat(err.toString()).startsWith("pxekit: ").contains(words).doesNotContain("\tat ");
    }

    private static String loopback() {
        try {
            return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                    .getName();
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path demo() throws IOException {
        Path copy = directory.resolve("demo.iso");
        if (Files.notExists(copy)) {
            try (DemoImage demo = DemoImage.unpack()) {
                Files.copy(demo.file(), copy);
            }
        }
        return copy;
    }

    private Path standIns() throws IOException {
        Path programs = Files.createDirectories(directory.resolve("programs"));
        Files.writeString(programs.resolve("undionly.kpxe"), "stand-in");
        Files.writeString(programs.resolve("snponly.efi"), "stand-in");
        return programs;
    }
}
