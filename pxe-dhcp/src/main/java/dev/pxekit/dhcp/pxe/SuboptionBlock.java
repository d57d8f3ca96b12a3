package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Encapsulated options in the form of RFC 2132 §8.4: code, length, value; 0 is PAD, 255 is END. The octets are kept as they
 * came, so that they can be written back unchanged.
 */
final class SuboptionBlock {

    private static final int PAD = 0;
    private static final int END = 255;

    private final byte[] octets;
    private final List<Suboption> suboptions;

    private SuboptionBlock(byte[] octets, List<Suboption> suboptions) {
        this.octets = octets;
        this.suboptions = List.copyOf(suboptions);
    }

    static SuboptionBlock decode(byte[] octets) throws DhcpFormatException {
        List<Suboption> suboptions = new ArrayList<>();
        int position = 0;
        while (position < octets.length && (octets[position] & 0xff) != END) {
            int code = octets[position] & 0xff;
            if (code == PAD) {
                position++;
                continue;
            }
            int left = octets.length - position - 2;
            if (left < 0) {
                throw new DhcpFormatException("suboption " + code + " without a length", position);
            }
            int length = octets[position + 1] & 0xff;
            if (length > left) {
                throw new DhcpFormatException(
                        "suboption " + code + " of " + length + " octets with " + left + " left", position);
            }
            suboptions.add(Suboption.of(code, Arrays.copyOfRange(octets, position + 2, position + 2 + length)));
            position += 2 + length;
        }
        return new SuboptionBlock(octets.clone(), suboptions);
    }

    static SuboptionBlock of(List<Suboption> suboptions, boolean withEnd) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Suboption suboption : suboptions) {
            byte[] value = suboption.value();
            out.write(suboption.code());
            out.write(value.length);
            out.writeBytes(value);
        }
        if (withEnd) {
            out.write(END);
        }
        return new SuboptionBlock(out.toByteArray(), suboptions);
    }

    byte[] encode() {
        return octets.clone();
    }

    List<Suboption> suboptions() {
        return suboptions;
    }

    /** The first suboption with this code. */
    Optional<byte[]> raw(int code) {
        return suboptions.stream()
                .filter(suboption -> suboption.code() == code)
                .map(Suboption::value)
                .findFirst();
    }

    /** The first suboption with this code if it has this many octets. */
    Optional<byte[]> raw(int code, int length) {
        return raw(code).filter(value -> value.length == length);
    }

    /** Replaces the first suboption with this code, or appends it. */
    static void put(List<Suboption> suboptions, Suboption added) {
        for (int i = 0; i < suboptions.size(); i++) {
            if (suboptions.get(i).code() == added.code()) {
                suboptions.set(i, added);
                return;
            }
        }
        suboptions.add(added);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SuboptionBlock that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return suboptions.toString();
    }
}
