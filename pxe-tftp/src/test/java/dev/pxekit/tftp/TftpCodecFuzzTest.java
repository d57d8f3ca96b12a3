package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mutations of valid packets: a packet or the declared exception, and what decodes survives another round. */
class TftpCodecFuzzTest {

    private static final int ROUNDS = 50_000;

    private final Random random = new Random(1350);

    @Test
    void decodesOrThrowsTheDeclaredException() throws Exception {
        List<byte[]> corpus = TftpCodecTest.packets()
                .map(arguments -> TftpCodec.encode((TftpPacket) arguments.get()[1]))
                .toList();
        int decoded = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] wire = mutate(corpus.get(random.nextInt(corpus.size())));
            TftpPacket packet;
            try {
                packet = TftpCodec.decode(wire);
            } catch (TftpFormatException e) {
                assertThat(e.offset()).isBetween(0L, (long) wire.length);
                continue;
            }
            decoded++;
            byte[] again = TftpCodec.encode(packet);
            assertThat(TftpCodec.decode(again)).isEqualTo(packet);
        }
        assertThat(decoded).isBetween(ROUNDS / 10, ROUNDS - 1000);
    }

    private byte[] mutate(byte[] valid) {
        byte[] wire = valid.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> wire = Arrays.copyOf(wire, random.nextInt(wire.length + 1));
                case 1 -> {
                    if (wire.length > 0) {
                        wire[random.nextInt(wire.length)] = (byte) random.nextInt(256);
                    }
                }
                case 2 -> {
                    if (wire.length > 2) {
                        wire[2 + random.nextInt(wire.length - 2)] = 0;
                    }
                }
                default -> {
                    int old = wire.length;
                    wire = Arrays.copyOf(wire, old + random.nextInt(40));
                    for (int at = old; at < wire.length; at++) {
                        wire[at] = (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt(256));
                    }
                }
            }
        }
        return wire;
    }
}
