package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import java.util.Arrays;

/**
 * Checks that options, and the options and messages inside them, stand within what they stand in. The octets are walked once
 * from start to end, with the ends of what is open on a stack of bounded depth; nothing is read but codes, lengths and the
 * types of messages.
 *
 * <p>Frames are strict in what makes up a message by RFC 8415: the message in a relay agent's (option 9), and the identity
 * associations with their addresses and prefixes (3, 4, 5, 25, 26). In other options with options inside, whatever runs over
 * is left for the option's own format to tell; only their depth is bounded, so that values can be read by recursion.
 */
final class OptionFrames {

    /** How many relay agent messages may stand in one another. */
    static final int DEEPEST_RELAYS = 255;

    /** How deep options may stand in options of one message. */
    static final int DEEPEST_OPTIONS = 16;

    private static final int RELAY_MESSAGE = 9;
    private static final int LQ_RELAY_DATA = 47;

    /** Flags of a level, below its end: the options are those of a relay agent message. */
    private static final int RELAY = 1;

    /** What runs over is left alone. */
    private static final int LENIENT = 2;

    /** The level is a message in a relay agent message. */
    private static final int RELAYED = 4;

    private static final int FLAG_BITS = 3;

    private final byte[] octets;
    private final int base;
    private final Dhcp6OptionIndex index;

    /** Whether codes are those of messages, which say what is inside. */
    private final boolean messages;

    private int[] levels = new int[8];
    private int depth;
    private int relays;

    private OptionFrames(Dhcp6OptionIndex index, boolean messages) {
        this.messages = messages;
        this.octets = index.octets();
        this.base = index.base();
        this.index = index;
    }

    /**
     * Fills an index.
     *
     * @param relay whether the options are those of a relay agent message
     * @throws DhcpFormatException if something runs past what it stands in, or stands too deep
     */
    static Dhcp6OptionIndex check(Dhcp6OptionIndex index, boolean relay) throws DhcpFormatException {
        OptionFrames frames = new OptionFrames(index, true);
        frames.push(index.end(), relay ? RELAY : 0);
        frames.walk(index.start());
        return index;
    }

    /**
     * Fills an index of options with codes of their own, of which no more is known.
     *
     * @throws DhcpFormatException if one runs past the end
     */
    static Dhcp6OptionIndex checkFlat(Dhcp6OptionIndex index) throws DhcpFormatException {
        OptionFrames frames = new OptionFrames(index, false);
        frames.push(index.end(), 0);
        frames.walk(index.start());
        return index;
    }

    /** Fills an index of options that were built, or checked with the message that they stand in. */
    static Dhcp6OptionIndex fill(Dhcp6OptionIndex index) {
        byte[] octets = index.octets();
        int position = index.start();
        while (position < index.end()) {
            int value = position + Dhcp6OptionIndex.HEADER_LENGTH;
            index.add(readShort(octets, position), value);
            position = value + readShort(octets, position + 2);
        }
        return index;
    }

    private void walk(int start) throws DhcpFormatException {
        int position = start;
        while (depth > 0) {
            int end = levels[depth - 1] >>> FLAG_BITS;
            if (position == end) {
                pop();
            } else if (end - position < Dhcp6OptionIndex.HEADER_LENGTH) {
                position = fault("option header of " + (end - position) + " octets (expected: 4)", position);
            } else {
                position = option(position, end);
            }
        }
    }

    /** Looks at one option and returns where to go on: inside it or after it. */
    private int option(int position, int end) throws DhcpFormatException {
        int code = readShort(octets, position);
        int length = readShort(octets, position + 2);
        int value = position + Dhcp6OptionIndex.HEADER_LENGTH;
        if (length > end - value) {
            return fault("option " + code + " of " + length + " octets with " + (end - value) + " left", position);
        }
        if (depth == 1) {
            index.add(code, value);
        }
        int fields = messages ? fieldsBeforeOptions(code) : -1;
        if (fields < 0) {
            return value + length;
        }
        boolean strict = isStrict(code);
        if (code == RELAY_MESSAGE || code == LQ_RELAY_DATA) {
            return message(value + fields, value + length, strict);
        }
        if (length < fields) {
            return strict
                    ? fault("option " + code + " of " + length + " octets (expected: " + fields + " or more)", position)
                    : value + length;
        }
        push(value + length, strict ? 0 : LENIENT);
        checkDepth(position);
        return value + fields;
    }

    /** Opens a message in an option. One without octets is no fault of the frame. */
    private int message(int start, int end, boolean strict) throws DhcpFormatException {
        if (start >= end) {
            return end;
        }
        boolean relay = Dhcp6Message.isRelay(octets[start]);
        int header = Dhcp6Message.headerLength(octets[start]);
        if (end - start < header) {
            return strict ? fault(Dhcp6Message.cutHeader(end - start, header), end) : end;
        }
        push(end, (relay ? RELAY : 0) | (strict ? RELAYED : LENIENT));
        checkDepth(start);
        return start + header;
    }

    private boolean isStrict(int code) {
        int level = levels[depth - 1];
        return (level & LENIENT) == 0
                && switch (code) {
                    case 3, 4, 5, 25, 26 -> true;
                    case RELAY_MESSAGE -> (level & RELAY) != 0;
                    default -> false;
                };
    }

    /** How many octets of an option's value come before the options in it; -1 if there are none in it. */
    private static int fieldsBeforeOptions(int code) {
        return switch (code) {
            case RELAY_MESSAGE, 45, 66, 94, 95, 96 -> 0;
            case 84 -> 1;
            case 4 -> 4;
            case 3, 25 -> 12;
            case LQ_RELAY_DATA -> 16;
            case 44 -> 17;
            case 5 -> 24;
            case 26 -> 25;
            default -> -1;
        };
    }

    private void push(int end, int flags) {
        if (depth == levels.length) {
            levels = Arrays.copyOf(levels, depth * 2);
        }
        levels[depth++] = end << FLAG_BITS | flags;
        relays += (flags & RELAYED) != 0 ? 1 : 0;
    }

    private int pop() {
        int level = levels[--depth];
        relays -= (level & RELAYED) != 0 ? 1 : 0;
        return level;
    }

    private void checkDepth(int position) throws DhcpFormatException {
        if (relays > DEEPEST_RELAYS) {
            throw new DhcpFormatException(
                    "relay agent messages in one another (expected: at most " + DEEPEST_RELAYS + ")", base + position);
        }
        if (depth - 1 - relays > DEEPEST_OPTIONS) {
            throw new DhcpFormatException(
                    "options in one another (expected: at most " + DEEPEST_OPTIONS + ")", base + position);
        }
    }

    /** Fails, or leaves the innermost option that may hold anything. */
    private int fault(String message, int position) throws DhcpFormatException {
        if ((levels[depth - 1] & LENIENT) == 0) {
            throw new DhcpFormatException(message, base + position);
        }
        return pop() >>> FLAG_BITS;
    }

    static int readShort(byte[] octets, int offset) {
        return (octets[offset] & 0xff) << 8 | (octets[offset + 1] & 0xff);
    }
}
