package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A server's engine on a link fd77::/64 and a client's messages to it. */
final class Link6 {

    static final Duid SERVER = Duid.parse("00:03:00:01:52:54:00:77:00:ff");
    static final Duid CLIENT = Duid.linkLayer(HardwareAddress.parse("52:54:00:77:00:01"));
    static final Inet6Address SENDER = Ipv6.parse("fe80::1234");

    final ManualClock clock = new ManualClock();
    final Recorder6 recorder = new Recorder6();
    final Dhcp6Server.Builder settings = Dhcp6Server.builder()
            .networkInterface("eth0")
            .serverIdentifier(SERVER)
            .clock(clock)
            .listener(recorder);
    private final Map<String, List<Inet6Address>> interfaces;

    Link6() {
        this(Map.of("eth0", List.of(Ipv6.parse("fe80::1"), Ipv6.parse("fd77::1"))));
    }

    Link6(Map<String, List<Inet6Address>> interfaces) {
        this.interfaces = interfaces;
    }

    static Subnet6.Builder subnet() {
        return Subnet6.builder("fd77::/64").pool("fd77::100", "fd77::1ff");
    }

    /** With a subnet of 256 addresses. */
    static Link6 ordinary() {
        return of(subnet().build());
    }

    static Link6 of(Subnet6... subnets) {
        Link6 link = new Link6();
        for (Subnet6 subnet : subnets) {
            link.settings.subnet(subnet);
        }
        return link;
    }

    Engine6 responder() {
        settings.build();
        return new Engine6(new Dhcp6Responder(settings, SERVER, interfaces));
    }

    static Arrival6 multicast() {
        return new Arrival6(SENDER, "eth0", false);
    }

    static Dhcp6Message.Builder message(Dhcp6MessageType type, Duid client) {
        return Dhcp6Message.builder(type).transactionId(0xabcdef).option(Dhcp6Option.CLIENT_IDENTIFIER, client);
    }

    static Dhcp6Message.Builder solicit(Duid client, long iaid) {
        return message(Dhcp6MessageType.SOLICIT, client).addOption(Dhcp6Option.IA_NA, association(iaid));
    }

    static Dhcp6Message.Builder toServer(Dhcp6MessageType type, Duid client) {
        return message(type, client).option(Dhcp6Option.SERVER_IDENTIFIER, SERVER);
    }

    static IaNa association(long iaid, String... addresses) {
        Dhcp6Options.Builder options = Dhcp6Options.builder();
        for (String address : addresses) {
            options.add(
                    Dhcp6Option.IA_ADDRESS,
                    new IaAddress(Ipv6.parse(address), Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY));
        }
        return new IaNa(iaid, Duration.ZERO, Duration.ZERO, options.build());
    }

    /** An answer that a client may take, and is for it. */
    static Dhcp6Message answer(Engine6 responder, Dhcp6Message request) {
        Dhcp6Message answer = responder.respond(request, multicast()).orElseThrow();
        assertThat(answer.isValidForClient()).as(answer.toText()).isTrue();
        assertThat(answer.diagnostics()).isEmpty();
        assertThat(answer.transactionId()).isEqualTo(request.transactionId());
        assertThat(answer.options().get(Dhcp6Option.CLIENT_IDENTIFIER))
                .isEqualTo(request.options().get(Dhcp6Option.CLIENT_IDENTIFIER));
        assertThat(answer.options().get(Dhcp6Option.SERVER_IDENTIFIER)).contains(SERVER);
        return answer;
    }

    /** The only address of an answer. */
    static String address(Dhcp6Message answer) {
        List<IaNa> associations = answer.options().getAll(Dhcp6Option.IA_NA);
        assertThat(associations).hasSize(1);
        assertThat(associations.get(0).addresses()).hasSize(1);
        return Ipv6.toString(associations.get(0).addresses().get(0).address());
    }

    /** Leases an address by four messages. */
    static String lease(Engine6 responder, Duid client, long iaid) {
        String offered = address(answer(responder, solicit(client, iaid).build()));
        String leased = address(answer(
                responder,
                toServer(Dhcp6MessageType.REQUEST, client)
                        .addOption(Dhcp6Option.IA_NA, association(iaid, offered))
                        .build()));
        assertThat(leased).isEqualTo(offered);
        return leased;
    }

    static Optional<String> status(Dhcp6Options options) {
        return options.get(Dhcp6Option.STATUS_CODE).map(status -> status.code().name());
    }
}
