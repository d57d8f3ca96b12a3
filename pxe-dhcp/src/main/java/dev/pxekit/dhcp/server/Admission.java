package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which clients a server serves, and how many that it does not know in a time on each network. */
final class Admission {

    private final List<Predicate<BootClient>> allowed;
    private final List<Predicate<BootClient>> ignored;
    private final int newClientsPerSecond;
    private final Map<Object, NewClientLimit> newClients = new ConcurrentHashMap<>();

    Admission(LeasingServerBuilder<?, ?> settings) {
        this.allowed = settings.allowed();
        this.ignored = settings.ignored();
        this.newClientsPerSecond = settings.newClientsPerSecond();
    }

    /** Why a client is not served, or nothing. */
    Optional<String> fault(BootClient client) {
        if (isOn(ignored, client)) {
            return Optional.of("on the list of ignored clients");
        }
        return allowed.isEmpty() || isOn(allowed, client)
                ? Optional.empty()
                : Optional.of("not on the list of allowed clients");
    }

    private static boolean isOn(List<Predicate<BootClient>> list, BootClient client) {
        for (Predicate<BootClient> each : list) {
            if (each.test(client)) {
                return true;
            }
        }
        return false;
    }

    /** Whether one more client without a lease is served on a network now. */
    boolean admitsNew(Object network, Instant now) {
        return admitsNew(network, 1, now);
    }

    /** Whether some more are served, which all count. */
    boolean admitsNew(Object network, int clients, Instant now) {
        return newClients
                .computeIfAbsent(network, key -> new NewClientLimit(newClientsPerSecond, Duration.ofSeconds(1)))
                .admits(clients, now);
    }
}
