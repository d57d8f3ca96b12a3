package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpOption;
import dev.pxekit.tftp.Transfer;
import dev.pxekit.tftp.TransferListener;
import dev.pxekit.tftp.TransferResult;

/** Shows the one transfer of a TFTP client. */
record TransferProgress(ProgressLine line) implements TransferListener {

    @Override
    public void progress(Transfer transfer, long bytes) {
        line.show(bytes, transfer.options().get(TftpOption.TRANSFER_SIZE).orElse(0L));
    }

    @Override
    public void ended(TransferResult result) {
        line.end();
    }
}
