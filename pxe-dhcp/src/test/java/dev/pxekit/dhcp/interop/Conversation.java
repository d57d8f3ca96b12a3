package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What one client says and hears, read in order. */
final class Conversation {

    private final BlockingQueue<Message> messages;
    private final List<Message> before = new ArrayList<>();

    Conversation(BlockingQueue<Message> messages) {
        this.messages = messages;
    }

    /** Waits for the next message of a kind, such as {@code REQUEST renewing}, past others. */
    Message next(String what) {
        return next(what, Program.LONG);
    }

    Message next(String what, Duration limit) {
        return next(Set.of(what), limit);
    }

    private Message next(Set<String> what, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Message message;
            try {
                message = messages.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
            if (message == null) {
                throw new AssertionError("no " + String.join(" or ", what) + " after " + before.size() + " messages:\n"
                        + before.stream().map(Message::toString).collect(Collectors.joining("\n")));
            }
            before.add(message);
            if (what.contains(message.what())) {
                return message;
            }
        }
    }

    /** Waits for a request of a kind and the reply to it, by its relay agent, and checks what RFC 2131 table 3 says of every reply. */
    DhcpPacket exchange(String request, String reply) {
        return exchange(request, reply, Program.LONG);
    }

    DhcpPacket exchange(String request, String reply, Duration limit) {
        DhcpPacket asked = next(request, limit).packet();
        DhcpPacket answer = null;
        while (answer == null) {
            Message message = next(Set.of(request, reply), Program.LONG);
            DhcpPacket packet = message.packet();
            boolean sameConversation = packet.transactionId() == asked.transactionId();
            if (message.what().equals(request)) {
                asked = sameConversation
                        ? asked
                        : packet; // begun anew: a slow answer to the one before is none to this
            } else if (sameConversation && packet.relayAgent().equals(asked.relayAgent())) {
                // ISC's dhcrelay overhears what passes by it to the server and sends that too: the reply to it is none
                // to this.
                answer = packet;
            }
        }
        assertThat(answer.operation()).as("op").isEqualTo(2);
        assertThat(answer.options().contains(DhcpOption.SERVER_IDENTIFIER))
                .as("option 54")
                .isTrue();
        assertThat(answer.options().get(DhcpOption.CLIENT_IDENTIFIER))
                .as("option 61, RFC 6842 §3")
                .isEqualTo(asked.options().get(DhcpOption.CLIENT_IDENTIFIER));
        return answer;
    }

    /** A DISCOVER with its OFFER and a REQUEST with its ACK. */
    DhcpPacket lease() {
        DhcpPacket offer = exchange("DISCOVER", "OFFER");
        DhcpPacket acknowledgement = exchange("REQUEST selecting", "ACK");
        assertThat(acknowledgement.yourAddress()).as("yiaddr").isEqualTo(offer.yourAddress());
        return acknowledgement;
    }
}
