package dev.pxekit.iso;

import static dev.pxekit.iso.UdfBytes.component;
import static dev.pxekit.iso.UdfBytes.shortDescriptor;
import static dev.pxekit.iso.UdfEntry.allocated;
import static dev.pxekit.iso.UdfEntry.directory;
import static dev.pxekit.iso.UdfEntry.file;
import static dev.pxekit.iso.UdfEntry.hardLink;
import static dev.pxekit.iso.UdfEntry.hole;
import static dev.pxekit.iso.UdfEntry.link;
import static dev.pxekit.iso.UdfEntry.recorded;
import static dev.pxekit.iso.UdfEntry.special;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.iso.TestUdfImage.Partition;
import dev.pxekit.iso.UdfEntry.Form;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Small UDF images with wrong bytes behind sound checksums: the reader ends, and throws nothing but what it declares. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class UdfFuzzTest {

    private static final int BLOCK = 512;
    private static final List<Partition> KINDS = List.of(Partition.values());
    private static final List<ImagePatches> PATCHES = samples();

    private static List<ImagePatches> samples() {
        List<ImagePatches> patches = new ArrayList<>();
        for (Partition kind : KINDS) {
            TestUdfImage image = sample().partition(kind);
            patches.add(new ImagePatches(image.build(), TestUdfImage.ANCHOR * BLOCK, BLOCK, image::reseal));
        }
        return patches;
    }

    /** Each kind of entry, of allocation and of name. */
    private static TestUdfImage sample() {
        UdfEntry shared = file("shared", "one file");
        return new TestUdfImage(
                        file("pieces", new byte[1100])
                                .pieces(recorded(512), hole(512), recorded(512), allocated(512), recorded(76))
                                .descriptorsPerExtent(2),
                        file("long", "long").form(Form.LONG),
                        file("extended", "extended").form(Form.EXTENDED),
                        file("embedded", "embedded").form(Form.EMBEDDED).extended(),
                        file("versions", "new").olderVersions(1),
                        file("deleted", "").characteristics(4),
                        shared,
                        directory("\u65e5", directory("deep", hardLink("again", shared)))
                                .form(Form.EMBEDDED),
                        link("link", component(4, ""), component(5, "\u65e5"), component(3, "")),
                        special("dev", 7)
                                .extendedAttributes(
                                        UdfBytes.creationTimeAttribute(UdfBytes.timestamp()),
                                        UdfBytes.deviceAttribute(1, 3)))
                .blockSize(BLOCK);
    }

    static Stream<Named<byte[]>> patches() {
        return Stream.of(
                Named.of("physical", new byte[] {0}),
                Named.of("sparable", new byte[] {1}),
                Named.of("virtual 1.50", new byte[] {2}),
                Named.of("virtual 2.00", new byte[] {3}),
                Named.of("metadata", new byte[] {4}),
                Named.of("more partition maps", new byte[] {4, 2, 1, 12, 5}),
                Named.of("a block that becomes another", new byte[] {0, (byte) 0xff, 70, 75, 0}));
    }

    /** The kind of partition, then changes. */
    @MethodSource("patches")
    @FuzzTest
    void structures(byte[] octets) throws IOException {
        if (octets.length > 0) {
            ImagePatches patches = PATCHES.get((octets[0] & 0xff) % PATCHES.size());
            UntrustedImage.read(Images.store(patches.apply(Arrays.copyOfRange(octets, 1, octets.length))));
        }
    }

    static Stream<Named<byte[]>> allocations() {
        byte[] size = {0, 16, 0, 0, 0, 0, 0, 0};
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("short", TestImage.concat(new byte[] {0, 0}, size, shortDescriptor(0, 4096, 20))),
                Named.of("long", TestImage.concat(new byte[] {1, 1}, size, UdfBytes.longDescriptor(0, 4096, 20, 0))),
                Named.of(
                        "extended",
                        TestImage.concat(new byte[] {2, 2}, size, UdfBytes.extendedDescriptor(1, 4096, 20, 0))),
                Named.of(
                        "embedded",
                        TestImage.concat(new byte[] {3, 3}, new byte[] {8, 0, 0, 0, 0, 0, 0, 0}, new byte[8])),
                Named.of(
                        "continued in itself",
                        TestImage.concat(new byte[] {0, 4}, size, shortDescriptor(UdfBytes.CONTINUATION, 512, 9))));
    }

    /** The form and the kind of partition, a size, then descriptors; the same for a file, a directory and a link. */
    @MethodSource("allocations")
    @FuzzTest
    void allocation(byte[] octets) throws IOException {
        byte[] area =
                Arrays.copyOfRange(octets, Math.min(10, octets.length), Math.min(200, Math.max(10, octets.length)));
        ByteBuffer header = ByteBuffer.wrap(Arrays.copyOf(octets, 10)).order(ByteOrder.LITTLE_ENDIAN);
        int form = header.get(0) & 7;
        List<UdfEntry> entries = new ArrayList<>();
        for (int type : new int[] {5, 4, 12}) {
            entries.add(special("type" + type, type).bend(entry -> {
                entry.putShort(34, (short) form).putLong(56, header.getLong(2)).putInt(172, area.length);
                entry.put(176, area);
            }));
        }
        TestUdfImage image = new TestUdfImage(entries.toArray(UdfEntry[]::new))
                .blockSize(BLOCK)
                .partition(KINDS.get((header.get(1) & 0xff) % KINDS.size()));
        UntrustedImage.read(Images.store(image.build()));
    }

    static Stream<Named<byte[]>> records() {
        byte[] record = new byte[44];
        record[0] = 1;
        record[1] = 1;
        record[19] = 3;
        record[24] = 8;
        record[38] = 8;
        record[39] = 'a';
        record[40] = 'b';
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("one", record),
                Named.of("two of one name", TestImage.concat(record, record)),
                Named.of("cut", Arrays.copyOf(record, 40)));
    }

    /** The records of a directory, and the same bytes as the target of a link. */
    @MethodSource("records")
    @FuzzTest
    void records(byte[] octets) throws IOException {
        UdfEntry directory = directory("d");
        directory.content = octets;
        TestUdfImage image = new TestUdfImage(directory, link("l", octets), file("f", "f")).blockSize(BLOCK);
        UntrustedImage.read(Images.store(image.build()));
    }
}
