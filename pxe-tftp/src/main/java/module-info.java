/** TFTP: packets, a windowed server over any file system, and a blocking client. */
module dev.pxekit.tftp {
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires io.netty.common;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.pxekit.tftp;
}
