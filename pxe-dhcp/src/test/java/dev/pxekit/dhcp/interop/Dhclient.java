package dev.pxekit.dhcp.interop;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** ISC's client in a namespace, with a directory for what it keeps from one run to the next. */
final class Dhclient {

    /** What it writes when the lease is in its file. */
    static final String REMEMBERED = "bound to ";

    private static final String CONFIGURATION = """
            initial-delay 0;
            initial-interval 1;
            backoff-cutoff 2;
            reboot 20;
            timeout 60;
            retry 1;
            """;

    /** Ends with 1, which makes the client decline, if there is a file to say so, and takes that away. */
    private static final String SCRIPT = """
            #!/bin/sh
            echo "event $reason $new_ip_address/$new_subnet_mask routers=$new_routers dns=$new_domain_name_servers" \\
                "domain=$new_domain_name lease=$new_dhcp_lease_time"
            case $reason in
            BOUND | RENEW | REBIND | REBOOT)
                if rm "$(dirname "$0")/refuse" 2> /dev/null; then exit 1; fi
                ip address replace "$new_ip_address/24" dev "$interface" ;;
            PREINIT | RELEASE | EXPIRE | FAIL) ip address flush dev "$interface" ;;
            esac
            """;

    private final Namespace client;
    private final Path directory;

    Dhclient(Namespace client, Path directory) throws IOException {
        this.client = client;
        this.directory = Files.createDirectories(directory);
        Scripts.write(directory, "configuration", CONFIGURATION);
        Scripts.write(directory, "script", SCRIPT);
    }

    static void need() {
        Needs.program("dhclient", "isc-dhcp-client");
    }

    private Path leases() {
        return directory.resolve("leases");
    }

    /** Writes down a lease that lasts for years, as if it had been got before. */
    void remember(String address) throws IOException {
        Files.writeString(leases(), """
                lease {
                  interface "eth0";
                  fixed-address %s;
                  option subnet-mask 255.255.255.0;
                  option dhcp-lease-time 3600;
                  option dhcp-server-identifier 10.99.0.1;
                  renew 2 2036/01/01 00:00:00;
                  rebind 2 2036/01/01 00:00:00;
                  expire 2 2036/01/01 00:00:00;
                }
                """.formatted(address));
    }

    /** Has the next address declined. */
    void refuseOnce() throws IOException {
        Files.createFile(directory.resolve("refuse"));
    }

    /** The same with what it remembers, elsewhere. */
    Dhclient movedTo(Namespace other) throws IOException {
        return new Dhclient(other, directory);
    }

    Program start() throws IOException {
        return client.start(command("-d"));
    }

    /** Gives the lease back, and ends the client that runs. */
    void release() throws IOException {
        client.run(command("-r"));
    }

    private String[] command(String option) {
        return new String[] {
            "dhclient",
            "-4",
            option,
            "-v",
            "--decline-wait-time",
            "1",
            "-cf",
            directory.resolve("configuration").toString(),
            "-lf",
            leases().toString(),
            "-pf",
            directory.resolve("pid").toString(),
            "-sf",
            directory.resolve("script").toString(),
            "eth0"
        };
    }
}
