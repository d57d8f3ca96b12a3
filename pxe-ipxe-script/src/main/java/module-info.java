/**
 * iPXE scripts and the other boot menus that firmware reads: parse, build, simulate. {@link dev.pxekit.ipxe} has the
 * script language, {@link dev.pxekit.menu} the menu formats that turn into iPXE scripts.
 */
module dev.pxekit.ipxe {
    requires static org.jspecify;

    exports dev.pxekit.ipxe;
    exports dev.pxekit.menu;
}
