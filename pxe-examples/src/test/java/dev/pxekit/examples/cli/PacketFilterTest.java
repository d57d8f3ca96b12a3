package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.BootServerFacts.FirewallState;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hints of what drops packets that come in. */
class PacketFilterTest {

    private static String ruleset(String hook, String policy, String rule) {
        return "table inet filter {\n\tchain first {\n\t\ttype filter hook " + hook + " priority filter; policy "
                + policy + ";\n\t\t" + rule + "\n\t}\n}\n";
    }

    private static FirewallState state(String ruleset) {
        return PacketFilter.of(Optional.of(ruleset), "").state();
    }

    @Test
    void seesChainsThatDropWhatComesIn() {
        assertThat(state("")).isEqualTo(FirewallState.OPEN);
        assertThat(state(ruleset("input", "accept", "iif \"lo\" accept"))).isEqualTo(FirewallState.OPEN);
        assertThat(state(ruleset("input", "drop", "iif \"lo\" accept"))).isEqualTo(FirewallState.FILTERS);
        assertThat(state(ruleset("input", "accept", "udp dport { 67, 69 } drop")))
                .isEqualTo(FirewallState.FILTERS);
        assertThat(state(ruleset("prerouting", "accept", "udp dport 67 reject")))
                .isEqualTo(FirewallState.FILTERS);
        assertThat(state(ruleset("output", "drop", "udp dport 67 drop"))).isEqualTo(FirewallState.OPEN);
        assertThat(PacketFilter.of(Optional.of(ruleset("input", "drop", "")), "")
                        .evidence())
                .contains("chain first");
    }

    @Test
    void doesNotSayThatThereIsNoneIfItCannotSee() {
        assertThat(PacketFilter.of(Optional.empty(), "").state()).isEqualTo(FirewallState.CANNOT_BE_SEEN);
        assertThat(PacketFilter.of(Optional.of(""), "nat\nfilter\n"))
                .satisfies(firewall -> assertThat(firewall.state()).isEqualTo(FirewallState.CANNOT_BE_SEEN))
                .satisfies(firewall -> assertThat(firewall.evidence()).contains("nat, filter"));
    }
}
