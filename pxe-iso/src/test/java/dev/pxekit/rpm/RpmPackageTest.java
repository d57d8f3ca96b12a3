package dev.pxekit.rpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RpmPackageTest {

    private final Path file =
            Jimfs.newFileSystem(Configuration.unix()).getPath("/").resolve("test.rpm");

    private RpmPackage open(byte[] bytes) throws IOException {
        return RpmPackage.open(Files.write(file, bytes));
    }

    private RpmPackage with(Consumer<TestPackage.Section> header) throws IOException {
        TestPackage sample = TestPackage.sample();
        header.accept(sample.header());
        return open(sample.build());
    }

    @Test
    void readsWhatThePackageIs() throws IOException {
        RpmPackage rpm = open(TestPackage.sample().build());
        assertThat(rpm.name()).isEqualTo("bash");
        assertThat(rpm.version()).isEqualTo("5.1.8");
        assertThat(rpm.release()).isEqualTo("6.el9");
        assertThat(rpm.architecture()).isEqualTo("x86_64");
        assertThat(rpm.isSource()).isFalse();
        assertThat(rpm.lead()).isEqualTo(new RpmLead(3, 0, false, "bash-5.1.8-6.el9"));
        assertThat(rpm.header().get(RpmTag.EPOCH)).contains(2L);
        assertThat(rpm.header().get(RpmTag.SUMMARY)).contains("The shell");
        assertThat(rpm.header().get(RpmTag.LICENSE)).contains("GPLv3+");
        assertThat(rpm.header().get(RpmTag.SIZE)).as("unsigned").contains(4_294_967_280L);
        assertThat(rpm.header().get(RpmTag.PAYLOAD_FORMAT)).contains("cpio");
        assertThat(rpm.header().get(RpmTag.PAYLOAD_COMPRESSOR)).contains("zstd");
        assertThat(rpm.header().get(RpmTag.DESCRIPTION)).isEmpty();
        assertThat(rpm.header().contains(RpmTag.DESCRIPTION)).isFalse();
        assertThat(rpm.header().tagNumbers()).startsWith(1000, 1001, 1002);
        assertThat(rpm.payloadOffset()).isEqualTo(Files.size(file) - 3);
    }

    @Test
    void joinsFileNames() throws IOException {
        assertThat(open(TestPackage.sample().build()).fileNames())
                .containsExactly("/usr/bin/bash", "/usr/bin/sh", "/usr/share/man/man1/bash.1.gz");
    }

    @Test
    void readsFileNamesOfOldPackages() throws IOException {
        TestPackage old = new TestPackage();
        old.header().strings(1027, "/etc/issue", "/etc/motd");
        assertThat(open(old.build()).fileNames()).containsExactly("/etc/issue", "/etc/motd");
        assertThat(open(new TestPackage().build()).fileNames()).isEmpty();
    }

    @Test
    void knowsSourcePackages() throws IOException {
        assertThat(open(TestPackage.sample().source().build()).isSource()).isTrue();
    }

    @Test
    void readsUnknownTagsByNumber() throws IOException {
        RpmPackage rpm = open(TestPackage.sample().build());
        assertThat(rpm.signature().get(RpmTag.bytes(1004)).orElseThrow().remaining())
                .isEqualTo(16);
        assertThat(rpm.signature().get(RpmTag.number(1000))).contains(123L);
        assertThat(rpm.header().get(RpmTag.strings(1004))).contains(List.of("The shell", "Die Shell"));
        assertThat(RpmTag.string(1000)).isEqualTo(RpmTag.NAME).hasSameHashCodeAs(RpmTag.NAME);
        assertThat(RpmTag.strings(1000)).isNotEqualTo(RpmTag.NAME);
    }

    @Test
    void refusesWhatIsNoPackage() {
        assertThatExceptionOfType(RpmFormatException.class)
                .isThrownBy(() -> open(new byte[200]))
                .withMessageContaining("magic number of the lead: 00000000 (expected: edabeedb)")
                .satisfies(e -> assertThat(e.offset()).isZero());
        assertThatThrownBy(() -> open(new byte[0])).hasMessageContaining("the package ends early");
    }

    @Test
    void refusesTruncatedPackagesWhereverTheyEnd() throws IOException {
        byte[] sound = TestPackage.sample().build();
        for (int length = 0; length < sound.length - 3; length++) {
            byte[] cut = Arrays.copyOf(sound, length);
            assertThatThrownBy(() -> open(cut)).as("length " + length).isInstanceOf(RpmFormatException.class);
        }
    }

    @Test
    void refusesCountsBeforeItAllocates() {
        byte[] entries = TestPackage.sample().build();
        ByteBuffer.wrap(entries).putInt(96 + 8, 0xffff);
        assertThatThrownBy(() -> open(entries)).hasMessageContaining("length of a header");
        ByteBuffer.wrap(entries).putInt(96 + 8, -1);
        assertThatThrownBy(() -> open(entries)).hasMessageContaining("index entries: 4294967295");
        byte[] store = TestPackage.sample().build();
        ByteBuffer.wrap(store).putInt(96 + 12, 0x0fff_ffff);
        assertThatThrownBy(() -> open(store)).hasMessageContaining("length of a header");
        ByteBuffer.wrap(store).putInt(96 + 12, 0x1000_0000);
        assertThatThrownBy(() -> open(store)).hasMessageContaining("bytes of the store");
    }

    @Test
    void refusesEntriesOutsideOfTheStore() {
        assertThatThrownBy(() -> with(header -> header.entry(5000, 4, 100_000, 1)))
                .hasMessageContaining("offset of tag 5000");
        assertThatThrownBy(() -> with(header -> header.entry(5000, 4, -1, 1)))
                .hasMessageContaining("offset of tag 5000");
        assertThatThrownBy(() -> with(header -> header.entry(5000, 5, 0, 1_000)))
                .hasMessageContaining("count of tag 5000");
        assertThatThrownBy(() -> with(header -> header.entry(5000, 7, 0, Integer.MIN_VALUE)))
                .hasMessageContaining("count of tag 5000");
        assertThatThrownBy(() -> with(header -> header.entry(5000, 10, 0, 1)))
                .hasMessageContaining("type of tag 5000: 10");
    }

    @Test
    void refusesTextThatRunsOverTheEndOfTheStore() throws IOException {
        RpmPackage rpm = with(header -> header.bytes(5000, new byte[] {'x'}).entry(5001, 6, 0, 1));
        assertThat(rpm.header().get(RpmTag.string(5001))).contains("bash");
        RpmPackage broken = open(brokenText());
        assertThatThrownBy(() -> broken.header().get(RpmTag.string(5001)))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("runs over the end");
    }

    private static byte[] brokenText() {
        TestPackage broken = new TestPackage();
        broken.header().bytes(5000, new byte[] {'x', 'y'}).entry(5001, 6, 0, 1);
        return broken.build();
    }

    @Test
    void refusesValuesOfAnotherType() throws IOException {
        RpmPackage rpm = open(TestPackage.sample().build());
        assertThatThrownBy(() -> rpm.header().get(RpmTag.number(1000)))
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("type of tag 1000: 6 (expected: a number)");
        assertThatThrownBy(() -> rpm.header().get(RpmTag.bytes(1003))).hasMessageContaining("expected: bytes");
    }

    @Test
    void refusesDirectoryIndexesThatDoNotFit() {
        TestPackage few = new TestPackage();
        few.header().numbers(1116, 0).strings(1117, "a", "b").strings(1118, "/");
        assertThatThrownBy(() -> open(few.build()).fileNames()).hasMessageContaining("directory indexes: 1");
        TestPackage beyond = new TestPackage();
        beyond.header().numbers(1116, -1).strings(1117, "a").strings(1118, "/");
        assertThatThrownBy(() -> open(beyond.build()).fileNames()).hasMessageContaining("directory index: 4294967295");
    }

    @Test
    void boundsFileNamesThatRepeatALongDirectory() {
        TestPackage bomb = new TestPackage();
        String[] names = new String[30_000];
        Arrays.fill(names, "");
        bomb.header().strings(1118, "/" + "x".repeat(4000)).strings(1117, names).numbers(1116, new int[names.length]);
        assertThatThrownBy(() -> open(bomb.build()).fileNames())
                .isInstanceOf(RpmFormatException.class)
                .hasMessageContaining("expected: at most");
    }

    @Test
    void saysWhatTheHeaderLacks() throws IOException {
        RpmPackage empty = open(new TestPackage().build());
        assertThatThrownBy(empty::name).hasMessageContaining("the header has no name (tag 1000)");
    }

    @Test
    void endsWithDeclaredExceptionsOnWrongBytes() {
        byte[] sound = TestPackage.sample().build();
        Random random = new Random(3);
        for (int round = 0; round < 8_000; round++) {
            byte[] mutated = sound.clone();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated[random.nextInt(mutated.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(4) - 1);
            }
            try {
                RpmPackage rpm = open(mutated);
                rpm.fileNames();
                for (int number : rpm.header().tagNumbers()) {
                    readEveryWay(rpm.header(), number);
                }
            } catch (IOException e) {
                assertThat(e).as("round " + round).isInstanceOf(RpmFormatException.class);
            }
        }
    }

    private static void readEveryWay(RpmHeader header, int number) {
        for (RpmTag<?> tag : List.of(
                RpmTag.string(number),
                RpmTag.strings(number),
                RpmTag.number(number),
                RpmTag.numbers(number),
                RpmTag.bytes(number))) {
            try {
                assertThat(header.get(tag)).isPresent();
            } catch (RpmFormatException expected) {
                assertThat(expected.offset()).isPositive();
            }
        }
    }
}
