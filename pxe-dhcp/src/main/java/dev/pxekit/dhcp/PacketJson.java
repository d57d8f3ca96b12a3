package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.PlainDiagnostics;
import dev.pxekit.dhcp.internal.PlainJson;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Packets as JSON. */
final class PacketJson {

    private PacketJson() {}

    static String print(DhcpPacket packet) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("family", 4);
        packet.messageType().ifPresent(type -> fields.put("type", type.name()));
        fields.put("op", packet.operation());
        fields.put("htype", packet.hardwareType());
        fields.put("hlen", packet.clientHardwareAddress().length());
        fields.put("hops", packet.hops());
        fields.put("xid", String.format(Locale.ROOT, "%08x", packet.transactionId()));
        fields.put("secs", packet.secondsElapsed());
        fields.put("flags", packet.flags());
        fields.put("ciaddr", packet.clientAddress().getHostAddress());
        fields.put("yiaddr", packet.yourAddress().getHostAddress());
        fields.put("siaddr", packet.nextServer().getHostAddress());
        fields.put("giaddr", packet.relayAgent().getHostAddress());
        fields.put("chaddr", packet.clientHardwareAddress().toString());
        packet.serverHostName().ifPresent(name -> fields.put("sname", name));
        packet.bootFileName().ifPresent(name -> fields.put("file", name));
        putOctets(fields, "snameHex", packet, PacketImage.SNAME, PacketImage.SNAME_LENGTH, PacketImage.OVERLOAD_SNAME);
        putOctets(fields, "fileHex", packet, PacketImage.FILE, PacketImage.FILE_LENGTH, PacketImage.OVERLOAD_FILE);
        fields.put("options", packet.options().toPlain());
        PlainDiagnostics.put(fields, packet.diagnostics());
        return PlainJson.print(fields);
    }

    /** The octets of a field that holds no options, where its text and zeros would not give them back. */
    private static void putOctets(
            Map<String, Object> fields, String name, DhcpPacket packet, int offset, int length, int overload) {
        byte[] image = packet.image();
        if ((packet.overload() & overload) == 0 && !PacketImage.isAllText(image, offset, length)) {
            fields.put(name, HexFormat.of().formatHex(image, offset, offset + length));
        }
    }
}
