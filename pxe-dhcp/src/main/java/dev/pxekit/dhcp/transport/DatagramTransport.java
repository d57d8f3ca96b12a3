package dev.pxekit.dhcp.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.util.concurrent.ThreadFactory;

/** How datagrams get to the kernel and out of it. Thread safe. */
public interface DatagramTransport {

    /** The longest there are: Netty's own default, 2048 octets, would cut longer packets without a word. */
    int LONGEST_DATAGRAM = 65_535;

    /** Octets that a socket holds until they are read, if the system allows as many: a thousand packets and more. */
    int RECEIVE_BUFFER = 4 << 20;

    /**
     * Event loops for the channels.
     *
     * @param threads how many
     * @param factory makes the threads
     * @return to be shut down
     */
    EventLoopGroup newGroup(int threads, ThreadFactory factory);

    /**
     * A channel that is neither registered nor bound yet, ready to receive the longest datagrams.
     *
     * @param family of its addresses
     * @return the channel
     * @throws IOException if there can be no more sockets
     */
    DatagramChannel newChannel(StandardProtocolFamily family) throws IOException;

    /** {@return whether a socket that is not bound to its interface is of no use} */
    boolean requiresInterfaces();

    /**
     * Binds a socket to an interface, so that it receives only what comes in there.
     *
     * @param channel open, not bound
     * @param interfaceName such as {@code eth0}
     * @throws IOException if it cannot, or the process may not; the message says what it needs
     */
    void bindToInterface(DatagramChannel channel, String interfaceName) throws IOException;
}
