package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Duid;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The interfaces of a server as they are when it starts. */
final class Interfaces6 {

    private final List<NetworkInterface> interfaces;

    private Interfaces6(List<NetworkInterface> interfaces) {
        this.interfaces = interfaces;
    }

    static Interfaces6 of(List<String> names) throws IOException {
        List<NetworkInterface> found = new ArrayList<>();
        for (String name : names) {
            NetworkInterface networkInterface = NetworkInterface.getByName(name);
            if (networkInterface == null) {
                String all = NetworkInterface.networkInterfaces()
                        .map(NetworkInterface::getName)
                        .sorted()
                        .collect(Collectors.joining(", "));
                throw new IOException("no interface " + name + " (there are: " + all + ")");
            }
            found.add(networkInterface);
        }
        return new Interfaces6(found);
    }

    static Interfaces6 of(Inet6Address address) throws IOException {
        NetworkInterface networkInterface = NetworkInterface.getByInetAddress(address);
        if (networkInterface == null) {
            throw new IOException("no interface has the address " + Ipv6.toString(address));
        }
        return new Interfaces6(List.of(networkInterface));
    }

    List<NetworkInterface> list() {
        return interfaces;
    }

    /** The IPv6 addresses of each, without scopes. */
    Map<String, List<Inet6Address>> addresses() {
        Map<String, List<Inet6Address>> addresses = new LinkedHashMap<>();
        for (NetworkInterface networkInterface : interfaces) {
            addresses.put(
                    networkInterface.getName(),
                    networkInterface
                            .inetAddresses()
                            .filter(Inet6Address.class::isInstance)
                            .map(address -> Ipv6.of(address.getAddress()))
                            .toList());
        }
        return addresses;
    }

    /** A DUID-LL of the first interface. */
    Duid linkLayerDuid() throws IOException {
        NetworkInterface first = interfaces.get(0);
        byte[] address = first.getHardwareAddress();
        if (address == null || address.length == 0) {
            throw new IOException("interface " + first.getName()
                    + " has no hardware address to make a server identifier of: set one with serverIdentifier(duid)");
        }
        return Duid.linkLayer(HardwareAddress.of(address));
    }
}
