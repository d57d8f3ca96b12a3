package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A message inside an option. The plain form has {@code type}, {@code options}, and {@code xid} in hexadecimal or {@code relay}
 * with the relay header; that of a message in more relay agent messages than any relay agent would send is its octets in
 * hexadecimal, as the work on it grows with their square.
 */
final class MessageFormat implements OptionFormat<Dhcp6Message> {

    static final OptionFormat<Dhcp6Message> FORMAT = new MessageFormat();

    private static final String TYPE = "type";
    private static final String TRANSACTION_ID = "xid";
    private static final String RELAY = "relay";
    static final String OPTIONS = "options";
    private static final Pattern XID = Pattern.compile("[0-9A-Fa-f]{1,6}");

    /** The names of the plain form that are no options. */
    static final List<String> HEADER_FIELDS = List.of(TYPE, TRANSACTION_ID, RELAY);

    private static final OptionFormat<RelayHeader> HEADER = RecordFormat.of(
            field("hopCount", OptionFormat.unsignedByte(), RelayHeader::hopCount),
            field("linkAddress", OptionFormat.address6(), RelayHeader::linkAddress),
            field("peerAddress", OptionFormat.address6(), RelayHeader::peerAddress),
            RelayHeader::new);

    private MessageFormat() {}

    @Override
    public Dhcp6Message read(OptionReader in) throws DhcpFormatException {
        int base = in.offset();
        return Dhcp6Message.read(in.readRemaining(), base);
    }

    @Override
    public void write(Dhcp6Message value, OptionWriter out) {
        out.writeBytes(value.encode());
    }

    @Override
    public Object toPlain(Dhcp6Message value) {
        if (value.relayChain().size() > Dhcp6Message.HOP_COUNT_LIMIT + 1) {
            return OptionFormat.super.toPlain(value);
        }
        Map<String, Object> plain = headerToPlain(value);
        plain.put(OPTIONS, Dhcp6Options.FORMAT.toPlain(value.options()));
        return plain;
    }

    /** The plain form without options. */
    static Map<String, Object> headerToPlain(Dhcp6Message message) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put(TYPE, message.type().name());
        message.relayHeader()
                .ifPresentOrElse(
                        header -> plain.put(RELAY, HEADER.toPlain(header)),
                        () -> plain.put(TRANSACTION_ID, String.format(Locale.ROOT, "%06x", message.transactionId())));
        return plain;
    }

    @Override
    public Dhcp6Message fromPlain(Object plain) {
        if (!(plain instanceof Map<?, ?> map)) {
            return OptionFormat.super.fromPlain(plain);
        }
        return headerFromPlain(map)
                .addOptions(Dhcp6Options.FORMAT.fromPlain(member(map, OPTIONS)))
                .build();
    }

    /** A builder with what is in a plain form besides options. */
    static Dhcp6Message.Builder headerFromPlain(Map<?, ?> map) {
        Dhcp6Message.Builder builder = Dhcp6Message.builder(Dhcp6MessageType.FORMAT.fromPlain(member(map, TYPE)));
        if (map.containsKey(RELAY) == map.containsKey(TRANSACTION_ID)) {
            throw new IllegalArgumentException(
                    "message: " + map + " (expected: one of " + TRANSACTION_ID + " and " + RELAY + ")");
        }
        if (map.containsKey(RELAY)) {
            return builder.relayHeader(HEADER.fromPlain(member(map, RELAY)));
        }
        String xid = member(map, TRANSACTION_ID).toString();
        if (!XID.matcher(xid).matches()) {
            throw new IllegalArgumentException(
                    TRANSACTION_ID + ": " + xid + " (expected: a number in hexadecimal, at most ffffff)");
        }
        return builder.transactionId(Integer.parseInt(xid, 16));
    }

    private static Object member(Map<?, ?> map, String name) {
        Object value = map.get(name);
        if (value == null) {
            throw new IllegalArgumentException("message: " + map + " (expected: " + name + ")");
        }
        return value;
    }
}
