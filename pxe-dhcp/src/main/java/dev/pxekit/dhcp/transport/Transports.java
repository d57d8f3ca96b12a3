package dev.pxekit.dhcp.transport;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses a transport, with care not to load classes that are not there. */
public final class Transports {

    /** What several interfaces need; for messages. */
    static final String EPOLL_NEEDS =
            "Linux, and io.netty:netty-transport-native-epoll with the classifier of the machine,"
                    + " such as linux-x86_64, on the class path";

    private Transports() {}

    /** {@return plain Java} */
    public static DatagramTransport nio() {
        return new NioTransport();
    }

    /**
     * Netty's native transport.
     *
     * @return the transport, which insists on sockets that are bound to their interface
     * @throws IOException if it cannot be used; the message says what to do
     */
    public static DatagramTransport epoll() throws IOException {
        Optional<Throwable> obstacle = obstacleToEpoll();
        if (obstacle.isPresent()) {
            throw new IOException(
                    "epoll cannot be used: " + obstacle.get().getMessage() + "; it needs " + EPOLL_NEEDS
                            + "; or choose another transport",
                    obstacle.get());
        }
        return new EpollTransport(true);
    }

    /**
     * Netty's native transport where it can be used, else plain Java.
     *
     * @param group the caller's own event loops, which decide, or null
     * @return the transport
     */
    public static DatagramTransport auto(@Nullable EventLoopGroup group) {
        return obstacleToEpoll().isEmpty() && (group == null || EpollTransport.isOf(group))
                ? new EpollTransport(false)
                : new NioTransport();
    }

    private static Optional<Throwable> obstacleToEpoll() {
        try {
            return EpollTransport.unavailability();
        } catch (NoClassDefFoundError e) {
            return Optional.of(e);
        }
    }
}
