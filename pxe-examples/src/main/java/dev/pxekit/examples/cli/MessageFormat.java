package dev.pxekit.examples.cli;

/** How {@code pxekit dhcp decode} shows messages. */
enum MessageFormat {
    /** The lines that {@code encode} reads. */
    TEXT,

    /** Conversations with a line for each message. */
    SUMMARY,

    /** A JSON object on one line for each message. */
    JSON,

    /** The octets on one line for each message. */
    HEX
}
