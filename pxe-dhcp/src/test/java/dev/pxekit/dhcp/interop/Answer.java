package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What of a server's answer means something to its client, by field. Which address it is does not, as long as it is of the pool. */
record Answer(Map<String, String> fields) {

    private static final HexFormat HEX = HexFormat.of();
    private static final String NOTHING = "-";
    private static final List<Integer> OPTIONS = List.of(1, 3, 6, 15, 28, 43, 51, 54, 58, 59, 60, 61, 82, 97);

    /** What two servers say in one field. */
    record Difference(String field, String ours, String theirs) {

        @Override
        public String toString() {
            return field + ": " + ours + ", theirs " + theirs;
        }
    }

    /** Of the octets in hexadecimal, or {@code -} for silence. */
    static Answer parse(String hex) throws DhcpFormatException {
        if (hex.equals(NOTHING)) {
            return new Answer(Map.of("type", "none"));
        }
        DhcpPacket packet = DhcpCodec.decode(HEX.parseHex(hex));
        Map<String, String> fields = new TreeMap<>();
        MessageType type = packet.messageType().orElseThrow();
        fields.put("type", type.name());
        if (type.equals(MessageType.NAK)) {
            return new Answer(fields);
        }
        fields.put(
                "yiaddr",
                isOfPool(packet.yourAddress())
                        ? "of the pool"
                        : packet.yourAddress().getHostAddress());
        fields.put("ciaddr", packet.clientAddress().isAnyLocalAddress() ? NOTHING : "set");
        fields.put("flags", Integer.toHexString(packet.flags()));
        fields.put("siaddr", packet.nextServer().getHostAddress());
        fields.put("file", packet.bootFileName().orElse(""));
        fields.put("sname", packet.serverHostName().orElse(""));
        fields.put("boot file", packet.effectiveBootFileName().orElse(""));
        for (int code : OPTIONS) {
            packet.options().raw(code).ifPresent(value -> fields.put(Integer.toString(code), HEX.formatHex(value)));
        }
        for (DhcpOption<String> option : List.of(DhcpOption.TFTP_SERVER_NAME, DhcpOption.BOOT_FILE_NAME)) {
            packet.options().get(option).ifPresent(text -> fields.put(Integer.toString(option.code()), text));
        }
        fields.values().removeIf(String::isEmpty);
        return new Answer(fields);
    }

    private static boolean isOfPool(Inet4Address address) {
        return address.getHostAddress().matches("10[.]77[.]0[.](5.|6.|7.|8.|9.|1[0-4].|150)");
    }

    List<Difference> differences(Answer theirs) {
        if (!fields.get("type").equals(theirs.fields.get("type"))) {
            return List.of(new Difference("type", fields.get("type"), theirs.fields.get("type")));
        }
        Set<String> names = new TreeSet<>(fields.keySet());
        names.addAll(theirs.fields.keySet());
        List<Difference> differences = new ArrayList<>();
        for (String name : names) {
            String ours = fields.getOrDefault(name, NOTHING);
            String other = theirs.fields.getOrDefault(name, NOTHING);
            if (!ours.equals(other)) {
                differences.add(new Difference(name, ours, other));
            }
        }
        return differences;
    }
}
