package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.capture.CaptureReader;
import dev.pxekit.dhcp.capture.CapturedDatagram;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pxekit dhcp decode} reads: a capture, a UDP payload, octets in hexadecimal or the text form of messages, told apart by
 * content. Captures are read as they come; all else is at most 16 MiB.
 */
final class MessageInput implements Closeable {

    private static final int MOST_OCTETS = 16 << 20;

    /** How pcap begins in either byte order, with times in microseconds or nanoseconds, and pcapng. */
    private static final Set<Integer> CAPTURE_MAGIC =
            Set.of(0xa1b2c3d4, 0xd4c3b2a1, 0xa1b23c4d, 0x4d3cb2a1, 0x0a0d0d0a);

    private static final String STANDARD_INPUT = "-";

    private final String name;
    private final InputStream stream;
    private final int family;
    private final Deque<byte[]> payloads = new ArrayDeque<>();
    private @Nullable CaptureReader capture;
    private @Nullable TextSections sections;
    private long others;

    private MessageInput(String name, InputStream stream, int family) {
        this.name = name;
        this.stream = stream;
        this.family = family;
    }

    /** Octets to decode, and what a capture says of them. */
    static final class Payload {

        private final byte[] octets;
        private final Optional<Seen> seen;

        Payload(byte[] octets, Optional<Seen> seen) {
            this.octets = octets;
            this.seen = seen;
        }

        /** Reads the message; a capture tells the family, of other octets it was said or is guessed. */
        DecodedMessage decode(int family) throws DhcpFormatException {
            return DecodedMessage.decode(octets, seen.map(Endpoints::family).orElse(family));
        }

        /** What a capture says of the message, or the socket that it came from. */
        Optional<Seen> seen() {
            return seen;
        }

        /** The octets in hexadecimal. */
        String hex() {
            return HexFormat.of().formatHex(octets);
        }
    }

    /**
     * Opens what a command line names: a file, {@code -} or nothing for standard input, or octets in hexadecimal.
     *
     * @param family of octets that a capture does not tell it of: 4, 6 or {@link DecodedMessage#ANY_FAMILY}
     */
    static MessageInput open(List<String> arguments, int family) throws CommandFailure, IOException {
        MessageInput input = named(arguments, family);
        try {
            input.detect();
            return input;
        } catch (CommandFailure | IOException e) {
            try (input) {
                throw e;
            }
        }
    }

    /** Opens a capture that may still be written: {@code -} for standard input, or a file, which is read on as it grows. */
    static MessageInput openGrowing(String name) throws CommandFailure, IOException {
        MessageInput input = name.equals(STANDARD_INPUT)
                ? new MessageInput("standard input", System.in, DecodedMessage.ANY_FAMILY)
                : new MessageInput(name, new GrowingFile(Path.of(name)), DecodedMessage.ANY_FAMILY);
        try {
            input.detect();
            if (!input.isCapture()) {
                throw new CommandFailure(input.name + " is no pcap or pcapng capture: write one with tcpdump -U -w");
            }
            return input;
        } catch (CommandFailure | IOException e) {
            try (input) {
                throw e;
            }
        }
    }

    private static MessageInput named(List<String> arguments, int family) throws CommandFailure, IOException {
        String first = arguments.isEmpty() ? STANDARD_INPUT : arguments.get(0);
        if (arguments.size() < 2 && first.equals(STANDARD_INPUT)) {
            return new MessageInput("standard input", System.in, family);
        }
        if (arguments.size() == 1 && isFile(first)) {
            return new MessageInput(first, TextFiles.open(Path.of(first)), family);
        }
        String octets = String.join(" ", arguments);
        if (!isHexadecimal(octets)) {
            throw new CommandFailure(
                    arguments.size() == 1
                            ? "no such file: " + first + " (and it is no packet in hexadecimal)"
                            : "'" + octets
                                    + "' is no packet in hexadecimal (and more than one file: give one at a time)");
        }
        byte[] text = octets.getBytes(StandardCharsets.UTF_8);
        return new MessageInput("the argument", new ByteArrayInputStream(text), family);
    }

    private static boolean isFile(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static boolean isHexadecimal(String text) throws CommandFailure {
        try {
            return HexText.parse(text).isPresent();
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private void detect() throws CommandFailure, IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream);
        buffered.mark(Integer.BYTES);
        byte[] magic = buffered.readNBytes(Integer.BYTES);
        buffered.reset();
        if (magic.length == 0) {
            throw new CommandFailure(name + " is empty");
        }
        if (magic.length == Integer.BYTES
                && CAPTURE_MAGIC.contains(ByteBuffer.wrap(magic).getInt())) {
            try {
                capture = CaptureReader.read(buffered);
            } catch (DhcpFormatException e) {
                throw new CommandFailure(name + ": " + e.getMessage(), e);
            }
            return;
        }
        byte[] content = buffered.readNBytes(MOST_OCTETS + 1);
        if (content.length > MOST_OCTETS) {
            throw new CommandFailure(
                    name + " has more than 16 MiB and is no pcap or pcapng capture: is it the right file?");
        }
        Optional<String> text = text(content);
        if (text.isEmpty()) {
            payloads.add(content);
        } else {
            detectText(text.get());
        }
    }

    private void detectText(String text) throws CommandFailure {
        try {
            Optional<List<byte[]>> octets = HexText.parse(text);
            octets.ifPresent(payloads::addAll);
            if (octets.isEmpty()) {
                sections = new TextSections(new BufferedReader(new StringReader(text)));
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(name + ": " + e.getMessage(), e);
        }
    }

    /** The text that octets are, unless they have control characters or are not UTF-8: then they are a payload. */
    private static Optional<String> text(byte[] content) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.chars().anyMatch(c -> c != '\f' && Character.isISOControl(c) && !Character.isWhitespace(c))
                    ? Optional.empty()
                    : Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** What the user calls this. */
    String name() {
        return name;
    }

    /** Whether payloads come with time and addresses. */
    boolean isCapture() {
        return capture != null;
    }

    /** How many UDP datagrams up to here were no DHCP. */
    long others() {
        return others;
    }

    /** The next DHCP message, readable or not; empty at the end. */
    Optional<Payload> next() throws CommandFailure, IOException {
        if (capture != null) {
            try {
                return nextCaptured(capture);
            } catch (DhcpFormatException e) {
                throw new CommandFailure(name + ": " + e.getMessage() + "; all before it was read", e);
            }
        }
        if (sections != null) {
            try {
                return sections.next(family).map(message -> payload(message.encode()));
            } catch (CommandFailure e) {
                throw new CommandFailure(
                        name + ", " + e.getMessage() + " (read as text, as it is neither a capture nor hexadecimal)",
                        e);
            }
        }
        return Optional.ofNullable(payloads.poll()).map(MessageInput::payload);
    }

    private static Payload payload(byte[] octets) {
        return new Payload(octets, Optional.empty());
    }

    /** DHCP has its ports, but servers on trial have others: the magic cookie is good enough for them. */
    private Optional<Payload> nextCaptured(CaptureReader reader) throws IOException {
        for (Optional<CapturedDatagram> next = reader.next(); next.isPresent(); next = reader.next()) {
            byte[] octets = next.get().payload();
            if (next.get().isDhcp() || DecodedMessage.hasMagicCookie(octets)) {
                return Optional.of(new Payload(octets, next.map(Seen::of)));
            }
            others++;
        }
        return Optional.empty();
    }

    /** Says which frames of a capture could not be read. */
    void printNotes(PrintWriter err) {
        if (capture == null) {
            return;
        }
        List<String> notes = capture.notes();
        notes.forEach(note -> err.println("pxekit: " + name + ": " + note));
        if (capture.skipped() > notes.size()) {
            err.println("pxekit: " + name + ": " + capture.skipped() + " frames could not be read in all");
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
