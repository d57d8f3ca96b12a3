package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.cli.BootServerFacts.RouterState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The lines are those of a Linux 6 machine. */
class RouterEvidenceTest {

    private static final String LINK_LOCAL =
            "fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000"
                    + " 00000100 00000002 00000000 00000001     eth0";
    private static final String SET_BY_HAND =
            "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd000000000000000000000000000001"
                    + " 00000400 00000002 00000000 00000003     eth0";
    private static final String LEARNT =
            "00000000000000000000000000000000 00 00000000000000000000000000000000 00 fe80000000000000505400fffe770002"
                    + " 00000400 00000001 00000000 00450003     eth0";

    private static RouterState state(List<String> routes, int acceptRa, boolean forwarding) {
        return new RouterEvidence(routes, Optional.of(acceptRa), forwarding, Optional.empty())
                .on("eth0")
                .state();
    }

    @Test
    void believesRoutesThatTheKernelLearnt() {
        assertThat(state(List.of(LINK_LOCAL, LEARNT), 1, false)).isEqualTo(RouterState.ADVERTISES);
        assertThat(state(List.of(LINK_LOCAL, LEARNT.replace("eth0", "eth1")), 1, false))
                .isEqualTo(RouterState.SILENT);
    }

    @Test
    void doesNotTakeADefaultRouteForAnAdvertisement() {
        assertThat(state(List.of(LINK_LOCAL, SET_BY_HAND), 0, false)).isEqualTo(RouterState.PROBABLE);
    }

    @Test
    void doesNotTakeTheSilenceOfAKernelThatDoesNotListenForAnAnswer() {
        assertThat(state(List.of(LINK_LOCAL), 1, false)).isEqualTo(RouterState.SILENT);
        assertThat(state(List.of(LINK_LOCAL), 0, false)).isEqualTo(RouterState.NOT_HEARD);
        assertThat(state(List.of(LINK_LOCAL), 1, true)).isEqualTo(RouterState.NOT_HEARD);
        assertThat(state(List.of(LINK_LOCAL), 2, true)).isEqualTo(RouterState.SILENT);
        assertThat(new RouterEvidence(List.of(), Optional.empty(), false, Optional.empty())
                        .on("eth0")
                        .state())
                .isEqualTo(RouterState.NOT_HEARD);
    }

    @Test
    void believesAnAnswerFirst() {
        assertThat(new RouterEvidence(List.of(LINK_LOCAL), Optional.of(0), true, Optional.of(true))
                        .on("eth0")
                        .state())
                .isEqualTo(RouterState.ADVERTISES);
        assertThat(new RouterEvidence(List.of(LEARNT), Optional.of(1), false, Optional.of(false))
                        .on("eth0")
                        .state())
                .isEqualTo(RouterState.SILENT);
    }
}
