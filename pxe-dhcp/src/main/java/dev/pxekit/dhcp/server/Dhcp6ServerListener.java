package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Status;
import java.net.InetSocketAddress;

/**
 * Hears what a {@link Dhcp6Server} decides, for logs, metrics and tests; every method does nothing unless overridden. Called on
 * the server's executor, by several threads at once, before the answer is sent. A listener that throws is logged and does not
 * keep the client from its answer.
 *
 * <p>A request is always given as it came, in the messages of its relay agents if it came through any.
 */
public interface Dhcp6ServerListener {

    /**
     * The boot policy was asked.
     *
     * @param client who asked
     * @param decision what it boots
     */
    default void bootDecided(BootClient client, BootDecision decision) {}

    /**
     * What the boot policy decided is not in the answer, as the client could not load it or DHCPv6 has no words for it. Not told of
     * decisions that boot nothing, or the local disk, which are in no answer.
     *
     * @param client who asked
     * @param decision what it would boot; of a menu it was the first choice that did not fit
     * @param reason why
     */
    default void bootNotTold(BootClient client, BootDecision decision, String reason) {}

    /**
     * A SOLICIT was answered with an offer.
     *
     * @param request the SOLICIT
     * @param advertise the ADVERTISE, without the messages of relay agents
     */
    default void advertised(Dhcp6Message request, Dhcp6Message advertise) {}

    /**
     * A message was answered for good; what it means for each address was told before.
     *
     * @param request any message of a client
     * @param reply the REPLY, without the messages of relay agents
     */
    default void replied(Dhcp6Message request, Dhcp6Message reply) {}

    /**
     * A lease was granted or extended.
     *
     * @param request the REQUEST, RENEW, REBIND, or SOLICIT with rapid commit
     * @param lease the lease as it is now
     */
    default void leased(Dhcp6Message request, Lease lease) {}

    /**
     * An identity association got a status other than success.
     *
     * @param request the message that it was in
     * @param iaid the association's number
     * @param status what the client is told, such as NoAddrsAvail
     */
    default void refused(Dhcp6Message request, long iaid, Status status) {}

    /**
     * A client gave an address back.
     *
     * @param request the RELEASE
     * @param lease the lease as it is now
     */
    default void released(Dhcp6Message request, Lease lease) {}

    /**
     * A client found its address in use by another; the address is not leased for a while.
     *
     * @param request the DECLINE
     * @param lease the lease as it is now
     */
    default void declined(Dhcp6Message request, Lease lease) {}

    /**
     * A message got no answer, and that is right: it is for another server, breaks a rule, or asks for what cannot be given.
     *
     * @param request the message
     * @param reason why
     */
    default void ignored(Dhcp6Message request, String reason) {}

    /**
     * A datagram was dropped: it is no message.
     *
     * @param sender where it came from
     * @param fault what is wrong with it
     */
    default void malformed(InetSocketAddress sender, DhcpFormatException fault) {}

    /**
     * Datagrams were dropped unread, as they were too many: told at once, and then once in ten seconds.
     *
     * @param reason why
     * @param packets how many since it was told last for the same reason
     * @param sender where the last one came from
     */
    default void dropped(String reason, long packets, InetSocketAddress sender) {}
}
