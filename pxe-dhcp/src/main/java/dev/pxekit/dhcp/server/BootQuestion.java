package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootClient;
import java.util.Optional;

/** Asks the boot policy, for clients that want to boot only: those of BOOTP always do. */
final class BootQuestion {

    private final BootPolicy policy;
    private final ListenerBoundary<DhcpServerListener> listener;

    BootQuestion(BootPolicy policy, ListenerBoundary<DhcpServerListener> listener) {
        this.policy = policy;
        this.listener = listener;
    }

    /** What the policy decides; for a client that does not boot over the network, nothing to boot. */
    BootDecision decide(BootClient client) {
        if (!client.isNetworkBoot()) {
            return BootDecision.ignore();
        }
        return asked(client);
    }

    private BootDecision asked(BootClient client) {
        BootDecision decision = policy.decide(client);
        listener.tell(l -> l.bootDecided(client, decision));
        return decision;
    }

    /**
     * The decision for the client of a DHCP server's reply, unless there is nothing to boot or nothing that it can load. Of a
     * menu it is the first item, as there is no port 4011 to ask for another.
     */
    Optional<BootDecision> ask(BootClient client) {
        BootDecision given = decide(client).firstChoice();
        return BootAnswer.misfit(client, given).isEmpty() ? Optional.of(given) : Optional.empty();
    }

    /** The decision for a client that knows BOOTP only. */
    BootDecision askBootp(BootClient client) {
        return asked(client).firstChoice();
    }
}
