package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A boot policy that gives up on a machine: one that began a number of boots within a time, without {@link #succeeded}, gets
 * something else, such as its local disk, until the oldest of those boots is that long ago.
 *
 * <p>One boot is many questions, and the answer changes at its beginning only. A boot begins with a question of firmware after
 * one of iPXE; with a DISCOVER (SOLICIT) after a REQUEST of the same program; or with a DISCOVER when nothing was heard of the
 * machine for a minute. So an iPXE that loads another iPXE, or asks for an address twice, is counted as two boots. What the
 * policy ignores or leaves to the local disk is no boot. Machines are told apart by their hardware address; those that do not say
 * it, as over InfiniBand, are not limited.
 *
 * <p>A proxy asks its policy about the REQUEST for the server that gives addresses too, which it hears if it is broadcast on its
 * link or forwarded by a relay agent. A machine whose REQUESTs the server does not hear, or that gets no address and starts again,
 * begins no new boot within a minute: its DISCOVER is taken for the one before, sent again. Nothing in it would tell: a client may
 * keep its transaction identifier or choose another when it sends again (RFC 2131 §4.1), and {@code secs} is 0 in many.
 *
 * <pre>{@code
 * BootLimit policy = BootLimit.of(installer, 3, Duration.ofHours(1));
 * // a machine installed and says so
 * policy.succeeded(HardwareAddress.parse("52:54:00:77:00:01"));
 * }</pre>
 *
 * <p>Thread safe; the policies are asked without a lock. Of 10,000 machines it knows the boots: if there are more, the one that
 * was heard of least recently is forgotten, and begins anew.
 */
public final class BootLimit implements BootPolicy {

    private static final int MOST_MACHINES = 10_000;
    private static final int MOST_BOOTS = 100;
    private static final float LOAD_FACTOR = 0.75f;

    /** UEFI sends an unanswered DISCOVER again after 32 seconds at most (UEFI 2.10 §24.3). */
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final BootPolicy policy;
    private final BootPolicy instead;
    private final int boots;
    private final Duration within;
    private final Clock clock;
    private final Map<HardwareAddress, Attempts> machines = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<HardwareAddress, Attempts> eldest) {
            return size() > MOST_MACHINES;
        }
    };

    private BootLimit(BootPolicy policy, int boots, Duration within, BootPolicy instead, Clock clock) {
        this.policy = policy;
        this.boots = boots;
        this.within = within;
        this.instead = instead;
        this.clock = clock;
    }

    /**
     * The policy with the local disk for machines that it gives up.
     *
     * @param policy what machines boot
     * @param boots how many they begin, 1 to 100
     * @param within within which time; more than zero, at most 36,500 days
     * @return the policy
     * @throws IllegalArgumentException if the number or the time is out of range
     */
    public static BootLimit of(BootPolicy policy, int boots, Duration within) {
        return of(policy, boots, within, BootPolicy.always(BootDecision.localDisk()), Clock.systemUTC());
    }

    /**
     * The policy with something of its own for machines that it gives up.
     *
     * @param policy what machines boot
     * @param boots how many they begin, 1 to 100
     * @param within within which time; more than zero, at most 36,500 days
     * @param instead what they boot then
     * @param clock what tells the time
     * @return the policy
     * @throws IllegalArgumentException if the number or the time is out of range
     */
    public static BootLimit of(BootPolicy policy, int boots, Duration within, BootPolicy instead, Clock clock) {
        if (boots < 1 || boots > MOST_BOOTS) {
            throw new IllegalArgumentException("limit of boots: " + boots + " (expected: 1.." + MOST_BOOTS + ")");
        }
        BootPolicies.moreThanZero("time of a limit of boots", within);
        return new BootLimit(policy, boots, within, instead, clock);
    }

    /**
     * Says that a machine booted as it should: its boots so far count no more.
     *
     * @param machine the hardware address that it boots from
     */
    public void succeeded(HardwareAddress machine) {
        synchronized (machines) {
            machines.remove(machine);
        }
    }

    /** {@inheritDoc} */
    @Override
    public BootDecision decide(BootClient client) {
        BootDecision decision = policy.decide(client);
        if (decision.isIgnore()
                || decision.isLocalDisk()
                || client.hardwareAddress().isZero()) {
            return decision;
        }
        boolean givenUp;
        synchronized (machines) {
            givenUp = machines.computeIfAbsent(client.hardwareAddress(), address -> new Attempts())
                    .isGivenUp(client, clock.instant());
        }
        return givenUp ? instead.decide(client) : decision;
    }

    private static boolean isFirst(BootClient client) {
        return client.messageType().filter(MessageType.DISCOVER::equals).isPresent()
                || client.messageType6()
                        .filter(Dhcp6MessageType.SOLICIT::equals)
                        .isPresent();
    }

    /** The boots of one machine. */
    private final class Attempts {

        private final Deque<Instant> begun = new ArrayDeque<>();
        private Instant heard = Instant.MIN;
        private boolean ipxe;
        private boolean first;
        private boolean givenUp;

        boolean isGivenUp(BootClient client, Instant now) {
            if (begins(client, now)) {
                while (!begun.isEmpty() && !begun.peekFirst().isAfter(now.minus(within))) {
                    begun.removeFirst();
                }
                givenUp = begun.size() >= boots;
                if (!givenUp) {
                    begun.addLast(now);
                }
            }
            heard = now;
            ipxe = client.isIpxe();
            first = isFirst(client);
            return givenUp;
        }

        private boolean begins(BootClient client, Instant now) {
            if (heard.equals(Instant.MIN) || ipxe != client.isIpxe()) {
                return !client.isIpxe() || heard.equals(Instant.MIN);
            }
            return isFirst(client) && (!first || now.isAfter(heard.plus(SILENCE)));
        }
    }
}
