/** Kickstart files of Anaconda, the installer of Fedora and RHEL: see {@link dev.pxekit.kickstart}. */
module dev.pxekit.kickstart {
    requires static org.jspecify;

    exports dev.pxekit.kickstart;
}
