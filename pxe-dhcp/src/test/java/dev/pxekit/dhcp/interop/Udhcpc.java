package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Busybox's client in a namespace, in the foreground: it renews on SIGUSR1 and gives its lease back on SIGUSR2. */
final class Udhcpc {

    private static final String SCRIPT = """
            #!/bin/sh
            echo "event $1 $ip/$mask router=$router dns=$dns domain=$domain lease=$lease server=$serverid boot=$boot_file"
            case $1 in
            deconfig) ip address flush dev "$interface" ;;
            bound | renew) ip address replace "$ip/$mask" dev "$interface" ;;
            esac
            """;

    private Udhcpc() {}

    static void need() {
        Needs.program("udhcpc", "udhcpc");
    }

    static Program start(Namespace client, Path directory, String... options) throws IOException {
        String script = Scripts.write(directory, "udhcpc-script", SCRIPT).toString();
        List<String> command =
                new ArrayList<>(List.of("udhcpc", "-i", "eth0", "-f", "-t", "20", "-T", "1", "-A", "1", "-s", script));
        command.addAll(List.of(options));
        return client.start(command.toArray(String[]::new));
    }
}
