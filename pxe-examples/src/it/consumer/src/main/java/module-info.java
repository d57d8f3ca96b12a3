module consumer {
    requires dev.pxekit.dhcp;
    requires dev.pxekit.tftp;
    requires dev.pxekit.ipxe;
    requires dev.pxekit.kickstart;
    requires dev.pxekit.iso;
}
