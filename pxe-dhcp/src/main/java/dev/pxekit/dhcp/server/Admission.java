package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which clients a server serves, and how many that it does not know in a time. */
final class Admission {

    private final List<Predicate<BootClient>> allowed;
    private final List<Predicate<BootClient>> ignored;
    private final NewClientLimit newClients;

    Admission(DhcpServer.Builder settings) {
        this.allowed = settings.allowed();
        this.ignored = settings.ignored();
        this.newClients = new NewClientLimit(settings.newClientsPerSecond(), Duration.ofSeconds(1));
    }

    /** Why a client is not served, or nothing. */
    Optional<String> fault(BootClient client) {
        if (ignored.stream().anyMatch(each -> each.test(client))) {
            return Optional.of("on the list of ignored clients");
        }
        return allowed.isEmpty() || allowed.stream().anyMatch(each -> each.test(client))
                ? Optional.empty()
                : Optional.of("not on the list of allowed clients");
    }

    /** Whether one more client without a lease is served now. */
    boolean admitsNew(Instant now) {
        return newClients.admits(now);
    }
}
