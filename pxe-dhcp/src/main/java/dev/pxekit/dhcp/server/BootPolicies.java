package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What several of the ready-made policies need. */
final class BootPolicies {

    /** What can be added to any time that a clock tells. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private BootPolicies() {}

    /** A decision for each architecture. Checks every entry now, so that a wrong one is found at start and not by a client. */
    static <T> BootPolicy byArchitecture(Map<ClientArchitecture, T> values, Function<T, BootDecision> decision) {
        Map<ClientArchitecture, BootDecision> all = new HashMap<>();
        values.forEach((architecture, value) -> all.put(architecture, decision.apply(value)));
        alias(all, ClientArchitecture.EBC, ClientArchitecture.X64_UEFI);
        alias(all, ClientArchitecture.EBC_HTTP, ClientArchitecture.X64_UEFI_HTTP);
        Map<ClientArchitecture, BootDecision> decisions = Map.copyOf(all);
        return client -> {
            for (ClientArchitecture architecture : architectures(client)) {
                BootDecision found = decisions.get(architecture);
                if (found != null) {
                    return found;
                }
            }
            return BootDecision.ignore();
        };
    }

    private static void alias(
            Map<ClientArchitecture, BootDecision> decisions, ClientArchitecture alias, ClientArchitecture meant) {
        BootDecision decision = decisions.get(meant);
        if (decision != null) {
            decisions.putIfAbsent(alias, decision);
        }
    }

    private static List<ClientArchitecture> architectures(BootClient client) {
        return isRaspberryPi(client) ? List.of(ClientArchitecture.ARM_RPIBOOT) : client.architectures();
    }

    /** A Raspberry Pi up to the fourth says that it is an x86 BIOS. Asks for the kind of firmware of few clients, as that is slow. */
    static boolean isRaspberryPi(BootClient client) {
        return client.architecture()
                        .filter(architecture -> architecture.equals(ClientArchitecture.X86_BIOS)
                                || architecture.equals(ClientArchitecture.ARM_RPIBOOT))
                        .isPresent()
                && client.firmware().equals(BootFirmware.RASPBERRY_PI);
    }

    /** The policy of whoever has an entry; others are ignored. */
    static <K> BootPolicy byKey(Map<K, BootPolicy> policies, Function<BootClient, Optional<K>> key) {
        Map<K, BootPolicy> all = Map.copyOf(policies);
        return client -> key.apply(client)
                .flatMap(found -> Optional.ofNullable(all.get(found)))
                .map(policy -> policy.decide(client))
                .orElse(BootDecision.ignore());
    }

    /** What UEFI HTTP boot loads (UEFI 2.10 §24.7). */
    static boolean isHttp(URI url) {
        return "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    }

    /** The decision for UEFI HTTP boot. */
    static BootDecision httpUrl(URI url) {
        if (!isHttp(url)) {
            throw new IllegalArgumentException("URL for HTTP boot: " + url + " (expected: http or https)");
        }
        return BootDecision.url(url);
    }

    static Duration moreThanZero(String what, Duration duration) {
        if (duration.isZero() || duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    what + ": " + duration + " (expected: more than zero and at most " + LONGEST.toDays() + " days)");
        }
        return duration;
    }
}
