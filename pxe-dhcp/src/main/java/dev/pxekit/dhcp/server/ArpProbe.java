package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes the system ask for an address by ARP, with a datagram to the discard port, and reads the answer off its table. */
final class ArpProbe implements ConflictDetector {

    private static final Path TABLE = Path.of("/proc/net/arp");
    private static final int DISCARD_PORT = 9;
    private static final int REACHABLE_MILLISECONDS = 400;

    /** Column of flags and the one that says that the hardware address is known: proc(5), ATF_COM. */
    private static final int FLAGS = 2;

    private static final int COMPLETE = 2;
    private static final int HARDWARE_ADDRESS = 3;

    /** Waits, in milliseconds, between looks at the table. */
    private static final List<Integer> WAITS = List.of(2, 5, 10, 20, 40, 80, 160, 200);

    @Override
    public boolean isInUse(Inet4Address address, HardwareAddress client) throws IOException {
        Optional<HardwareAddress> before = holder(address, table());
        if (before.isPresent()) {
            // The system may remember a neighbour long after it is gone.
            return !before.get().equals(client) && address.isReachable(REACHABLE_MILLISECONDS);
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[0], 0, address, DISCARD_PORT));
        }
        for (int wait : WAITS) {
            try {
                Thread.sleep(wait);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            Optional<HardwareAddress> holder = holder(address, table());
            if (holder.isPresent()) {
                return !holder.get().equals(client);
            }
        }
        return false;
    }

    private static List<String> table() throws IOException {
        return Files.readAllLines(TABLE, StandardCharsets.US_ASCII);
    }

    /** The hardware address beside an address in the table. */
    static Optional<HardwareAddress> holder(Inet4Address address, List<String> table) {
        return table.stream()
                .map(line -> List.of(line.trim().split("\\s+")))
                .filter(columns -> columns.size() > HARDWARE_ADDRESS
                        && columns.get(0).equals(address.getHostAddress())
                        && (Integer.decode(columns.get(FLAGS)) & COMPLETE) != 0)
                .map(columns -> HardwareAddress.parse(columns.get(HARDWARE_ADDRESS)))
                .findFirst();
    }
}
