package dev.pxekit.tftp;

/** The limits of all transfers of a server together; see {@link TftpServer.Builder} for what each one means. */
record ServerCapacity(int maxTransfers, int maxTransfersPerClient, long maxMemory) {

    static final ServerCapacity DEFAULT = new ServerCapacity(4096, 1024, 256L << 20);

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
