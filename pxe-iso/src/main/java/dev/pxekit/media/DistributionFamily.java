package dev.pxekit.media;

/** Distributions that share their way of installing over the network. More families, more constants. */
public enum DistributionFamily {
    /** Installed by Anaconda: Fedora, RHEL, CentOS, Rocky Linux, AlmaLinux, Oracle Linux, openEuler, Kylin Server. */
    RED_HAT,
    /** Installed by debian-installer: Debian and its derivatives. */
    DEBIAN,
    /** Ubuntu and its derivatives: a casper live system, before 20.04 also debian-installer. */
    UBUNTU
}
