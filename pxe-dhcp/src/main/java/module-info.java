/**
 * DHCP for network boot: packet codecs, the options that PXE, UEFI HTTP boot and iPXE use, a DHCP server, a proxy DHCP
 * server and a client.
 */
module dev.pxekit.dhcp {
    requires transitive io.netty.buffer;
    requires transitive io.netty.transport;
    requires transitive java.sql;
    requires io.netty.common;
    requires static io.netty.transport.classes.epoll;
    requires static io.netty.transport.unix.common;
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.pxekit.dhcp;
    exports dev.pxekit.dhcp.capture;
    exports dev.pxekit.dhcp.client;
    exports dev.pxekit.dhcp.lease;
    exports dev.pxekit.dhcp.pxe;
    exports dev.pxekit.dhcp.server;
    exports dev.pxekit.dhcp.v6;
}
