package dev.pxekit.dhcp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Mutations of valid input, the same ones in every run. */
public final class Fuzz {

    private static final int ROUNDS = 20_000;

    private Fuzz() {}

    /** Something that reads octets and may refuse them with its declared exception only. */
    @FunctionalInterface
    public interface Reader {
        void read(byte[] octets) throws DhcpFormatException;
    }

    /** Feeds mutations to a reader; anything it throws but its declared exception fails the test, with the input. */
    public static void run(Reader reader, byte[]... seeds) {
        run(ROUNDS, reader, seeds);
    }

    /** As {@link #run(Reader, byte[]...)}, with this many mutations. */
    public static void run(int rounds, Reader reader, byte[]... seeds) {
        Random random = new Random(2131);
        for (int round = 0; round < rounds; round++) {
            byte[] octets = mutate(List.of(seeds).get(random.nextInt(seeds.length)), random);
            try {
                reader.read(octets);
            } catch (DhcpFormatException e) {
                if (e.offset() < 0 || e.offset() > octets.length) {
                    throw new AssertionError("offset outside " + HexFormat.of().formatHex(octets), e);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("input " + HexFormat.of().formatHex(octets), e);
            }
        }
    }

    static byte[] mutate(byte[] seed, Random random) {
        byte[] octets = seed.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            octets = change(octets, random);
        }
        return octets;
    }

    private static byte[] change(byte[] octets, Random random) {
        if (octets.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        // Half of the changes go to the last part, where the options are.
        int position = random.nextBoolean()
                ? random.nextInt(octets.length)
                : octets.length - 1 - random.nextInt(Math.min(octets.length, 120));
        return switch (random.nextInt(5)) {
            case 0 -> with(octets, position, octets[position] ^ 1 << random.nextInt(8));
            case 1 -> with(octets, position, random.nextInt());
            case 2 -> with(octets, position, random.nextBoolean() ? 0xff : 0);
            case 3 -> Arrays.copyOf(octets, position);
            default -> inserted(octets, position, 1 + random.nextInt(40));
        };
    }

    private static byte[] with(byte[] octets, int position, int value) {
        octets[position] = (byte) value;
        return octets;
    }

    private static byte[] inserted(byte[] octets, int position, int more) {
        byte[] longer = Arrays.copyOf(octets, octets.length + more);
        System.arraycopy(octets, position, longer, position + 1, octets.length - position);
        return longer;
    }
}
