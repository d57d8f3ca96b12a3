package dev.pxekit.examples.cli;

import picocli.CommandLine.Option;

/** Where a DHCP server listens and replies; for trying it without privileges. */
final class DhcpPortOptions {

    @Option(names = "--port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}; firmware asks no other.")
    private int port = 67;

    @Option(
            names = "--reply-to-sender",
            description = "Send replies where requests come from, for trying it over loopback.")
    private boolean replyToSender;

    int port() {
        return port;
    }

    boolean isReplyToSender() {
        return replyToSender;
    }
}
