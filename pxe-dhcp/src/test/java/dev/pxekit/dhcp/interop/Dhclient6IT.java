package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a DHCPv6 lease with ISC's client. */
@Tag("interop")
@Timeout(240)
class Dhclient6IT {

    /** Ends with 3, which makes the client decline, if there is a file to say so, and takes that away. */
    private static final String SCRIPT = """
            #!/bin/sh
            echo "event $reason $new_ip6_address dns=$new_dhcp6_name_servers domain=$new_dhcp6_domain_search"
            case $reason in
            BOUND6 | RENEW6 | REBIND6)
                if rm "$(dirname "$0")/refuse" 2> /dev/null; then exit 3; fi ;;
            esac
            exit 0
            """;

    @TempDir
    private static Path directory;

    private static Segment6 segment;

    @BeforeAll
    static void open() throws Exception {
        Needs.program("dhclient", "isc-dhcp-client");
        segment = Segment6.open();
    }

    @AfterAll
    static void close() {
        if (segment != null) {
            segment.close();
        }
    }

    private static String[] command(Path files, String... options) throws IOException {
        Files.createDirectories(files);
        String script = Scripts.write(files, "script", SCRIPT).toString();
        return Stream.of(
                        Stream.of("dhclient", "-6", "-v"),
                        Stream.of(options),
                        Stream.of(
                                "-cf",
                                "/dev/null",
                                "-lf",
                                files.resolve("leases").toString(),
                                "-pf",
                                files.resolve("pid").toString(),
                                "-sf",
                                script,
                                "eth0"))
                .flatMap(part -> part)
                .toArray(String[]::new);
    }

    /** It renews at T1, half a minute after it got its lease. */
    @Test
    void getsConfirmsRenewsAndReleases() throws Exception {
        Namespace client = segment.client();
        Path files = directory.resolve("life");
        String address;
        try (Program first = client.start(command(files, "-d"))) {
            String bound = first.await("event BOUND6 fd77::1:");
            assertThat(bound).contains("dns=fd77::1 domain=lab.example");
            address = bound.split(" ", -1)[2];
            first.await("Renewal event scheduled");
        }
        Program second = client.start(command(files, "-d"));
        segment.server().await("replied to CONFIRM");
        segment.server().await("replied to RENEW");
        assertThat(second.await("event RENEW6")).contains(address);
        client.run(command(files, "-r"));
        segment.server().await("released ");
    }

    @Test
    void declinesWhatItsScriptRefusesAndGetsAnother() throws Exception {
        Namespace client = segment.client();
        Path files = Files.createDirectories(directory.resolve("decline"));
        Files.createFile(files.resolve("refuse"));
        Program running = client.start(command(files, "-d"));
        String refused = running.await("event BOUND6 fd77::1:").split(" ", -1)[2];
        segment.server().await("declined ");
        assertThat(running.await("event BOUND6 fd77::1:").split(" ", -1)[2]).isNotEqualTo(refused);
    }

    @Test
    void getsOptionsForAnAddressOfItsOwn() throws Exception {
        Namespace client = segment.client();
        Program running = client.start(command(directory.resolve("stateless"), "-S", "-d"));
        segment.server().await("replied to INFORMATION-REQUEST");
        assertThat(running.await("dns=fd77::1")).contains("domain=lab.example");
    }

    @Test
    void isRefusedPrefixesAndTemporaryAddresses() throws Exception {
        Namespace client = segment.client();
        client.start(command(directory.resolve("more"), "-N", "-T", "-P", "-d"));
        segment.server().await("NoAddrsAvail");
        segment.server().await("NoPrefixAvail");
    }
}
