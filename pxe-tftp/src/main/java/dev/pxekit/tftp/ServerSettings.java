package dev.pxekit.tftp;

import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a transfer needs to know of its server.
 *
 * @param uploads empty for a server that is read only
 * @param executor where transfers that are read do what may block
 * @param writeExecutor where those that are written do
 * @param writeLimits the limits of transfers that are written; the others are read
 * @param multicast empty for a server that does not send to groups
 */
record ServerSettings(
        TftpFiles files,
        Optional<TftpUploads> uploads,
        OptionPolicy optionPolicy,
        Executor executor,
        Executor writeExecutor,
        TransferListener listener,
        ServerLimits limits,
        ServerLimits writeLimits,
        ServerCapacity capacity,
        Optional<MulticastAddresses> multicast) {}
