package dev.pxekit.examples.cli;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The IPv4 interfaces of this machine, by name. */
final class Interfaces {

    private Interfaces() {}

    /** An interface, our address on it, and the length of its network's prefix. */
    record Served(String name, Inet4Address address, int prefixLength) {}

    /** Finds an interface by its name, whatever addresses it has. */
    static NetworkInterface find(String name) throws CommandFailure, SocketException {
        NetworkInterface found = NetworkInterface.getByName(name);
        if (found == null) {
            throw new CommandFailure("no interface " + name + "; this machine has " + names()
                    + " (those without any address are not seen)");
        }
        return found;
    }

    /** Finds an interface by its name. It may have no carrier yet: machines are often plugged in after the server is started. */
    static Served named(String name) throws CommandFailure, SocketException {
        return served(find(name))
                .orElseThrow(() -> new CommandFailure("interface " + name
                        + " has no IPv4 address: give it one, such as with: ip addr add 10.77.0.1/24 dev " + name));
    }

    /** The one interface that is up, has an IPv4 address and is not the loopback one. */
    static Served only() throws CommandFailure, SocketException {
        List<Served> candidates = NetworkInterface.networkInterfaces()
                .filter(Interfaces::isUsable)
                .flatMap(candidate -> served(candidate).stream())
                .toList();
        if (candidates.size() != 1) {
            throw new CommandFailure("say which interface to use with --interface IF; this machine has " + names());
        }
        return candidates.get(0);
    }

    /** The one interface that is up, has an IPv6 link-local address and is not the loopback one. */
    static NetworkInterface onlyLinkLocal() throws CommandFailure, SocketException {
        List<NetworkInterface> candidates = NetworkInterface.networkInterfaces()
                .filter(Interfaces::isUsable)
                .filter(candidate -> candidate
                        .inetAddresses()
                        .anyMatch(address -> address instanceof Inet6Address && address.isLinkLocalAddress()))
                .toList();
        if (candidates.size() != 1) {
            throw new CommandFailure("say which interface to ask on with --interface IF; this machine has " + names());
        }
        return candidates.get(0);
    }

    /** Those that are up and where multicasts are heard. */
    static List<NetworkInterface> multicast() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .filter(Interfaces::isUsable)
                .filter(Interfaces::hasMulticast)
                .toList();
    }

    private static boolean hasMulticast(NetworkInterface candidate) {
        try {
            return candidate.supportsMulticast();
        } catch (SocketException e) {
            return false; // it went away while we looked
        }
    }

    private static Optional<Served> served(NetworkInterface candidate) {
        return candidate.getInterfaceAddresses().stream()
                .filter(address -> address.getAddress() instanceof Inet4Address)
                .findFirst()
                .map(address -> served(candidate, address));
    }

    private static Served served(NetworkInterface candidate, InterfaceAddress address) {
        return new Served(candidate.getName(), (Inet4Address) address.getAddress(), address.getNetworkPrefixLength());
    }

    private static boolean isUsable(NetworkInterface candidate) {
        try {
            return candidate.isUp() && !candidate.isLoopback();
        } catch (SocketException e) {
            return false; // it went away while we looked
        }
    }

    private static String names() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .filter(Objects::nonNull)
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
