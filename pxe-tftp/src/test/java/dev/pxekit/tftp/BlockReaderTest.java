package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockReaderTest {

    private static byte[] readAll(BlockReader reader, int blockSize) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int length;
        do {
            ByteBuffer block = ByteBuffer.allocate(blockSize);
            length = reader.fill(block);
            all.write(block.array(), 0, length);
        } while (length == blockSize);
        return all.toByteArray();
    }

    /** A file that gives a few bytes at a time. */
    private static TftpFile trickling(byte[] content, long size) {
        TftpFile whole = TftpFile.of(content);
        return new TftpFile() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                ByteBuffer few = ByteBuffer.allocate(Math.min(3, target.remaining()));
                int length = whole.read(few, position);
                target.put(few.flip());
                return length;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void fillsBlocksFromShortReads() throws Exception {
        byte[] content = "0123456789abcdef".getBytes(ISO_8859_1);
        for (int blockSize = 1; blockSize < 20; blockSize++) {
            TftpFile file = trickling(content, content.length);
            assertThat(readAll(BlockReader.of(file, TransferMode.OCTET), blockSize))
                    .isEqualTo(content);
        }
    }

    @Test
    void servesNoMoreThanTheFileSaidItHas() throws Exception {
        TftpFile grown = trickling("0123456789".getBytes(ISO_8859_1), 4);
        assertThat(readAll(BlockReader.of(grown, TransferMode.OCTET), 8)).hasSize(4);
    }

    @Test
    void failsWhereFileHasBecomeShorter() {
        TftpFile cut = trickling("0123".getBytes(ISO_8859_1), 10);
        assertThatThrownBy(() -> readAll(BlockReader.of(cut, TransferMode.OCTET), 8))
                .isInstanceOf(EOFException.class)
                .hasMessage("file: nothing to read at 4 of 10 bytes");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "a, a", "'a\nb', 'a\r\nb'", "'a\rb', 'a\r\0b'", "'\r\n', '\r\0\r\n'", "'\n\n', '\r\n\r\n'"})
    void netasciiDoublesLineEnds(String text, String wire) throws Exception {
        for (int blockSize = 1; blockSize < 8; blockSize++) {
            TftpFile file = TftpFile.of(text.getBytes(ISO_8859_1));
            assertThat(new String(readAll(BlockReader.of(file, TransferMode.NETASCII), blockSize), ISO_8859_1))
                    .isEqualTo(wire);
        }
    }

    @Test
    void netasciiComesBackAsItWas() throws Exception {
        Random random = new Random(764);
        for (int round = 0; round < 500; round++) {
            byte[] text = new byte[random.nextInt(100)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) "\r\n\0ab".charAt(random.nextInt(5));
            }
            byte[] wire = readAll(BlockReader.of(TftpFile.of(text), TransferMode.NETASCII), 1 + random.nextInt(20));
            ByteArrayOutputStream decoded = new ByteArrayOutputStream();
            NetasciiDecoder decoder = new NetasciiDecoder(content -> {
                while (content.hasRemaining()) {
                    decoded.write(content.get());
                }
            });
            int split = wire.length == 0 ? 0 : random.nextInt(wire.length);
            decoder.write(ByteBuffer.wrap(wire, 0, split));
            decoder.write(ByteBuffer.wrap(wire, split, wire.length - split));
            decoder.end();
            assertThat(decoded.toByteArray()).isEqualTo(text);
        }
    }
}
