package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The packets of a server's files, with an executor that runs when the test says so. */
class PacketCacheTest {

    private static final int BLOCK = 1024;
    private static final int SLOT = BLOCK + 4;

    /** What a window of one block makes of the usual size of a chunk. */
    private static final int CHUNK = (32 << 10) / SLOT;

    private static final AgreedOptions AGREED =
            new AgreedOptions(TftpOptions.none(), BLOCK, 1, Optional.empty(), Rollover.TO_ZERO);

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private boolean refuses;

    private final List<String> told = new ArrayList<>();

    private record Joined(PacketCache cache, PacketImage image) {}

    private record Pinned(PacketCache cache, PacketChunk chunk) {}

    private final List<Joined> joined = new ArrayList<>();
    private final List<Pinned> pinned = new ArrayList<>();

    /** A file that says what is done with it. */
    private static class Watched implements TftpFile {
        private final byte[] content;
        private final Object identity;
        private int reads;
        private boolean closed;
        private boolean broken;

        Watched(Object identity, int size) {
            this.identity = identity;
            this.content = RandomFiles.bytes(size, size);
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            assertThat(closed).isFalse();
            if (broken) {
                throw new IOException("broken on purpose");
            }
            reads++;
            return TftpFile.of(content).read(target, position);
        }

        @Override
        public Object identity() {
            return identity;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private PacketCache cache(long budget) {
        return new PacketCache(budget, task -> {
            if (refuses) {
                throw new RejectedExecutionException("refused on purpose");
            }
            tasks.add(task);
        });
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private static PacketImage.Layout layout(TftpFile file) {
        return PacketImage.Layout.of(file, TransferMode.OCTET, AGREED, 2 << 20);
    }

    private PacketImage join(PacketCache cache, TftpFile file) {
        PacketImage image = cache.join(layout(file), file).orElseThrow();
        joined.add(new Joined(cache, image));
        return image;
    }

    private void leave(PacketCache cache, PacketImage image) {
        joined.remove(new Joined(cache, image));
        cache.leave(image);
    }

    private PacketChunk pin(PacketCache cache, PacketImage image, long number) {
        PacketChunk chunk = cache.pin(image, number, () -> told.add("read " + number));
        pinned.add(new Pinned(cache, chunk));
        return chunk;
    }

    private void unpin(PacketCache cache, PacketChunk chunk) {
        pinned.remove(new Pinned(cache, chunk));
        cache.unpin(chunk);
    }

    @AfterEach
    void releaseMemory() {
        refuses = false;
        runTasks();
        List.copyOf(pinned).forEach(left -> unpin(left.cache(), left.chunk()));
        List.copyOf(joined).forEach(left -> leave(left.cache(), left.image()));
        runTasks();
    }

    private static byte[] packet(PacketChunk chunk, long block) {
        ByteBuf packets = chunk.packets(block, block, 0);
        byte[] bytes = new byte[packets.readableBytes()];
        packets.readBytes(bytes);
        packets.release();
        return bytes;
    }

    private static byte[] expected(Watched file, long block) {
        int from = (int) (block - 1) * BLOCK;
        int length = Math.min(BLOCK, file.content.length - from);
        return TftpCodec.encode(
                new TftpPacket.Data((int) (block & 0xFFFF), ByteBuffer.wrap(file.content, from, length)));
    }

    @Test
    void tellsWhoWaitsWhenTheChunkHasBeenRead() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 3 * BLOCK);
        PacketImage image = join(cache, file);
        PacketChunk chunk = pin(cache, image, 0);
        assertThat(chunk.isReady()).isFalse();
        PacketChunk same = pin(cache, image, 0);
        assertThat(told).isEmpty();
        runTasks();
        assertThat(told).containsExactly("read 0", "read 0");
        assertThat(same).isSameAs(chunk);
        assertThat(chunk.isEnd()).isTrue();
        assertThat(chunk.lastBlock()).isEqualTo(4);
        for (int block = 1; block <= 4; block++) {
            assertThat(packet(chunk, block)).isEqualTo(expected(file, block));
        }
        assertThat(pin(cache, image, 0).isReady()).isTrue();
        assertThat(told).hasSize(2);
    }

    @Test
    void readsOnceWhatManyTransfersSend() {
        PacketCache cache = cache(8 << 20);
        Watched first = new Watched("file", 1 << 20);
        PacketImage image = join(cache, first);
        for (int i = 0; i < 99; i++) {
            Watched another = new Watched("file", 1 << 20);
            assertThat(join(cache, another)).isSameAs(image);
            runTasks();
            assertThat(another.closed).isTrue();
        }
        for (int transfer = 0; transfer < 100; transfer++) {
            for (long chunk = 0; chunk <= image.lastChunk(); chunk++) {
                PacketChunk pinned = pin(cache, image, chunk);
                runTasks();
                assertThat(packet(pinned, pinned.firstBlock())).isEqualTo(expected(first, pinned.firstBlock()));
                unpin(cache, pinned);
            }
        }
        assertThat(first.reads).isEqualTo((int) image.lastChunk() + 1);
        for (int i = 0; i < 100; i++) {
            assertThat(first.closed).isFalse();
            leave(cache, image);
        }
        runTasks();
        assertThat(first.closed).isTrue();
        assertThat(cache.free()).isEqualTo(8 << 20);
        assertThat(cache.used()).isZero();
    }

    @Test
    void anotherIdentityOrBlockSizeIsAnotherImage() {
        PacketCache cache = cache(8 << 20);
        Watched file = new Watched("file", 5000);
        PacketImage image = join(cache, file);
        assertThat(join(cache, new Watched("other", 5000))).isNotSameAs(image);
        AgreedOptions larger = new AgreedOptions(TftpOptions.none(), BLOCK + 1, 1, Optional.empty(), Rollover.TO_ZERO);
        Watched again = new Watched("file", 5000);
        PacketImage.Layout layout = PacketImage.Layout.of(again, TransferMode.OCTET, larger, 2 << 20);
        assertThat(cache.join(layout, again)).isPresent().get().isNotSameAs(image);
    }

    @Test
    void readsAheadOfTheTransferButNotTheWholeFile() {
        PacketCache cache = cache(64 << 20);
        Watched file = new Watched("file", 16 << 20);
        PacketImage image = join(cache, file);
        pin(cache, image, 0);
        runTasks();
        assertThat(image.chunks()).containsKeys(1L, 2L, 10L).hasSizeBetween(10, 20);
        int before = file.reads;
        pin(cache, image, 1);
        runTasks();
        assertThat(file.reads).describedAs("read on only when half is used").isEqualTo(before);
        for (long chunk = 2; chunk < 12; chunk++) {
            pin(cache, image, chunk);
        }
        runTasks();
        assertThat(file.reads).isGreaterThan(before);
    }

    @Test
    void forgetsWhatWasUsedLongestAgo() {
        long budget = 10L * CHUNK * SLOT;
        PacketCache cache = cache(budget);
        Watched file = new Watched("file", 4 << 20);
        PacketImage image = join(cache, file);
        join(cache, new Watched("file", 4 << 20));
        for (long chunk = 0; chunk <= image.lastChunk(); chunk++) {
            PacketChunk pinned = pin(cache, image, chunk);
            runTasks();
            assertThat(pinned.isReady()).isTrue();
            unpin(cache, pinned);
            assertThat(cache.used()).isLessThanOrEqualTo(budget);
        }
        assertThat(image.chunks()).doesNotContainKey(0L).containsKey(image.lastChunk());
        PacketChunk again = pin(cache, image, 0);
        runTasks();
        assertThat(packet(again, 1)).isEqualTo(expected(file, 1));
    }

    @Test
    void oneTransferLeavesNothingBehindOfFileThatDoesNotFit() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 4 << 20);
        PacketImage image = join(cache, file);
        PacketChunk pinned = pin(cache, image, 0);
        runTasks();
        unpin(cache, pinned);
        assertThat(image.chunks()).doesNotContainKey(0L).containsKey(1L);
        Watched small = new Watched("small", 4 * BLOCK);
        PacketImage kept = join(cache, small);
        PacketChunk only = pin(cache, kept, 0);
        runTasks();
        unpin(cache, only);
        assertThat(kept.chunks()).describedAs("of one that fits").containsKey(0L);
    }

    @Test
    void doesNotReuseMemoryOfPacketsThatWaitInSocket() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 3 * BLOCK);
        PacketImage image = join(cache, file);
        PacketChunk chunk = pin(cache, image, 0);
        runTasks();
        ByteBuf waiting = chunk.packets(1, 2, 0);
        unpin(cache, chunk);
        leave(cache, image);
        runTasks();
        assertThat(cache.used()).isEqualTo(chunk.size());
        byte[] second = new byte[SLOT];
        waiting.getBytes(SLOT, second);
        assertThat(second).isEqualTo(expected(file, 2));
        waiting.release();
        cache.close();
        assertThat(cache.used()).isZero();
    }

    @Test
    void promisesNoMoreThanThereIs() {
        long budget = 4L * CHUNK * SLOT;
        PacketCache cache = cache(budget);
        PacketImage first = join(cache, new Watched("first", 1 << 20));
        assertThat(cache.free()).isEqualTo(budget / 2);
        join(cache, new Watched("second", 1 << 20));
        Watched third = new Watched("third", 1 << 20);
        assertThat(cache.join(layout(third), third)).isEmpty();
        assertThat(third.closed).isFalse();
        leave(cache, first);
        assertThat(cache.join(layout(third), third)).isPresent();
    }

    @Test
    void promisesForOneFileNoMoreThanItHas() {
        PacketCache cache = cache(1 << 20);
        for (int i = 0; i < 1000; i++) {
            join(cache, new Watched("file", 3 * BLOCK));
        }
        assertThat(cache.free()).isEqualTo((1 << 20) - 4 * SLOT);
    }

    @Test
    void fileThatCannotBeReadFailsThoseWhoWait() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 3 * BLOCK);
        file.broken = true;
        PacketImage image = join(cache, file);
        PacketChunk chunk = pin(cache, image, 0);
        runTasks();
        assertThat(told).containsExactly("read 0");
        assertThat(chunk.isFailed()).isTrue();
        unpin(cache, chunk);
        assertThat(cache.used()).isZero();
        file.broken = false;
        PacketChunk again = pin(cache, image, 0);
        runTasks();
        assertThat(again.isReady()).isTrue();
    }

    @Test
    void fileThatThrowsAnErrorFailsThoseWhoWait() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 3 * BLOCK) {
            @Override
            public int read(ByteBuffer target, long position) {
                throw new AssertionError("as a mapped file that was cut off");
            }
        };
        PacketImage image = join(cache, file);
        PacketChunk chunk = pin(cache, image, 0);
        assertThatThrownBy(this::runTasks).isInstanceOf(AssertionError.class);
        assertThat(told).containsExactly("read 0");
        assertThat(chunk.isFailed()).isTrue();
        assertThat(cache.used()).isZero();
    }

    @Test
    void executorThatTakesNoMoreFailsAtOnce() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 3 * BLOCK);
        PacketImage image = join(cache, file);
        refuses = true;
        PacketChunk chunk = pin(cache, image, 0);
        assertThat(chunk.isFailed()).isTrue();
        unpin(cache, chunk);
        leave(cache, image);
        assertThat(file.closed).isTrue();
        assertThat(cache.used()).isZero();
    }

    @Test
    void whatIsReadForNobodyAnyMoreIsFreed() {
        PacketCache cache = cache(1 << 20);
        Watched file = new Watched("file", 3 * BLOCK);
        PacketImage image = join(cache, file);
        PacketChunk chunk = pin(cache, image, 0);
        unpin(cache, chunk);
        leave(cache, image);
        runTasks();
        assertThat(file.closed).isTrue();
        assertThat(cache.used()).isZero();
    }

    @Test
    void textIsConvertedInOrderAndForOneTransfer() throws Exception {
        PacketCache cache = cache(1 << 20);
        byte[] lines = "a\nb\n".repeat(40_000).getBytes(ISO_8859_1);
        byte[] wire = "a\r\nb\r\n".repeat(40_000).getBytes(ISO_8859_1);
        TftpFile file = TftpFile.of(lines);
        PacketImage.Layout layout = PacketImage.Layout.of(file, TransferMode.NETASCII, AGREED, 2 << 20);
        PacketImage image = cache.join(layout, file).orElseThrow();
        assertThat(PacketImage.Layout.of(file, TransferMode.NETASCII, AGREED, 2 << 20))
                .isNotEqualTo(layout);
        long block = 0;
        PacketChunk chunk = pin(cache, image, 0);
        for (long number = 0; ; number++) {
            runTasks();
            for (block = chunk.firstBlock(); block <= chunk.lastBlock(); block++) {
                int from = (int) (block - 1) * BLOCK;
                byte[] packet = packet(chunk, block);
                assertThat(ByteBuffer.wrap(packet, 4, packet.length - 4))
                        .isEqualTo(ByteBuffer.wrap(wire, from, packet.length - 4));
            }
            if (chunk.isEnd()) {
                break;
            }
            PacketChunk next = pin(cache, image, number + 1);
            unpin(cache, chunk);
            chunk = next;
        }
        assertThat(chunk.contentUpTo(chunk.lastBlock())).isEqualTo(wire.length);
        assertThat(image.chunks()).hasSize(1);
    }
}
