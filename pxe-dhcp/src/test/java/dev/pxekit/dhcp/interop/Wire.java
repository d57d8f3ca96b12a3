package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.capture.CaptureReader;
import dev.pxekit.dhcp.capture.CapturedDatagram;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** What passes an interface, as tcpdump sees it there, told apart by the hardware addresses of clients. */
final class Wire {

    private final Map<HardwareAddress, BlockingQueue<Message>> messages = new ConcurrentHashMap<>();

    private Wire() {}

    /** Begins to listen on an interface of a namespace. */
    static Wire tap(Namespace namespace, String networkInterface) throws IOException {
        Wire wire = new Wire();
        Program tcpdump = namespace.startPiped(
                "tcpdump",
                "-i",
                networkInterface,
                "-n",
                "-U",
                "--immediate-mode",
                "-w",
                "-",
                "udp port 67 or udp port 68");
        // tcpdump writes the head of the file when it has begun to listen.
        CaptureReader reader = CaptureReader.read(tcpdump.output());
        Thread thread = new Thread(() -> wire.read(reader), "capture");
        thread.setDaemon(true);
        thread.start();
        return wire;
    }

    private void read(CaptureReader reader) {
        try (reader) {
            for (Optional<CapturedDatagram> next = reader.next(); next.isPresent(); next = reader.next()) {
                Message message =
                        new Message(next.get(), DhcpCodec.decode(next.get().payload()));
                queue(message.packet().clientHardwareAddress()).add(message);
            }
        } catch (IOException e) {
            // The end of tcpdump, in the middle of a frame perhaps. A test that still waits says what it waits for.
        }
    }

    private BlockingQueue<Message> queue(HardwareAddress client) {
        return messages.computeIfAbsent(client, address -> new LinkedBlockingQueue<>());
    }

    /** What a client says and hears from now on. */
    Conversation conversation(Namespace client) throws IOException {
        BlockingQueue<Message> queue = queue(client.hardwareAddress());
        queue.clear();
        return new Conversation(queue);
    }
}
