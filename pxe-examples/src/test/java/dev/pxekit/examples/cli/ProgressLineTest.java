package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.tftp.TftpOption;
import dev.pxekit.tftp.TftpOptions;
import dev.pxekit.tftp.Transfer;
import dev.pxekit.tftp.TransferMode;
import dev.pxekit.tftp.TransferOutcome;
import dev.pxekit.tftp.TransferResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

    private static final Transfer SIZED = new Transfer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 69),
            "file",
            TransferMode.OCTET,
            TftpOptions.builder().set(TftpOption.TRANSFER_SIZE, 80_000_000L).build());

    @Test
    void showsHowFarATransferIs() {
        assertThat(ProgressLine.text(20_000_000, 80_000_000, Duration.ofSeconds(2)))
                .isEqualTo("[#######.......................]  25 %  20.0 of 80.0 MB, 10.0 MB/s, 6 s left");
    }

    @Test
    void aFileThatIsLargerThanItsServerSaidIsAllThere() {
        assertThat(ProgressLine.text(90_000_000, 80_000_000, Duration.ofSeconds(2)))
                .startsWith("[##############################] 100 %")
                .endsWith("0 s left");
    }

    @Test
    void withoutTheSizeItShowsWhatIsKnown() {
        assertThat(ProgressLine.text(20_000_000, 0, Duration.ofSeconds(2))).isEqualTo("20.0 MB, 10.0 MB/s");
    }

    @Test
    void eachTextCoversTheOneBeforeAndTheEndCoversAll() {
        StringWriter terminal = new StringWriter();
        TransferProgress line = new TransferProgress(new ProgressLine(new PrintWriter(terminal)));
        line.progress(SIZED, 20_000_000);
        String shown = terminal.toString();
        assertThat(shown).startsWith("\r[#######.");
        line.ended(new TransferResult(SIZED, new TransferOutcome.Completed(), 1, 1, 0, Duration.ZERO));
        assertThat(terminal.toString()).isEqualTo(shown + "\r" + " ".repeat(shown.length() - 1) + "\r");
    }
}
