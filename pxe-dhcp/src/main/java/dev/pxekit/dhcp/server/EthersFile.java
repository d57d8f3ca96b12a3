package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.net.Inet4Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads ethers(5): a hardware address and a name or an IPv4 address. */
final class EthersFile {

    private static final Pattern HARDWARE_ADDRESS = Pattern.compile("[0-9A-Fa-f]{1,2}(:[0-9A-Fa-f]{1,2}){5}");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");

    private EthersFile() {}

    /** @param hosts the address of each name, in lower case */
    static List<Reservation> read(Path file, Map<String, Inet4Address> hosts) throws IOException {
        List<Reservation> reservations = new ArrayList<>();
        for (ColumnLines.Line line : ColumnLines.read(file)) {
            if (line.columns().size() != 2
                    || !HARDWARE_ADDRESS.matcher(line.columns().get(0)).matches()) {
                throw line.fault("expected a hardware address and a name or address, as in 52:54:00:77:00:01 node1");
            }
            Reservation.Builder reservation =
                    Reservation.builder(hardwareAddress(line.columns().get(0)));
            String host = line.columns().get(1);
            if (ADDRESS.matcher(host).matches()) {
                reservations.add(reservation.address(address(line, host)).build());
                continue;
            }
            Inet4Address address = hosts.get(host.toLowerCase(Locale.ROOT));
            if (address != null) {
                reservations.add(reservation.address(address).hostName(host).build());
            }
        }
        return List.copyOf(reservations);
    }

    /** Octets may have one digit, as ether_aton(3) reads them. */
    private static HardwareAddress hardwareAddress(String text) {
        byte[] octets = new byte[6];
        String[] parts = text.split(":", -1);
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return HardwareAddress.of(octets);
    }

    private static Inet4Address address(ColumnLines.Line line, String text) throws IOException {
        try {
            return Ipv4.parse(text);
        } catch (IllegalArgumentException e) {
            throw line.fault(text + " is no IPv4 address", e);
        }
    }
}
