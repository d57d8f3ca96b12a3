package dev.pxekit.media;

/** Systems that share their way of installing. More families, more constants. */
public enum DistributionFamily {
    /** Installed by Anaconda: Fedora, RHEL, CentOS, Rocky Linux, AlmaLinux, Oracle Linux, openEuler, Kylin Server; and their live discs. */
    RED_HAT,
    /** Fedora CoreOS, RHEL CoreOS: a live system that Ignition configures. */
    COREOS,
    /** Installed by debian-installer: Debian and its derivatives; and their live discs. */
    DEBIAN,
    /** Ubuntu and its derivatives: a casper live system, up to 20.04 also debian-installer. */
    UBUNTU,
    /** openSUSE and SUSE Linux Enterprise: YaST with AutoYaST, from version 16 on Agama. */
    SUSE,
    /** Arch Linux. */
    ARCH,
    /** Alpine Linux. */
    ALPINE,
    /** VMware ESXi. */
    ESXI,
    /** Windows from Vista on. */
    WINDOWS
}
