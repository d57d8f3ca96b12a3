package dev.pxekit.tftp;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses a transport, with care not to load classes that are not there. */
final class Transports {

    private Transports() {}

    /**
     * The transport to use.
     *
     * @param group the caller's own event loops, if any
     * @throws IOException if epoll is asked for and cannot be used; the message says what to do
     */
    static DatagramTransport of(TftpServer.Transport choice, @Nullable EventLoopGroup group) throws IOException {
        return switch (choice) {
            case NIO -> new NioTransport();
            case EPOLL -> {
                Optional<Throwable> obstacle = obstacleToEpoll();
                if (obstacle.isPresent()) {
                    throw new IOException(
                            "epoll cannot be used: " + obstacle.get().getMessage()
                                    + "; it needs Linux, and io.netty:netty-transport-native-epoll with the classifier of"
                                    + " the machine, such as linux-x86_64, on the class path; or choose another transport",
                            obstacle.get());
                }
                yield new EpollTransport();
            }
            case AUTO ->
                obstacleToEpoll().isEmpty() && (group == null || EpollTransport.isOf(group))
                        ? new EpollTransport()
                        : new NioTransport();
        };
    }

    private static Optional<Throwable> obstacleToEpoll() {
        try {
            return EpollTransport.unavailability();
        } catch (NoClassDefFoundError e) {
            return Optional.of(e);
        }
    }
}
