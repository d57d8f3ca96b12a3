package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpFormatException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a client asks, and which datagrams answer it. */
interface Question<M> {

    /** The octets to send; each repetition says how long the client has been asking. */
    byte[] octets(Duration elapsed);

    /** The message in a datagram, if it answers this question. */
    Optional<M> answer(ByteBuffer datagram) throws DhcpFormatException;

    /** Whether these answers, the first of which is the oldest, make waiting for more of them useless. */
    default boolean isEnough(List<M> answers) {
        return false;
    }
}
