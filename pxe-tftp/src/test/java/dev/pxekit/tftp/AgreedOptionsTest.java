package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreedOptionsTest {

    private static final ServerLimits LIMITS =
            ServerLimits.DEFAULT.withMaxBlockSize(1468).withMaxWindowSize(16);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing asked, '', ''",
        "OVMF, tsize=0 blksize=1468 windowsize=4, tsize=1000 blksize=1468 windowsize=4",
        "OVMF over IPv6, tsize=0 blksize=1228 windowsize=4, tsize=1000 blksize=1228 windowsize=4",
        "shim, blksize=512 windowsize=4, blksize=512 windowsize=4",
        "pxelinux, tsize=0 blksize=1408, tsize=1000 blksize=1408",
        "iPXE, blksize=1432 tsize=0, blksize=1432 tsize=1000",
        "capped, blksize=8192 windowsize=64, blksize=1468 windowsize=16",
        "smallest, blksize=8 windowsize=1 timeout=1, blksize=8 windowsize=1 timeout=1",
        "too small, blksize=7 windowsize=0 timeout=0, ''",
        "too large, blksize=65465 windowsize=65536 timeout=256, ''",
        "not numbers, blksize=x tsize=- windowsize= timeout=1.5, ''",
        "unknown, multicast= x=1 tsize=0, tsize=1000",
        "spelling kept, BlkSize=512, BlkSize=512",
        "size told by the client, tsize=77, tsize=1000",
        "power of two, blksize2=1432, blksize2=1024",
        "power of two that is one, blksize2=1024, blksize2=1024",
        "both block sizes, blksize2=1432 blksize=1432, blksize=1432",
        "microseconds, utimeout=500000 timeout=3, utimeout=500000",
        "too few microseconds, utimeout=9999 timeout=3, timeout=3",
        "as long as silence allows, timeout=60, timeout=60",
        "too long for the longest silence, timeout=61, ''",
        "too many microseconds, utimeout=60000001 timeout=3, timeout=3",
        "rollover, rollover=1, rollover=1",
        "rollover to nowhere, rollover=2, ''",
    })
    void answersOnlyWhatWasAskedInItsOrder(String name, String asked, String answer) {
        assertThat(agree(asked, TransferMode.OCTET, LIMITS).answer()).hasToString(answer);
    }

    @Test
    void leavesTheSizeOutForNetascii() {
        assertThat(agree("tsize=0 blksize=512", TransferMode.of("NetASCII"), LIMITS)
                        .answer())
                .hasToString("blksize=512");
    }

    @Test
    void fitsTheWindowAndItsReadAheadIntoTheMemoryOfTransfer() {
        AgreedOptions agreed =
                agree("blksize=1024 windowsize=16", TransferMode.OCTET, LIMITS.withMaxTransferMemory(8 * (1024 + 4)));
        assertThat(agreed.windowSize()).isEqualTo(4);
        assertThat(agreed.answer()).hasToString("blksize=1024 windowsize=4");
    }

    @Test
    void withoutOptionsItIsRfc1350() {
        AgreedOptions agreed = agree("", TransferMode.OCTET, LIMITS);
        assertThat(agreed.blockSize()).isEqualTo(512);
        assertThat(agreed.windowSize()).isEqualTo(1);
        assertThat(agreed.timeout()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource({
        "takes away, tsize=0, blksize=512 tsize=0, tsize=1000",
        "lowers, blksize=512 windowsize=2, blksize=1024 windowsize=8, blksize=512 windowsize=2",
        "cannot raise, blksize=1468 windowsize=16, blksize=1024 windowsize=8, blksize=1024 windowsize=8",
        "cannot add, blksize=1468 tsize=0 timeout=1 rollover=1, tsize=0, tsize=1000",
        "cannot change, timeout=9 rollover=0, timeout=2 rollover=1, timeout=2 rollover=1",
    })
    void policyCanOnlyTakeAway(String name, String allowed, String asked, String answer) {
        TftpRequest request = new TftpRequest(new InetSocketAddress(2000), "file", TransferMode.OCTET, options(asked));
        assertThat(AgreedOptions.agree(options(allowed), request, 1000, LIMITS).answer())
                .hasToString(answer);
    }

    private static AgreedOptions agree(String asked, TransferMode mode, ServerLimits limits) {
        TftpRequest request = new TftpRequest(new InetSocketAddress(2000), "file", mode, options(asked));
        return AgreedOptions.agree(request.options(), request, 1000, limits);
    }

    private static TftpOptions options(String text) {
        TftpOptions.Builder options = TftpOptions.builder();
        Stream.of(text.split(" "))
                .filter(option -> !option.isEmpty())
                .map(option -> option.split("=", 2))
                .forEach(option -> options.set(option[0], option[1]));
        return options.build();
    }
}
