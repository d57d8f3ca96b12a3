package dev.pxekit.dhcp.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a server does with its datagrams. Safe for use by several threads. */
public interface DatagramHandler {

    /**
     * Tells clients apart: datagrams with the same number are answered one after the other in the order in which they came,
     * and share their client's rate. Called on the event loop: it must be quick and not throw, whatever the octets.
     *
     * @param octets the datagram
     * @param sender where it came from
     * @return a hash of what the client is known by
     */
    long client(byte[] octets, InetSocketAddress sender);

    /**
     * Answers a datagram, or does not. Called on the executor, by several threads at once; may block.
     *
     * @param received the datagram
     * @param replies for the answer; of use until this returns and all is done that is to be done {@link Replies#after after} it
     */
    void answer(Received received, Replies replies);

    /** The way back. */
    interface Replies {

        /**
         * Sends a datagram from the address that the request was for; returns before it is sent.
         *
         * @param octets what to send, the service's from now on
         * @param target where to
         */
        void send(byte[] octets, InetSocketAddress target);

        /**
         * Goes on with the answer, on the executor, when something else is done.
         *
         * @param event what to wait for
         * @param rest what is left to do, whether the event succeeded or failed
         */
        void after(CompletableFuture<?> event, Runnable rest);

        /**
         * Counts the request as dropped for something that an operator can mend, which is told in the log at once, and then no
         * more than once in some seconds.
         *
         * @param why one of a few texts
         * @param cause what was wrong
         */
        void fail(String why, Throwable cause);

        /**
         * Counts the request as dropped.
         *
         * @param why for the log
         * @param cause what was wrong, if it was an exception
         */
        void drop(String why, @Nullable Throwable cause);
    }
}
