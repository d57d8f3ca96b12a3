package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootClient;
import java.util.Optional;

/** Asks the boot policy, for clients that want to boot only. */
final class BootQuestion {

    private final BootPolicy policy;
    private final SafeListener listener;

    BootQuestion(BootPolicy policy, SafeListener listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /** The decision for the client of a request, unless there is nothing to boot or nothing that it can load. */
    Optional<BootDecision> ask(BootClient client) {
        if (!client.isNetworkBoot()) {
            return Optional.empty();
        }
        BootDecision decision = policy.decide(client);
        listener.tell(l -> l.bootDecided(client, decision));
        return BootAnswer.fits(client, decision) ? Optional.of(decision) : Optional.empty();
    }
}
