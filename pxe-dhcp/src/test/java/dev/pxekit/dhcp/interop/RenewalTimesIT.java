package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpPacket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that renew and rebind when their time has come and not when they are told to: all of them wait at once. */
@Tag("interop")
@Timeout(300)
class RenewalTimesIT {

    /** T2 is 52 seconds. */
    private static final Duration LIMIT = Duration.ofSeconds(150);

    @TempDir
    private Path directory;

    private record Waiting(String name, DhcpPacket lease, Conversation conversation) {}

    @Test
    void renewAtT1AndRebindAtT2() throws Exception {
        Dhclient.need();
        Networkd.need();
        List<Waiting> renewing = new ArrayList<>();
        List<Waiting> rebinding = new ArrayList<>();
        try (Segment segment = Segment.open()) {
            for (boolean cut : List.of(true, false)) {
                for (String name : List.of("dhclient", "networkd")) {
                    Namespace client = segment.client();
                    Conversation conversation = segment.wire().conversation(client);
                    if (name.equals("networkd")) {
                        Networkd.start(client, directory);
                    } else {
                        new Dhclient(client, directory.resolve(name + cut)).start();
                    }
                    Waiting waiting = new Waiting(name, conversation.lease(), conversation);
                    if (cut) {
                        client.cut("10.77.0.1");
                        rebinding.add(waiting);
                    } else {
                        renewing.add(waiting);
                    }
                }
            }
            for (Waiting client : renewing) {
                extended(client, "REQUEST renewing");
            }
            for (Waiting client : rebinding) {
                extended(client, "REQUEST rebinding");
            }
        }
    }

    private static void extended(Waiting client, String request) {
        assertThat(client.conversation().exchange(request, "ACK", LIMIT).yourAddress())
                .as(client.name())
                .isEqualTo(client.lease().yourAddress());
    }
}
