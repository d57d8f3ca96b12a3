package dev.pxekit.dhcp.v6;

/** A value with options in it. */
interface OptionHolder {

    /** The options in the value. */
    Dhcp6Options options();
}
