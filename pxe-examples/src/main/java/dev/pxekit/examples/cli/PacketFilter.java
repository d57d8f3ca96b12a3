package dev.pxekit.examples.cli;

import dev.pxekit.examples.cli.BootServerFacts.Firewall;
import dev.pxekit.examples.cli.BootServerFacts.FirewallState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether packets that come in are filtered: a hint, not a simulation of the rules. */
final class PacketFilter {

    /** A chain of {@code nft list ruleset}, up to its closing brace: those of rules stand inside a line. */
    private static final Pattern CHAIN = Pattern.compile("(?ms)^\\s*chain (\\S+) \\{\\n(.*?)^\\s*\\}");

    private static final Pattern INCOMING = Pattern.compile("hook (ingress|prerouting|input) ");
    private static final Pattern DROPS = Pattern.compile("\\b(policy drop|drop|reject|jump|goto)\\b");

    private PacketFilter() {}

    /**
     * Judges what there is.
     *
     * @param ruleset what {@code nft list ruleset} prints; empty if it cannot be had
     * @param legacyTables {@code /proc/net/ip_tables_names}: the tables of the older iptables
     */
    static Firewall of(Optional<String> ruleset, String legacyTables) {
        if (!legacyTables.isBlank()) {
            return new Firewall(
                    FirewallState.CANNOT_BE_SEEN,
                    "the older iptables has tables (" + legacyTables.strip().replaceAll("\\s+", ", ")
                            + "): iptables-legacy -S INPUT shows them");
        }
        if (ruleset.isEmpty()) {
            return new Firewall(
                    FirewallState.CANNOT_BE_SEEN,
                    "nft list ruleset shows it, where nft is installed, and to root alone");
        }
        Matcher chain = CHAIN.matcher(ruleset.get());
        while (chain.find()) {
            if (INCOMING.matcher(chain.group(2)).find()
                    && DROPS.matcher(chain.group(2)).find()) {
                return new Firewall(FirewallState.FILTERS, "chain " + chain.group(1) + " of nft list ruleset");
            }
        }
        return new Firewall(FirewallState.OPEN, "nft list ruleset");
    }
}
