package dev.pxekit.tftp;

import java.util.concurrent.Executor;

/** What a transfer needs to know of its server. */
record ServerSettings(
        TftpFiles files,
        OptionPolicy optionPolicy,
        Executor executor,
        TransferListener listener,
        ServerLimits limits,
        ServerCapacity capacity) {}
