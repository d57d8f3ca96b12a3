package dev.pxekit.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Values of any option, the same ones for the same seed. */
public final class OptionSamples {

    private static final int TRIES = 4_000;

    /** Octets in one of the shapes that options are made of. */
    private interface Shape {
        byte[] octets(Random random);
    }

    private static final List<Shape> SHAPES = List.of(
            random -> octets(random, random.nextInt(5)),
            random -> octets(random, 4 * (1 + random.nextInt(4))),
            random -> octets(random, 16 * (1 + random.nextInt(2))),
            random -> octets(random, 17),
            random -> new byte[] {(byte) random.nextInt(2)},
            OptionSamples::text,
            random -> join(octets(random, 2), text(random)),
            OptionSamples::small,
            OptionSamples::names,
            random -> join(small(random), names(random)),
            random -> join(small(random), text(random)),
            random -> join(new byte[] {(byte) random.nextInt(2)}, octets(random, 4 * (1 + random.nextInt(3)))),
            random -> join(new byte[] {(byte) random.nextInt(4)}, octets(random, 8), names(random)),
            random -> join(new byte[] {(byte) random.nextInt(8), 0, 0}, text(random)),
            random -> join(new byte[] {(byte) (4 + random.nextInt(2)), 0, 0}, names(random)),
            random -> repeated(random, 1, OptionSamples::route),
            random -> repeated(random, 1, OptionSamples::suboption),
            random -> repeated(random, 2, item -> prefixed16(text(item))),
            random -> repeated(random, 1, item -> prefixed8(octets(item, 4 * (1 + item.nextInt(2))))),
            random -> repeated(random, 1, item -> join(octets(item, 4), prefixed8(suboption(item)))),
            random -> repeated(random, 1, item -> join(octets(item, 4), prefixed8(prefixed8(text(item))))),
            random -> repeated(
                    random, 1, item -> join(new byte[] {(byte) (1 + item.nextInt(3))}, prefixed8(names(item)))),
            random -> prefixed16(join(
                    octets(random, 2),
                    prefixed8(name(random)),
                    prefixed8(octets(random, 4 * (1 + random.nextInt(2)))),
                    new byte[] {0, 3, 0, 2, 1, (byte) 187})),
            random -> join(new byte[] {0, (byte) (1 + random.nextInt(3))}, octets(random, 12)),
            random -> join(octets(random, 4), option6(random)),
            random -> join(octets(random, 12), option6(random)),
            random -> join(octets(random, 16), octets(random, 8), option6(random)),
            random -> join(octets(random, 8), new byte[] {(byte) random.nextInt(129)}, octets(random, 16)),
            random -> join(new byte[] {1}, octets(random, 3), option6(random)),
            random -> join(octets(random, 16), new byte[] {1}, octets(random, 3), option6(random)),
            random -> join(new byte[] {(byte) (1 + random.nextInt(5))}, octets(random, 16), option6(random)),
            random -> join(octets(random, 4), repeated(random, 1, item -> prefixed16(text(item)))),
            random -> join(octets(random, 2), text(random)),
            random -> join(octets(random, 2), prefixed16(name(random)), prefixed16(octets(random, 16))),
            random -> join(octets(random, 16), new byte[] {(byte) random.nextInt(4)}, names(random)),
            random -> join(new byte[] {(byte) random.nextInt(8)}, names(random)),
            random -> join(new byte[] {0, 3}, prefixed16(names(random))),
            OptionSamples::option6,
            random -> join(octets(random, 11), octets(random, random.nextInt(20))),
            random -> join(
                    new byte[] {(byte) random.nextInt(33), (byte) random.nextInt(97)},
                    octets(random, 16 + 4 * (1 + random.nextInt(2)))),
            random -> join(octets(random, 10), octets(random, 4 * (1 + random.nextInt(2)))));

    private OptionSamples() {}

    /** The octets of some value of an option; empty if none was found, which is a gap in the shapes. */
    public static Optional<byte[]> next(OptionKey<?> option, Random random) {
        for (int i = 0; i < TRIES; i++) {
            byte[] octets = SHAPES.get(random.nextInt(SHAPES.size())).octets(random);
            if (octets.length <= 255 && isValue(option, octets)) {
                return Optional.of(octets);
            }
        }
        return Optional.empty();
    }

    private static <T> boolean isValue(OptionKey<T> option, byte[] octets) {
        try {
            T value = option.decode(octets);
            boolean whole = !(value instanceof EncapsulatedOptions<?> suboptions)
                    || suboptions.diagnostics().isEmpty();
            return whole && Arrays.equals(option.encode(value), octets);
        } catch (DhcpFormatException | IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] octets(Random random, int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            text.append("abcdefghijklmnopqrstuvwxyz0123456789-./:".charAt(random.nextInt(40)));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] small(Random random) {
        byte[] octets = new byte[1 + random.nextInt(4)];
        octets[octets.length - 1] = (byte) (1 + random.nextInt(3));
        return octets;
    }

    private static byte[] names(Random random) {
        return repeated(random, 1, OptionSamples::name);
    }

    private static byte[] name(Random random) {
        OptionWriter out = new OptionWriter();
        OptionFormat.domainName().write("n" + random.nextInt(1000) + ".example.org", out);
        return out.toByteArray();
    }

    private static byte[] route(Random random) {
        int width = random.nextInt(33);
        return join(new byte[] {(byte) width}, octets(random, (width + 7) / 8 + 4));
    }

    private static byte[] suboption(Random random) {
        return join(new byte[] {(byte) (1 + random.nextInt(20))}, prefixed8(octets(random, random.nextInt(8))));
    }

    /** A DHCPv6 status code, which may stand in other options. */
    private static byte[] option6(Random random) {
        return join(new byte[] {0, 13}, prefixed16(join(new byte[] {0, (byte) random.nextInt(20)}, text(random))));
    }

    private static byte[] prefixed8(byte[] octets) {
        return join(new byte[] {(byte) octets.length}, octets);
    }

    private static byte[] prefixed16(byte[] octets) {
        return join(new byte[] {0, (byte) octets.length}, octets);
    }

    private static byte[] repeated(Random random, int least, Shape item) {
        byte[] all = {};
        for (int i = least + random.nextInt(3); i > 0; i--) {
            all = join(all, item.octets(random));
        }
        return all;
    }

    private static byte[] join(byte[]... parts) {
        OptionWriter out = new OptionWriter();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }
}
