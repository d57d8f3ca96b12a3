package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code pxekit doctor} where it does not have to look; {@code DoctorIT} runs it on a network. */
class DoctorCommandTest {

    @Test
    void saysWhatIsWrongWithItsOptions() {
        CommandRun.of("doctor", "--interface", "lo", "--window", "601").assertWrongUsage("--window: ");
        CommandRun.of("doctor", "--window", "soon").assertWrongUsage("--window");
        CommandRun.of("doctor", "--interface", "nowhere0").assertFailed("no interface nowhere0");
    }

    @Test
    void saysInItsHelpWhatItCannotKnow() {
        assertThat(CommandRun.of("doctor", "--help").assertDone().out())
                .contains("Exit codes:", "What can't be known:", "rdisc6");
    }
}
