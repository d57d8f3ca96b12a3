package dev.pxekit.dhcp.interop;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.testkit.JsonObject;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The program that plays captured clients to the server on 10.77.0.1, as the relay agent 10.77.0.2 would hand their messages on, so
 * that all answers come to its port. Addresses that were given in the capture become those that this server gives. Writes a
 * line for each message: its name, what was sent, and the answer or {@code -}.
 */
final class ConversationPlayer {

    private static final HexFormat HEX = HexFormat.of();
    private static final InetSocketAddress SERVER = new InetSocketAddress("10.77.0.1", 67);
    private static final Set<MessageType> ANSWERED =
            Set.of(MessageType.DISCOVER, MessageType.REQUEST, MessageType.INFORM);

    /** How long a server may take; only what it must not answer takes this long. */
    private static final int PATIENCE_MILLIS = 5000;

    private final DatagramSocket socket;
    private Inet4Address given;

    private ConversationPlayer(DatagramSocket socket) {
        this.socket = socket;
    }

    public static void main(String[] arguments) throws Exception {
        List<JsonObject> messages;
        try (var lines = Files.lines(Path.of(arguments[0]))) {
            messages = lines.map(JsonObject::parse)
                    .filter(line -> line.text("kind").equals("capture") && line.number("family") == 4)
                    .filter(line -> line.text("direction").equals("to-server"))
                    .filter(line -> line.object("transport").number("dport") == 67)
                    .toList();
        }
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress("10.77.0.2", 67))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ConversationPlayer player = new ConversationPlayer(socket);
            String conversation = "";
            for (JsonObject message : messages) {
                String id = message.text("id");
                DhcpPacket packet = DhcpCodec.decode(HEX.parseHex(message.text("hex")));
                if (!packet.isRequest()) {
                    continue;
                }
                if (!id.substring(0, id.lastIndexOf('-')).equals(conversation)) {
                    conversation = id.substring(0, id.lastIndexOf('-'));
                    player.given = address("10.77.0.60");
                }
                System.out.println(id + " " + player.play(packet));
            }
        }
        System.out.println("END");
    }

    private String play(DhcpPacket captured) throws IOException {
        DhcpPacket request = rewritten(captured);
        byte[] sent = DhcpCodec.encode(request);
        socket.send(new DatagramPacket(sent, sent.length, SERVER));
        if (!ANSWERED.contains(request.messageType().orElseThrow())) {
            return HEX.formatHex(sent) + " -";
        }
        Optional<byte[]> answer = answer(request.transactionId());
        if (answer.isEmpty()) {
            return HEX.formatHex(sent) + " -";
        }
        Inet4Address offered = DhcpCodec.decode(answer.get()).yourAddress();
        if (!offered.isAnyLocalAddress()) {
            given = offered;
        }
        return HEX.formatHex(sent) + " " + HEX.formatHex(answer.get());
    }

    /** The answer to one request: those to earlier ones may come late. */
    private Optional<byte[]> answer(int transactionId) throws IOException {
        byte[] buffer = new byte[2048];
        while (true) {
            DatagramPacket received = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(received);
            } catch (SocketTimeoutException e) {
                return Optional.empty();
            }
            byte[] octets = Arrays.copyOf(buffer, received.getLength());
            if (DhcpCodec.decode(octets).transactionId() == transactionId) {
                return Optional.of(octets);
            }
        }
    }

    private DhcpPacket rewritten(DhcpPacket captured) throws IOException {
        DhcpPacket.Builder request =
                captured.toBuilder().relayAgent(address("10.77.0.2")).hops(1);
        if (!captured.clientAddress().isAnyLocalAddress()) {
            request.clientAddress(given);
        }
        if (captured.options().contains(DhcpOption.REQUESTED_ADDRESS)) {
            request.option(DhcpOption.REQUESTED_ADDRESS, given);
        }
        if (captured.options().contains(DhcpOption.SERVER_IDENTIFIER)) {
            request.option(DhcpOption.SERVER_IDENTIFIER, address("10.77.0.1"));
        }
        request.removeOption(DhcpOption.RELAY_AGENT_INFORMATION.code());
        return request.option(
                        DhcpOption.RELAY_AGENT_INFORMATION,
                        RelayAgentInformation.builder()
                                .put(RelayAgentInformation.CIRCUIT_ID, "port7".getBytes(StandardCharsets.US_ASCII))
                                .build())
                .build();
    }

    private static Inet4Address address(String text) throws IOException {
        return (Inet4Address) InetAddress.getByName(text);
    }
}
