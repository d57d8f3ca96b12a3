/** Boot servers put together from PXE Kit's modules, and the {@code pxekit} command line. */
module dev.pxekit.examples {
    requires static org.jspecify;
    requires transitive dev.pxekit.dhcp;
    requires transitive dev.pxekit.iso;
    requires transitive dev.pxekit.tftp;
    requires dev.pxekit.ipxe;
    requires dev.pxekit.kickstart;
    requires info.picocli;
    requires java.net.http;
    requires org.eclipse.jetty.server;
    requires org.slf4j;

    exports dev.pxekit.examples;
    exports dev.pxekit.examples.http;

    opens dev.pxekit.examples.cli to
            info.picocli;
}
