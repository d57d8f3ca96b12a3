package dev.pxekit.tftp;

/** The limits of all transfers of a server together; see {@link TftpServer.Builder} for what each one means. */
record ServerCapacity(int maxTransfers, int maxTransfersPerClient, long maxMemory) {

    /** The JVM allows as much memory outside the heap as in it, if it is not told otherwise. */
    static final ServerCapacity DEFAULT = new ServerCapacity(
            4096, 1024, Math.min(256L << 20, Runtime.getRuntime().maxMemory() / 2));

    ServerCapacity withMaxTransfers(int transfers) {
        return new ServerCapacity(transfers, maxTransfersPerClient, maxMemory);
    }

    ServerCapacity withMaxTransfersPerClient(int transfers) {
        return new ServerCapacity(maxTransfers, transfers, maxMemory);
    }

    ServerCapacity withMaxMemory(long bytes) {
        return new ServerCapacity(maxTransfers, maxTransfersPerClient, bytes);
    }
}
