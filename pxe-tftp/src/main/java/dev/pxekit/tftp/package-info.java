/**
 * TFTP (RFC 1350) with option negotiation (RFC 2347), block size (RFC 2348), timeout and transfer size (RFC 2349), multicast
 * (RFC 2090) and windows (RFC 7440).
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>{@link dev.pxekit.tftp.TftpServer} serves what {@link dev.pxekit.tftp.TftpFiles} finds, such as
 *       {@link dev.pxekit.tftp.DirectoryFiles} under names that {@link dev.pxekit.tftp.NameRule}s have changed, and takes what
 *       {@link dev.pxekit.tftp.TftpUploads} allows;
 *   <li>{@link dev.pxekit.tftp.TftpClient} fetches and sends files, or asks for the size of one;
 *   <li>{@link dev.pxekit.tftp.TransferListener} watches either of them;
 *   <li>{@link dev.pxekit.tftp.TftpCodec} turns bytes into {@link dev.pxekit.tftp.TftpPacket}s and back.
 * </ul>
 *
 * <p>Map of the internals. {@code TransferSender} and {@code TransferReceiver} are the two ends of a transfer as pure state
 * machines: packets and ticks in; packets and a deadline out; no clock, socket or thread of their own. On a server
 * {@code RequestPorts} open the ports where a {@code RequestHandler} takes requests; what becomes a transfer is in the
 * {@code TransferRegistry}. {@code ReadTransfer} joins a sender to a {@code ServerPort}, which many share, and to the packets of
 * a {@code PacketImage}, which all readers of a file share and the {@code PacketCache} bounds; {@code WriteTransfer} joins
 * a receiver to a port and a sink; {@code MulticastTransfer} is one client of a {@code MulticastGroup}. A
 * {@code DatagramTransport} is Netty's NIO or its native epoll. On a client {@code ClientRead} and {@code ClientWrite} join the
 * machines to a socket on the calling thread; {@code ClientMulticastRead} changes to a {@code MulticastReceiver}, the other
 * {@code ReceivingMachine}, when the server names a group.
 */
@NullMarked
package dev.pxekit.tftp;

import org.jspecify.annotations.NullMarked;
