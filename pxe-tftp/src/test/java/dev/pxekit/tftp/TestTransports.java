package dev.pxekit.tftp;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** The transports that this machine has, to run the same tests on all of them. */
final class TestTransports {

    private TestTransports() {}

    static Stream<TftpServer.Transport> all() {
        return EpollTransport.unavailability().isEmpty()
                ? Stream.of(TftpServer.Transport.NIO, TftpServer.Transport.EPOLL)
                : Stream.of(TftpServer.Transport.NIO);
    }

    /** Each transport with the usual ports, and each kind of port with one of the transports. */
    static Stream<Arguments> withPorts() {
        return all().flatMap(transport -> Stream.of(
                Arguments.of(transport, TftpServer.Ports.SHARED),
                Arguments.of(
                        transport,
                        transport == TftpServer.Transport.NIO ? TftpServer.Ports.TRANSFER : TftpServer.Ports.SERVER)));
    }
}
