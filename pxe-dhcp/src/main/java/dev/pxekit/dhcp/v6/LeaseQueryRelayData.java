package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet6Address;

/**
 * The value of option 47, the relay agent message that a client's last message came in, without that (RFC 5007 §4.1.2.4).
 *
 * @param peerAddress the relay agent that it came from
 * @param message the relay agent message
 */
public record LeaseQueryRelayData(Inet6Address peerAddress, Dhcp6Message message) implements OptionHolder {

    static final OptionFormat<LeaseQueryRelayData> FORMAT = RecordFormat.of(
            field("peerAddress", OptionFormat.address6(), LeaseQueryRelayData::peerAddress),
            field("message", MessageFormat.FORMAT, LeaseQueryRelayData::message),
            LeaseQueryRelayData::new);

    /** {@return the options of the relay agent message} */
    @Override
    public Dhcp6Options options() {
        return message.options();
    }
}
