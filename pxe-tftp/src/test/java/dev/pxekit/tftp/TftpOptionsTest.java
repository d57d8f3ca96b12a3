package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpOptionsTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "blksize, 8, 8",
                "blksize, 65464, 65464",
                "blksize, 007, -",
                "blksize, 7, -",
                "blksize, 65465, -",
                "blksize, -8, -",
                "blksize, '', -",
                "blksize, ' 512', -",
                "blksize, 512x, -",
                "blksize, 99999999999999999999, -",
                "blksize, 9999999999999999999, -",
                "windowsize, 1, 1",
                "windowsize, 65535, 65535",
                "windowsize, 0, -",
                "windowsize, 65536, -",
                "timeout, 1, PT1S",
                "timeout, 255, PT4M15S",
                "timeout, 0, -",
                "timeout, 256, -",
                "tsize, 0, 0",
                "tsize, 9223372036854775807, 9223372036854775807",
                "tsize, 9223372036854775808, -",
            })
    void readsValuesInTheRangeOfTheirRfc(String name, String text, String expected) {
        TftpOptions options = TftpOptions.builder().set(name, text).build();
        TftpOption<?> option = switch (name) {
            case "blksize" -> TftpOption.BLOCK_SIZE;
            case "windowsize" -> TftpOption.WINDOW_SIZE;
            case "timeout" -> TftpOption.TIMEOUT;
            default -> TftpOption.TRANSFER_SIZE;
        };
        assertThat(options.get(option).map(Object::toString).orElse(null)).isEqualTo(expected);
        assertThat(options.get(name)).contains(text);
    }

    @Test
    void findsNamesInAnyCaseAndKeepsTheirSpelling() {
        TftpOptions options = TftpOptions.builder().set("BlkSize", "1024").build();
        assertThat(options.get(TftpOption.BLOCK_SIZE)).contains(1024);
        assertThat(options).hasToString("BlkSize=1024");
        assertThat(options)
                .isEqualTo(TftpOptions.builder().set("blksize", "1024").build());
    }

    @Test
    void setsInPlaceAndAddsAtTheEnd() {
        TftpOptions options = TftpOptions.builder()
                .set(TftpOption.BLOCK_SIZE, 512)
                .set(TftpOption.text("x-note"), "a b")
                .set(TftpOption.TIMEOUT, Duration.ofSeconds(3))
                .set("BLKSIZE", "1428")
                .build();
        assertThat(options).hasToString("BLKSIZE=1428 x-note=a b timeout=3");
        assertThat(options.toBuilder().remove(TftpOption.BLOCK_SIZE).build()).hasToString("x-note=a b timeout=3");
        assertThat(TftpOptions.none().isEmpty()).isTrue();
    }

    @Test
    void refusesValuesOutOfRange() {
        assertThatThrownBy(() -> TftpOptions.builder().set(TftpOption.BLOCK_SIZE, 7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("blksize: 7 (expected: 8..65464)");
    }
}
