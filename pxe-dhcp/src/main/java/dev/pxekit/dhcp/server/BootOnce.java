package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.BootClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * A boot policy for machines that boot something once, such as an installer, and something else ever after, such as their local
 * disk. A machine does so only after {@link #arm}; all others, and all after a restart of the program, get what comes afterwards.
 *
 * <p>One boot is many questions: of the ROM, on port 4011, of iPXE. It begins with the first question of an armed machine that
 * has something to boot, and all questions of that machine get the same answer until it ends:
 *
 * <ul>
 *   <li>by {@link #done}, which an installer's callback does best, as the boot is not over before; or
 *   <li>when the window is over, counted from the first question. It must be long enough for the last question of a boot, and
 *       shorter than an installation, or a machine that restarts within it installs again.
 * </ul>
 *
 * <pre>{@code
 * BootOnce policy = BootOnce.of(installer, BootPolicy.always(BootDecision.localDisk()));
 * policy.arm(HardwareAddress.parse("52:54:00:77:00:01"));
 * // the machine starts, installs, and says so
 * policy.done(HardwareAddress.parse("52:54:00:77:00:01"));
 * }</pre>
 *
 * <p>Thread safe; the policies are asked without a lock. No more than 100,000 machines are armed at one time.
 */
public final class BootOnce implements BootPolicy {

    /** How long a boot lasts unless told: firmware to iPXE takes a minute at most, an installation several. */
    public static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);

    private static final int MOST_ARMED = 100_000;

    private final BootPolicy once;
    private final BootPolicy afterwards;
    private final Duration window;
    private final Clock clock;

    /** When the boot of each armed machine ends. */
    private final Map<HardwareAddress, Instant> armed = new HashMap<>();

    private BootOnce(BootPolicy once, BootPolicy afterwards, Duration window, Clock clock) {
        this.once = once;
        this.afterwards = afterwards;
        this.window = window;
        this.clock = clock;
    }

    /**
     * The policy with a window of five minutes.
     *
     * @param once what an armed machine boots
     * @param afterwards what all others boot, and an armed one after its boot
     * @return the policy
     */
    public static BootOnce of(BootPolicy once, BootPolicy afterwards) {
        return of(once, afterwards, DEFAULT_WINDOW, Clock.systemUTC());
    }

    /**
     * The policy with a window of its own.
     *
     * @param once what an armed machine boots
     * @param afterwards what all others boot, and an armed one after its boot
     * @param window how long a boot lasts at most, from its first question; more than zero, at most 36,500 days
     * @param clock what tells the time
     * @return the policy
     * @throws IllegalArgumentException if the window is out of range
     */
    public static BootOnce of(BootPolicy once, BootPolicy afterwards, Duration window, Clock clock) {
        return new BootOnce(once, afterwards, BootPolicies.moreThanZero("window of a boot", window), clock);
    }

    /**
     * Lets a machine boot once: its next boot, or from now on if it boots right now.
     *
     * @param machine the hardware address that it boots from
     * @throws IllegalStateException if 100,000 others are armed
     */
    public void arm(HardwareAddress machine) {
        synchronized (armed) {
            if (armed.size() >= MOST_ARMED && !armed.containsKey(machine)) {
                throw new IllegalStateException("boot once: " + MOST_ARMED + " machines wait for their boot already");
            }
            armed.put(machine, Instant.MAX);
        }
    }

    /**
     * Ends the one boot of a machine, or what {@link #arm} began.
     *
     * @param machine the hardware address that it boots from
     * @return whether it was armed
     */
    public boolean done(HardwareAddress machine) {
        synchronized (armed) {
            return armed.remove(machine) != null;
        }
    }

    /** {@inheritDoc} */
    @Override
    public BootDecision decide(BootClient client) {
        if (!isArmed(client.hardwareAddress())) {
            return afterwards.decide(client);
        }
        BootDecision decision = once.decide(client);
        if (!decision.isIgnore()) {
            begin(client.hardwareAddress());
        }
        return decision;
    }

    private boolean isArmed(HardwareAddress machine) {
        synchronized (armed) {
            Instant end = armed.get(machine);
            if (end != null && !clock.instant().isBefore(end)) {
                armed.remove(machine);
                return false;
            }
            return end != null;
        }
    }

    private void begin(HardwareAddress machine) {
        synchronized (armed) {
            armed.replace(machine, Instant.MAX, clock.instant().plus(window));
        }
    }
}
