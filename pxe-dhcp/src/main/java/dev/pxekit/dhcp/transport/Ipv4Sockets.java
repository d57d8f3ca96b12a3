package dev.pxekit.dhcp.transport;

import dev.pxekit.dhcp.internal.Ipv4;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of an IPv4 service: for each address one that is bound to it, and, where broadcasts are to be received, one on
 * 0.0.0.0, as no other gets them. The latter is bound to the interface of the address, so that it hears nobody else's
 * broadcasts; where that is not possible there can be one address only, as nothing tells which interface a broadcast came in
 * by. Replies leave by the socket of the address, which is their source and picks the interface of broadcasts. Loopback has no
 * broadcasts: one socket does.
 */
final class Ipv4Sockets {

    private static final Logger LOG = LoggerFactory.getLogger(Ipv4Sockets.class);

    private final DatagramService service;
    private final DatagramTransport transport;
    private final AnswerQueue answers;
    private final DatagramHandler handler;

    Ipv4Sockets(DatagramService service, DatagramTransport transport, AnswerQueue answers, DatagramHandler handler) {
        this.service = service;
        this.transport = transport;
        this.answers = answers;
        this.handler = handler;
    }

    /** Opens them; the port is 0 for any free one. Gives the first address, and the port. */
    InetSocketAddress open(List<Inet4Address> addresses, int port, boolean broadcasts) throws IOException {
        Map<Inet4Address, String> networks = new LinkedHashMap<>();
        for (Inet4Address address : addresses) {
            if (broadcasts && !address.isLoopbackAddress()) {
                networks.put(address, interfaceName(address));
            }
        }
        boolean bindable = canBindToInterfaces(networks);
        int chosen = port;
        if (addresses.size() > 1 || !networks.isEmpty()) {
            chosen = PortProbe.check(probes(addresses, networks, bindable), port);
        }
        for (Inet4Address address : addresses) {
            String broadcastInterface = networks.get(address);
            Inlet inlet = inlet(address);
            DatagramChannel own = open(address, chosen, !networks.isEmpty(), null, inlet);
            chosen = own.localAddress().getPort();
            Outlet replies = new Outlet(own, answers.drops());
            inlet.replyBy(replies);
            if (broadcastInterface != null) {
                Inlet second = inlet(address);
                second.replyBy(replies);
                open(Ipv4.ANY, chosen, true, bindable ? broadcastInterface : null, second);
            }
        }
        return new InetSocketAddress(addresses.get(0), chosen);
    }

    private boolean canBindToInterfaces(Map<Inet4Address, String> networks) throws IOException {
        Set<String> names = new HashSet<>(networks.values());
        if (names.size() < networks.size()) {
            throw new IOException("cannot serve several addresses of one interface, whose broadcasts would be answered"
                    + " several times: bind one of each (" + networks + ")");
        }
        if (networks.isEmpty() || names.contains("")) {
            return false; // An address that is no interface's is found out when it is bound.
        }
        Optional<IOException> obstacle = obstacle(names.iterator().next());
        if (obstacle.isEmpty()) {
            return true;
        }
        if (networks.size() > 1 || transport.requiresInterfaces()) {
            throw new IOException(
                    obstacle.get().getMessage() + "; without that nothing tells by which of " + names
                            + " a broadcast came in: bind a single address, or one for each of several servers in network"
                            + " namespaces of their own",
                    obstacle.get());
        }
        LOG.atInfo().log(
                "broadcasts of all interfaces are answered: {}", obstacle.get().getMessage());
        return false;
    }

    /** Why a socket cannot be bound to the interface. */
    private Optional<IOException> obstacle(String interfaceName) throws IOException {
        DatagramChannel trial = transport.newChannel(StandardProtocolFamily.INET);
        try {
            transport.bindToInterface(trial, interfaceName);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        } finally {
            trial.unsafe().closeForcibly();
        }
    }

    private List<PortProbe.Probe> probes(
            List<Inet4Address> addresses, Map<Inet4Address, String> networks, boolean bindable) {
        List<PortProbe.Probe> probes = new ArrayList<>();
        for (Inet4Address address : addresses) {
            String broadcastInterface = networks.get(address);
            probes.add(bindable && broadcastInterface != null ? probe(broadcastInterface) : PortProbe.on(address));
        }
        if (!bindable && !networks.isEmpty()) {
            probes.add(PortProbe.on(Ipv4.ANY));
        }
        return probes;
    }

    /** Another server on another interface has nothing to do with ours. */
    private PortProbe.Probe probe(String interfaceName) {
        return port -> {
            DatagramChannel channel = open(Ipv4.ANY, port, false, interfaceName, new ChannelInboundHandlerAdapter());
            try {
                return channel.localAddress().getPort();
            } finally {
                channel.close().awaitUninterruptibly();
            }
        };
    }

    private Inlet inlet(Inet4Address address) throws IOException {
        return new Inlet(answers, handler, address, interfaceName(address), Map.of());
    }

    private DatagramChannel open(
            Inet4Address address,
            int port,
            boolean shared,
            @Nullable String interfaceName,
            ChannelInboundHandlerAdapter inlet)
            throws IOException {
        return service.bind(
                StandardProtocolFamily.INET, new InetSocketAddress(address, port), shared, interfaceName, inlet);
    }

    private static String interfaceName(Inet4Address address) throws IOException {
        NetworkInterface networkInterface = NetworkInterface.getByInetAddress(address);
        return networkInterface == null ? "" : networkInterface.getName();
    }
}
