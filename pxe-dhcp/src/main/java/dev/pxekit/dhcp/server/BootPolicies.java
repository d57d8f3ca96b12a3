package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The table behind the policies by architecture. */
final class BootPolicies {

    private BootPolicies() {}

    /** Checks every entry now, so that a wrong one is found at start and not by a client. */
    static <T> Map<ClientArchitecture, BootDecision> decisions(
            Map<ClientArchitecture, T> values, Function<T, BootDecision> decision) {
        Map<ClientArchitecture, BootDecision> decisions = new HashMap<>();
        values.forEach((architecture, value) -> decisions.put(architecture, decision.apply(value)));
        alias(decisions, ClientArchitecture.EBC, ClientArchitecture.X64_UEFI);
        alias(decisions, ClientArchitecture.EBC_HTTP, ClientArchitecture.X64_UEFI_HTTP);
        return Map.copyOf(decisions);
    }

    private static void alias(
            Map<ClientArchitecture, BootDecision> decisions, ClientArchitecture alias, ClientArchitecture meant) {
        BootDecision decision = decisions.get(meant);
        if (decision != null) {
            decisions.putIfAbsent(alias, decision);
        }
    }
}
