package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A command that was run in this process, and what it printed. */
record CommandRun(int exitCode, String out, String err) {

    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = PxeKit.commandLine(arguments)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** As {@link #of}, with octets on standard input. */
    static CommandRun reading(byte[] input, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input));
        try {
            return of(arguments);
        } finally {
            System.setIn(before);
        }
    }

    CommandRun assertDone() {
        assertThat(exitCode).as("%s%s", out, err).isZero();
        return this;
    }

    /** One line that says what is wrong. */
    void assertFailed(String... words) {
        assertThat(exitCode).as("%s%s", out, err).isEqualTo(1);
        assertThat(err.strip().lines()).as("one line").hasSize(1);
        assertThat(err).startsWith("pxekit: ").contains(words).doesNotContain("\tat ");
    }

    /** A line that says what is wrong, and one where help is. */
    void assertWrongUsage(String... words) {
        assertThat(exitCode).as("%s%s", out, err).isEqualTo(2);
        assertThat(err.strip().lines()).as("two lines: %s", err).hasSize(2);
        assertThat(err).startsWith("pxekit: ").contains(words).contains("Try 'pxekit ");
    }
}
