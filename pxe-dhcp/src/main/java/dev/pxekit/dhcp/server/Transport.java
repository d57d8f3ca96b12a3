package dev.pxekit.dhcp.server;

/**
 * How a server's datagrams get to the kernel and back. The protocol is the same with all of them. What is said of interfaces is for
 * DHCPv4: with DHCPv6 a link-local sender's address tells the interface, and a server can have several with each of them.
 */
public enum Transport {
    /**
     * Epoll where it can be used, else plain Java. A server on one interface that may not bind its sockets to it logs so and
     * answers as with {@link #NIO}.
     */
    AUTO,

    /**
     * Plain Java: works everywhere, but cannot tell which interface a broadcast came in by. So there can be one interface
     * only, and broadcasts of the machine's other interfaces are answered too, with addresses of the server's network.
     */
    NIO,

    /**
     * Netty's native transport for Linux: sockets that are bound to their interface ({@code SO_BINDTODEVICE}), so that a server
     * can have several and hears no broadcasts of others, and many datagrams with a system call. Needs
     * {@code io.netty:netty-transport-native-epoll} on the class path, with the classifier of the machine, and on kernels before
     * 5.7 the capability {@code CAP_NET_RAW}. The server does not start without.
     */
    EPOLL
}
