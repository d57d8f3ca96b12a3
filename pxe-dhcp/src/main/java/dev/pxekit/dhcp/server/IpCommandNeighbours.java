package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Entries that are made by {@code ip neighbour replace}. They age as learnt ones do. */
final class IpCommandNeighbours implements NeighbourTable {

    private static final int LONGEST_SECONDS = 1;
    private static final int LONGEST_MESSAGE = 200;

    @Override
    public void put(Inet4Address address, HardwareAddress hardwareAddress, NetworkInterface networkInterface)
            throws IOException {
        Process process = new ProcessBuilder(
                        "ip",
                        "neighbour",
                        "replace",
                        address.getHostAddress(),
                        "lladdr",
                        hardwareAddress.toString(),
                        "dev",
                        networkInterface.getName(),
                        "nud",
                        "reachable")
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("ip neighbour took more than " + LONGEST_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                byte[] said = process.getInputStream().readNBytes(LONGEST_MESSAGE);
                throw new IOException("ip neighbour failed: " + new String(said, StandardCharsets.UTF_8).strip()
                        + "; it needs the capability CAP_NET_ADMIN");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }
}
