package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A DHCPv6 message that asks: its answers are for clients, with its transaction id and DUID. */
final class MessageQuestion implements Question<Dhcp6Message> {

    /** An ADVERTISE with it ends the wait for others (RFC 8415 §18.2.1). */
    private static final int HIGHEST_PREFERENCE = 255;

    /** Where a message seems to come through. */
    record Relay(Inet6Address linkAddress, Inet6Address peerAddress) {}

    private final Dhcp6Message message;
    private final Optional<Relay> relay;
    private final Predicate<Dhcp6Message> accepted;

    MessageQuestion(Dhcp6Message message, Optional<Relay> relay, Predicate<Dhcp6Message> accepted) {
        this.message = message;
        this.relay = relay;
        this.accepted = accepted;
    }

    @Override
    public byte[] octets(Duration elapsed) {
        Dhcp6Message timed =
                message.toBuilder().option(Dhcp6Option.ELAPSED_TIME, elapsed).build();
        return Dhcp6Codec.encode(relay.map(agent -> Dhcp6Message.relay(timed, agent.linkAddress, agent.peerAddress)
                        .build())
                .orElse(timed));
    }

    @Override
    public Optional<Dhcp6Message> answer(ByteBuffer datagram) throws DhcpFormatException {
        Dhcp6Message received = Dhcp6Codec.decode(datagram);
        return (relay.isPresent() ? received.relayed() : Optional.of(received))
                .filter(Dhcp6Message::isValidForClient)
                .filter(answer -> answer.transactionId() == message.transactionId())
                .filter(answer -> answer.options()
                        .get(Dhcp6Option.CLIENT_IDENTIFIER)
                        .equals(message.options().get(Dhcp6Option.CLIENT_IDENTIFIER)))
                .filter(accepted);
    }

    @Override
    public boolean isEnough(List<Dhcp6Message> answers) {
        return answers.stream()
                .anyMatch(answer -> answer.type().equals(Dhcp6MessageType.REPLY)
                        || answer.options()
                                .get(Dhcp6Option.PREFERENCE)
                                .filter(preference -> preference == HIGHEST_PREFERENCE)
                                .isPresent());
    }

    @Override
    public String toString() {
        return message.toString();
    }
}
