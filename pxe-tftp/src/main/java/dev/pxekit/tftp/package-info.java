/**
 * TFTP (RFC 1350) with option negotiation (RFC 2347), block size (RFC 2348), timeout and transfer size (RFC 2349) and
 * windows (RFC 7440).
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>{@link dev.pxekit.tftp.TftpServer} serves what {@link dev.pxekit.tftp.TftpFiles} finds, read only;
 *   <li>{@link dev.pxekit.tftp.TftpClient} fetches a file, or asks only for its size;
 *   <li>{@link dev.pxekit.tftp.TransferListener} watches either of them;
 *   <li>{@link dev.pxekit.tftp.TftpCodec} turns bytes into {@link dev.pxekit.tftp.TftpPacket}s and back.
 * </ul>
 *
 * <p>Map of the internals. {@code TransferSender} and {@code TransferReceiver} are the two ends of a transfer as pure state
 * machines: packets, ticks and loaded blocks in; packets and a deadline out; no clock, socket or thread of their own.
 * {@code ServerTransfer} joins a sender to a socket, a {@code BlockRing} (the blocks in flight and one window of read-ahead)
 * and the executor; {@code ClientTransfer} joins a receiver to a socket and a sink. {@code RequestHandler} listens on the
 * server's port and decides which request becomes a transfer.
 */
@NullMarked
package dev.pxekit.tftp;

import org.jspecify.annotations.NullMarked;
