package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpDiagnostic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * By which contents servers and clients must drop a message: RFC 8415 §16 by type, RFC 5007 and RFC 9686 for theirs,
 * RFC 7341; RFC 7283 for unknown types. What only the receiver can tell (its own identifiers, the transaction ids that it
 * waits for, whether a message came by multicast) is not here.
 */
final class MessageRules {

    /** Options that must be there and those that must not. */
    private record Rule(List<Dhcp6Option<?>> required, List<Dhcp6Option<?>> forbidden) {}

    private static final Dhcp6Option<Duid> CLIENT = Dhcp6Option.CLIENT_IDENTIFIER;
    private static final Dhcp6Option<Duid> SERVER = Dhcp6Option.SERVER_IDENTIFIER;
    private static final List<Dhcp6Option<?>> ASSOCIATIONS =
            List.of(Dhcp6Option.IA_NA, Dhcp6Option.IA_TA, Dhcp6Option.IA_PD);

    private static final Map<Dhcp6MessageType, Rule> RULES = new HashMap<>();

    static {
        rule(Dhcp6MessageType.SOLICIT, List.of(CLIENT), List.of(SERVER));
        rule(Dhcp6MessageType.ADVERTISE, List.of(CLIENT, SERVER), List.of());
        rule(Dhcp6MessageType.REQUEST, List.of(CLIENT, SERVER), List.of());
        rule(Dhcp6MessageType.CONFIRM, List.of(CLIENT), List.of(SERVER));
        rule(Dhcp6MessageType.RENEW, List.of(CLIENT, SERVER), List.of());
        rule(Dhcp6MessageType.REBIND, List.of(CLIENT), List.of(SERVER));
        rule(Dhcp6MessageType.REPLY, List.of(SERVER), List.of());
        rule(Dhcp6MessageType.RELEASE, List.of(CLIENT, SERVER), List.of());
        rule(Dhcp6MessageType.DECLINE, List.of(CLIENT, SERVER), List.of());
        rule(
                Dhcp6MessageType.RECONFIGURE,
                List.of(CLIENT, SERVER, Dhcp6Option.RECONFIGURE_MESSAGE, Dhcp6Option.AUTHENTICATION),
                List.of());
        rule(Dhcp6MessageType.INFORMATION_REQUEST, List.of(), ASSOCIATIONS);
        rule(Dhcp6MessageType.LEASEQUERY, List.of(CLIENT, Dhcp6Option.LQ_QUERY), List.of());
        rule(Dhcp6MessageType.LEASEQUERY_REPLY, List.of(CLIENT, SERVER), List.of());
        rule(Dhcp6MessageType.DHCPV4_QUERY, List.of(Dhcp6Option.DHCPV4_MESSAGE), List.of());
        rule(Dhcp6MessageType.DHCPV4_RESPONSE, List.of(Dhcp6Option.DHCPV4_MESSAGE), List.of());
        rule(
                Dhcp6MessageType.ADDR_REG_INFORM,
                List.of(CLIENT, Dhcp6Option.IA_ADDRESS),
                List.of(SERVER, Dhcp6Option.OPTION_REQUEST));
        rule(Dhcp6MessageType.ADDR_REG_REPLY, List.of(Dhcp6Option.IA_ADDRESS), List.of());
    }

    private static final Set<Dhcp6MessageType> FOR_SERVERS = Set.of(
            Dhcp6MessageType.SOLICIT,
            Dhcp6MessageType.REQUEST,
            Dhcp6MessageType.CONFIRM,
            Dhcp6MessageType.RENEW,
            Dhcp6MessageType.REBIND,
            Dhcp6MessageType.RELEASE,
            Dhcp6MessageType.DECLINE,
            Dhcp6MessageType.INFORMATION_REQUEST,
            Dhcp6MessageType.LEASEQUERY,
            Dhcp6MessageType.RECONFIGURE_REQUEST,
            Dhcp6MessageType.DHCPV4_QUERY,
            Dhcp6MessageType.ACTIVELEASEQUERY,
            Dhcp6MessageType.ADDR_REG_INFORM);

    /** What a RECONFIGURE may ask for (RFC 8415 §16.11). */
    private static final Set<Dhcp6MessageType> RECONFIGURABLE =
            Set.of(Dhcp6MessageType.RENEW, Dhcp6MessageType.REBIND, Dhcp6MessageType.INFORMATION_REQUEST);

    private MessageRules() {}

    private static void rule(Dhcp6MessageType type, List<Dhcp6Option<?>> required, List<Dhcp6Option<?>> forbidden) {
        RULES.put(type, new Rule(required, forbidden));
    }

    static boolean isForServer(Dhcp6Message message) {
        return FOR_SERVERS.contains(message.innermost().type())
                && message.relayChain().stream().allMatch(relay -> relay.type().equals(Dhcp6MessageType.RELAY_FORW));
    }

    static boolean isForClient(Dhcp6Message message) {
        return message.type().isFromServer() && !message.isRelay();
    }

    /** Adds what is wrong with a message and those inside it. */
    static void check(Dhcp6Message message, List<DhcpDiagnostic> diagnostics) {
        int relays = 0;
        Optional<Dhcp6Message> next = Optional.of(message);
        while (next.isPresent()) {
            Dhcp6Message each = next.get();
            next = each.relayed();
            if (each.isRelay()) {
                relays++;
                checkRelay(each, relays, diagnostics);
            } else {
                checkContent(each, diagnostics);
            }
        }
    }

    private static void checkRelay(Dhcp6Message relay, int relays, List<DhcpDiagnostic> diagnostics) {
        if (relay.relayed().isEmpty()) {
            add(diagnostics, relay, "without a message in it");
        }
        if (count(relay, Dhcp6Option.RELAY_MESSAGE) > 1) {
            add(diagnostics, relay, "with " + Dhcp6Option.RELAY_MESSAGE + " twice");
        }
        if (relays == Dhcp6Message.HOP_COUNT_LIMIT + 2) {
            add(diagnostics, relay, "in " + (relays - 1) + " others (expected: at most " + (relays - 2) + ")");
        }
    }

    private static void checkContent(Dhcp6Message message, List<DhcpDiagnostic> diagnostics) {
        if (!message.type().isKnown()) {
            add(diagnostics, message, "(expected: a known message type)");
        }
        Rule rule = RULES.getOrDefault(message.type(), new Rule(List.of(), List.of()));
        for (Dhcp6Option<?> option : rule.required) {
            if (message.options().get(option).isEmpty()) {
                add(diagnostics, message, "without " + option);
            }
        }
        for (Dhcp6Option<?> option : rule.forbidden) {
            if (message.options().contains(option)) {
                add(diagnostics, message, "with " + option);
            }
        }
        for (Dhcp6Option<Duid> option : List.of(CLIENT, SERVER)) {
            checkIdentifier(message, option, rule, diagnostics);
        }
        if (message.type().equals(Dhcp6MessageType.RECONFIGURE)) {
            message.options()
                    .get(Dhcp6Option.RECONFIGURE_MESSAGE)
                    .ifPresent(asked -> checkReconfigure(message, asked, diagnostics));
        }
    }

    /** An identifier must be readable and there once even where it need not be there. */
    private static void checkIdentifier(
            Dhcp6Message message, Dhcp6Option<Duid> option, Rule rule, List<DhcpDiagnostic> diagnostics) {
        int count = count(message, option);
        if (count > 1) {
            add(diagnostics, message, "with " + option + " twice");
        }
        if (count > 0 && message.options().get(option).isEmpty() && !rule.required.contains(option)) {
            add(diagnostics, message, "with " + option + " that is no DUID");
        }
    }

    private static void checkReconfigure(
            Dhcp6Message message, Dhcp6MessageType asked, List<DhcpDiagnostic> diagnostics) {
        if (!RECONFIGURABLE.contains(asked)) {
            add(diagnostics, message, "that asks for " + asked + " (expected: RENEW, REBIND or INFORMATION-REQUEST)");
        }
    }

    private static int count(Dhcp6Message message, Dhcp6Option<?> option) {
        Dhcp6OptionIndex index = message.options().index();
        int count = 0;
        for (int i = index.find(option.code(), 0); i >= 0; i = index.find(option.code(), i + 1)) {
            count++;
        }
        return count;
    }

    private static void add(List<DhcpDiagnostic> diagnostics, Dhcp6Message message, String what) {
        diagnostics.add(new DhcpDiagnostic(DhcpDiagnostic.INVALID, message.type() + " " + what, message.offset()));
    }
}
