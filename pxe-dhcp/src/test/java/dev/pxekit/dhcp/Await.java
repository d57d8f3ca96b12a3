package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BooleanSupplier;

/** Waits for what comes about on other threads, for as long as that takes. */
public final class Await {

    private Await() {}

    /** Waits until a condition holds; the time limit of the test, which interrupts it, ends the wait. */
    public static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.interrupted()).as("time is up").isFalse();
            Thread.onSpinWait();
        }
    }
}
