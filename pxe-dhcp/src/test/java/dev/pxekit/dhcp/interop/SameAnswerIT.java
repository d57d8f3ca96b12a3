package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Captured clients played to our server and to dnsmasq with equal configuration: what is said to them is compared. */
@Tag("interop")
@Timeout(300)
class SameAnswerIT {

    private static final String DNSMASQ = """
            user=root
            log-facility=-
            port=0
            bind-interfaces
            interface=br0
            no-ping
            leasefile-ro
            dhcp-authoritative
            dhcp-range=10.77.0.50,10.77.0.150,255.255.255.0,1h
            dhcp-option=option:router,10.77.0.1
            dhcp-option=option:dns-server,10.77.0.1
            dhcp-option=option:domain-name,lab.example
            dhcp-match=set:ipxe,175
            dhcp-match=set:bios,option:client-arch,0
            dhcp-match=set:efi64,option:client-arch,7
            dhcp-vendorclass=set:http,HTTPClient
            dhcp-boot=tag:ipxe,http://10.77.0.1:8080/boot.ipxe
            dhcp-boot=tag:!ipxe,tag:bios,undionly.kpxe
            dhcp-boot=tag:!ipxe,tag:efi64,snponly.efi
            dhcp-boot=tag:!ipxe,tag:http,http://10.77.0.1:8080/snponly.efi
            dhcp-option-force=tag:http,option:vendor-class,HTTPClient
            dhcp-option=tag:!ipxe,vendor:PXEClient,6,8b
            """;

    /** What differs from dnsmasq's answers, and why. */
    private static final List<Explained> EXPLAINED = List.of(
            // It names the next server to clients that do not boot, too.
            Explained.of("siaddr: 0.0.0.0, theirs 10.77.0.1"),
            // RFC 6842 §3 has a server return the client identifier; RFC 2131 had forbidden it.
            Explained.of("61: [0-9a-f]+, theirs -"),
            // RFC 4578 §2.3 has it in all messages; dnsmasq returns it with boot menus only.
            Explained.of("97: 00[0-9a-f]{32}, theirs -"),
            // The boot file is in the field and in option 67; dnsmasq has it in the option only if the client asks for
            // that.
            Explained.of("file: [a-z].*, theirs -"),
            // The next server is in siaddr, sname and option 66; dnsmasq has it in siaddr.
            Explained.of("sname: 10[.]77[.]0[.]1, theirs -"),
            Explained.of("66: 10[.]77[.]0[.]1, theirs -"),
            // It varies the times of clients that renew, so that they do not come all at once.
            Explained.of("58: 00000708, theirs 0000(06..|070.)"),
            Explained.of("59: 00000c4e, theirs 00000(b..|c[0-4].)"),
            // The PXE specification has servers say PXEClient; dnsmasq returns all that the client said.
            Explained.of("60: 505845436c69656e74, theirs 505845436c69656e74.+"),
            // A client that reboots with a free address that neither server gave it: dnsmasq lets it have that, as it
            // does
            // in its authoritative mode, in which we refuse.
            Explained.of("type: NAK, theirs ACK"));

    /** A difference that is as it should be, as a regular expression for its text. */
    private record Explained(Pattern difference) {

        static Explained of(String difference) {
            return new Explained(Pattern.compile(difference));
        }

        boolean covers(Answer.Difference other) {
            return difference.matcher(other.toString()).matches();
        }
    }

    @TempDir
    private Path directory;

    @Test
    void dnsmasqSaysTheSame() throws Exception {
        Needs.program("dnsmasq", "dnsmasq-base");
        Needs.networkNamespaces();
        String vectors = Needs.conformance("dhcp").resolve("vectors.jsonl").toString();
        String configuration = Scripts.write(directory, "dnsmasq.conf", DNSMASQ).toString();
        Map<String, Answer> ours;
        Map<String, Answer> theirs;
        try (Lab ourLab = new Lab();
                Lab theirLab = new Lab()) {
            Namespace ourHost = host(ourLab);
            Namespace theirHost = host(theirLab);
            Program server = ourHost.start(BootServerProgram.class);
            theirHost.start("dnsmasq", "-k", "-C", configuration).await("DHCP, IP range");
            server.await("READY");
            Program toOurs = relay(ourLab, ourHost).start(ConversationPlayer.class, vectors);
            Program toTheirs = relay(theirLab, theirHost).start(ConversationPlayer.class, vectors);
            ours = answers(toOurs);
            theirs = answers(toTheirs);
        }
        assertThat(ours.keySet()).isEqualTo(theirs.keySet()).hasSizeGreaterThan(70);
        List<String> unexplained = new ArrayList<>();
        Set<Explained> used = new HashSet<>();
        ours.forEach((id, answer) -> answer.differences(theirs.get(id)).forEach(difference -> {
            Optional<Explained> reason = EXPLAINED.stream()
                    .filter(explained -> explained.covers(difference))
                    .findFirst();
            reason.ifPresentOrElse(used::add, () -> unexplained.add(id + " " + difference));
        }));
        assertThat(unexplained).isEmpty();
        assertThat(used).as("explanations of what differs").containsExactlyInAnyOrderElementsOf(EXPLAINED);
    }

    private static Namespace host(Lab lab) throws Exception {
        Namespace host = lab.namespace("server");
        host.addBridge("br0", "10.77.0.1/24");
        return host;
    }

    private static Namespace relay(Lab lab, Namespace host) throws Exception {
        Namespace relay = lab.client(host, "br0");
        relay.run("ip", "address", "add", "10.77.0.2/24", "dev", "eth0");
        return relay;
    }

    private static Map<String, Answer> answers(Program player) throws Exception {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (String line = player.await(""); !line.equals("END"); line = player.await("")) {
            String[] words = line.split(" ", 3);
            answers.put(words[0], Answer.parse(words[2]));
        }
        return answers;
    }
}
