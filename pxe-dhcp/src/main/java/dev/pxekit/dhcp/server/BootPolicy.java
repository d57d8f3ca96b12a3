package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Decides what a client boots. A server asks for every client that {@linkplain BootClient#isNetworkBoot wants to boot}, a
 * {@link DhcpServer} for every client of BOOTP too, which has no way to say so, and for no other.
 *
 * <p>A policy is a pure question: one machine asks several times in one boot (its ROM for an offer and for the
 * acknowledgement, its ROM on port 4011, then iPXE again), and a policy must give the same answer to the same facts. It is
 * called on the server's executor, by several threads at once, and may block; a policy that throws costs that client its
 * answer and nothing else. {@link BootOnce} and {@link BootLimit} have a state, and say when their answer changes.
 *
 * <pre>{@code
 * BootPolicy policy = BootPolicy.ipxe(URI.create("http://10.77.0.1:8080/boot.ipxe"))
 *         .orElse(BootPolicy.byArchitecture(Map.of(
 *                 ClientArchitecture.X86_BIOS, "undionly.kpxe",
 *                 ClientArchitecture.X64_UEFI, "snponly.efi")));
 * }</pre>
 */
@FunctionalInterface
public interface BootPolicy {

    /**
     * Decides for one client.
     *
     * @param client who asks
     * @return what it boots; {@link BootDecision#ignore} for nothing
     */
    BootDecision decide(BootClient client);

    /**
     * The policy that decides the same for everyone.
     *
     * @param decision the decision
     * @return the policy
     */
    static BootPolicy always(BootDecision decision) {
        return client -> decision;
    }

    /**
     * A boot file by TFTP for each architecture; clients of other architectures are ignored. An entry for
     * {@link ClientArchitecture#X64_UEFI} serves {@link ClientArchitecture#EBC} too unless that has its own: some x64 firmware
     * sends that number. An entry for {@link ClientArchitecture#X86_BIOS} does not serve a Raspberry Pi that sends that number:
     * put {@link #raspberryPi} beside this policy.
     *
     * <p>iPXE has an architecture like any client: put {@link #ipxe} before this policy, or iPXE is given itself for ever.
     *
     * @param bootFiles a boot file name for each architecture
     * @return the policy
     * @throws IllegalArgumentException if a name is not one that {@link BootDecision#bootFile(String)} takes
     */
    static BootPolicy byArchitecture(Map<ClientArchitecture, String> bootFiles) {
        return BootPolicies.byArchitecture(bootFiles, BootDecision::bootFile);
    }

    /**
     * A boot file URL for each architecture, for UEFI HTTP boot ({@link ClientArchitecture#X64_UEFI_HTTP} and others); clients
     * of other architectures are ignored. An entry for {@link ClientArchitecture#X64_UEFI_HTTP} serves
     * {@link ClientArchitecture#EBC_HTTP} too unless that has its own.
     *
     * @param urls a URL for each architecture
     * @return the policy
     * @throws IllegalArgumentException if a URL is not http or https, or not one that {@link BootDecision#url(URI)} takes
     */
    static BootPolicy httpBoot(Map<ClientArchitecture, URI> urls) {
        return BootPolicies.byArchitecture(urls, BootPolicies::httpUrl);
    }

    /**
     * The break of the iPXE loop: iPXE gets a script, everyone else is ignored and left to the next policy. It is known by its
     * user class in either encoding, or by option 175 ({@link BootClient#isIpxe}).
     *
     * @param script the script's URL
     * @return the policy
     * @throws IllegalArgumentException if the URL is not one that {@link BootDecision#url(URI)} takes
     */
    static BootPolicy ipxe(URI script) {
        BootDecision decision = BootDecision.url(script);
        return client -> client.isIpxe() ? decision : BootDecision.ignore();
    }

    /**
     * The files that a Raspberry Pi asks for by itself; everyone else is ignored and left to the next policy.
     *
     * @return the policy
     */
    static BootPolicy raspberryPi() {
        return when(BootPolicies::isRaspberryPi, always(BootDecision.raspberryPi()));
    }

    /**
     * A policy for some clients; all others are ignored and left to the next policy.
     *
     * @param condition which clients, a pure function
     * @param policy asked for them
     * @return the policy
     */
    static BootPolicy when(Predicate<? super BootClient> condition, BootPolicy policy) {
        return client -> condition.test(client) ? policy.decide(client) : BootDecision.ignore();
    }

    /**
     * A policy for each of some machines, by the hardware address that they boot from; all others are ignored and left to the
     * next policy.
     *
     * @param policies a policy for each address
     * @return the policy
     */
    static BootPolicy byHardwareAddress(Map<HardwareAddress, BootPolicy> policies) {
        return BootPolicies.byKey(policies, client -> Optional.of(client.hardwareAddress()));
    }

    /**
     * A policy for each of some machines, by their UUID (option 97); all others, and those that send none, are ignored and left
     * to the next policy.
     *
     * @param policies a policy for each UUID, as {@code dmidecode} and labels have it
     * @return the policy
     */
    static BootPolicy byMachine(Map<UUID, BootPolicy> policies) {
        return BootPolicies.byKey(
                policies, client -> client.machineIdentifier().flatMap(ClientMachineIdentifier::uuid));
    }

    /**
     * A policy for each of some clients, by their client identifier (option 61, or hardware type and address; the DUID of
     * DHCPv6); all others are ignored and left to the next policy. Firmware and iPXE on one machine may have two of them.
     *
     * @param policies a policy for each identifier
     * @return the policy
     */
    static BootPolicy byClientIdentifier(Map<ClientIdentifier, BootPolicy> policies) {
        return BootPolicies.byKey(policies, client -> Optional.of(client.clientIdentifier()));
    }

    /**
     * The first of several policies that does not ignore the client.
     *
     * @param policies in the order in which they are asked
     * @return the policy
     */
    static BootPolicy firstOf(BootPolicy... policies) {
        List<BootPolicy> all = List.of(policies);
        return client -> {
            for (BootPolicy policy : all) {
                BootDecision decision = policy.decide(client);
                if (!decision.isIgnore()) {
                    return decision;
                }
            }
            return BootDecision.ignore();
        };
    }

    /**
     * This policy, and another for the clients that it ignores.
     *
     * @param other asked second
     * @return the policy
     */
    default BootPolicy orElse(BootPolicy other) {
        return firstOf(this, other);
    }
}
