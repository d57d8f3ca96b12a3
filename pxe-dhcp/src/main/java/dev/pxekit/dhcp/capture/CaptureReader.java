package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the UDP datagrams of a capture file, as tcpdump, Wireshark and this package's {@link CaptureWriter} write them.
 *
 * <pre>{@code
 * try (CaptureReader reader = CaptureReader.open(Path.of("boot.pcapng"))) {
 *     for (var datagram = reader.next(); datagram.isPresent(); datagram = reader.next()) {
 *         datagram.filter(CapturedDatagram::isDhcp).ifPresent(System.out::println);
 *     }
 *     reader.notes().forEach(System.out::println);
 * }
 * }</pre>
 *
 * <p>Formats: pcap (draft-ietf-opsawg-pcap) with times in microseconds or nanoseconds, and pcapng
 * (draft-ietf-opsawg-pcapng) with any number of sections and interfaces, in both byte orders. Link types
 * (<a href="https://www.tcpdump.org/linktypes.html">tcpdump.org/linktypes.html</a>): Ethernet with up to 8 VLAN tags, raw
 * IP (12, 14, 101, 228, 229), BSD loopback (0, 108), Linux cooked capture (113, 276). Over them IPv4 and, with hop-by-hop,
 * routing, destination options and fragment headers, IPv6. Datagrams in fragments are put together, up to 16 at a time.
 *
 * <p>Checksums are not verified, since those of packets that the capturing machine sent are often left to the network
 * card. Frames that are not UDP over IP are passed over. Frames that cannot be read, because the capture cut them short
 * or they are malformed, or of another link type, are not returned either, but {@linkplain #skipped() counted} and
 * {@linkplain #notes() explained}.
 *
 * <p>One frame is in memory at a time, of 256 KiB at most, and up to 16 unfinished datagrams of 64 KiB. Blocks on the
 * stream; not thread safe.
 */
public final class CaptureReader implements Closeable {

    private final CaptureInput input;
    private final FrameSource frames;
    private final SkippedFrames skipped = new SkippedFrames();
    private final FragmentTable fragments = new FragmentTable(skipped);
    private final InternetLayer internetLayer = new InternetLayer(fragments);
    private boolean ended;

    private CaptureReader(InputStream stream) throws IOException {
        this.input = new CaptureInput(new BufferedInputStream(stream));
        this.frames = frames(input);
    }

    /**
     * Opens a capture file.
     *
     * @param file the file
     * @return a reader before the first datagram, which closes the file
     * @throws DhcpFormatException if the file does not begin as a capture file does
     * @throws IOException if the file cannot be read
     */
    public static CaptureReader open(Path file) throws IOException {
        InputStream stream = Files.newInputStream(file);
        try {
            return new CaptureReader(stream);
        } catch (IOException e) {
            try (stream) {
                throw e;
            }
        }
    }

    /**
     * Reads a capture from a stream, such as what {@code tcpdump -w -} writes.
     *
     * @param stream the stream, which the reader closes when it is closed, and reads ahead of
     * @return a reader before the first datagram
     * @throws DhcpFormatException if the stream does not begin as a capture file does
     * @throws IOException if the stream cannot be read
     */
    public static CaptureReader read(InputStream stream) throws IOException {
        return new CaptureReader(stream);
    }

    private static FrameSource frames(CaptureInput input) throws IOException {
        int magic = input.take(4, "magic number").getInt();
        int swapped = Integer.reverseBytes(magic);
        if (magic == PcapngFrames.SECTION_HEADER) {
            return new PcapngFrames(input);
        }
        if (magic == PcapFrames.MICROSECONDS || magic == PcapFrames.NANOSECONDS) {
            return new PcapFrames(input, magic);
        }
        if (swapped == PcapFrames.MICROSECONDS || swapped == PcapFrames.NANOSECONDS) {
            input.order(ByteOrder.LITTLE_ENDIAN);
            return new PcapFrames(input, swapped);
        }
        throw new DhcpFormatException(String.format("magic number %08x (expected: that of pcap or pcapng)", magic), 0);
    }

    /**
     * Reads up to the next UDP datagram.
     *
     * @return the datagram, or empty at the end of the file; empty also after an exception
     * @throws DhcpFormatException if the file is cut or malformed at this place; what came before it was returned by then
     * @throws IOException if the file cannot be read
     */
    public Optional<CapturedDatagram> next() throws IOException {
        Frame frame = nextFrame();
        while (frame != null) {
            CapturedDatagram datagram = datagram(frame);
            if (datagram != null) {
                return Optional.of(datagram);
            }
            frame = nextFrame();
        }
        return Optional.empty();
    }

    private @Nullable Frame nextFrame() throws IOException {
        Frame frame = null;
        try {
            frame = ended ? null : frames.next();
        } finally {
            if (frame == null) {
                ended = true;
                fragments.clear();
            }
        }
        return frame;
    }

    private @Nullable CapturedDatagram datagram(Frame frame) {
        try {
            LinkPayload link = LinkLayer.read(frame);
            UdpDatagram datagram = internetLayer.read(frame, link);
            return datagram == null ? null : new CapturedDatagram(frame, link, datagram);
        } catch (SkippedFrameException e) {
            skipped.add(frame.number(), 1, e.reason());
            return null;
        }
    }

    /**
     * {@return how many frames up to here could not be read; complete at the end of the file, when fragments of datagrams that did
     * not get complete have been added}
     */
    public long skipped() {
        return skipped.count();
    }

    /** {@return why frames could not be read, with their numbers, in the order of reading; the first 100 such notes} */
    public List<String> notes() {
        return skipped.notes();
    }

    /** Closes the file or stream. */
    @Override
    public void close() throws IOException {
        input.close();
    }
}
