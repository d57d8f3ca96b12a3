package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Empty images as mkudffs makes them for all kinds of media. */
@Tag("interop")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MkudffsIT {

    @TempDir
    private Path directory;

    /** All that udftools 2.3 can make; it refuses every size of its worm and mo. */
    static Stream<Arguments> media() {
        List<Arguments> media = new ArrayList<>();
        add(media, List.of("hd", "dvd", "dvdram", "cd"), "1.02", "1.50", "2.00", "2.01");
        add(media, List.of("dvdrw", "cdrw"), "1.50", "2.00", "2.01");
        add(media, List.of("dvdr", "cdr"), "1.50", "2.00", "2.01", "2.50", "2.60");
        add(media, List.of("bdr"), "2.50", "2.60");
        for (String more : List.of("--strategy=4096", "--ad=long", "--noefe", "--closed", "--space=freedtable")) {
            String type = more.equals("--closed") ? "cdr" : "hd";
            media.add(Arguments.of(2048, List.of("--media-type=" + type, "--udfrev=1.50", more)));
        }
        return media.stream();
    }

    private static void add(List<Arguments> media, List<String> types, String... revisions) {
        for (String type : types) {
            for (String revision : revisions) {
                for (int blockSize : new int[] {512, 1024, 2048, 4096}) {
                    media.add(Arguments.of(blockSize, List.of("--media-type=" + type, "--udfrev=" + revision)));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("media")
    void opensWithLabelAndEmptyRoot(int blockSize, List<String> options) throws Exception {
        Path image = directory.resolve("image.udf");
        List<String> command = new ArrayList<>();
        command.add(Needs.program("mkudffs", "udftools").toString());
        command.addAll(List.of("--utf8", "--new-file", "--blocksize=" + blockSize, "--label=Größe 日本"));
        command.addAll(options);
        command.addAll(List.of(image.toString(), "20000"));
        SourceTree.run(command);
        try (FileSystem udf = IsoFileSystems.open(image)) {
            FileStore store = Files.getFileStore(udf.getPath("/"));
            assertThat(IsoFileSystems.views(udf)).containsExactly(IsoView.UDF);
            assertThat(store.name()).isEqualTo("Größe 日本");
            assertThat(store.getBlockSize()).isEqualTo(blockSize);
            assertThat(store.getTotalSpace()).isPositive().isLessThanOrEqualTo(20_000L * blockSize);
            assertThat(Images.walk(udf).stream().filter(name -> !name.equals("/lost+found")))
                    .isEmpty();
            assertThat(Files.getAttribute(udf.getPath("/"), "unix:mode")).isEqualTo(040755);
        }
    }
}
