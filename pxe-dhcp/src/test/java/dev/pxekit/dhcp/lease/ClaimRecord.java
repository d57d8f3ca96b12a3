package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.internal.Addresses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A claim that a store said yes to.
 *
 * @param from the time that the claim was made at, in milliseconds
 * @param to when the lease ends
 */
record ClaimRecord(String address, String client, long from, long to) {

    static ClaimRecord of(Lease lease, Instant now) {
        return new ClaimRecord(
                Addresses.toString(lease.address()),
                lease.client().toString(),
                now.toEpochMilli(),
                lease.expiresAt().toEpochMilli());
    }

    String toLine() {
        return address + " " + client + " " + from + " " + to;
    }

    static ClaimRecord parse(String line) {
        String[] words = line.split(" ", -1);
        return new ClaimRecord(words[0], words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
    }

    static Map<String, List<ClaimRecord>> byAddress(List<ClaimRecord> claims) {
        Map<String, List<ClaimRecord>> byAddress = new HashMap<>();
        for (ClaimRecord claim : claims) {
            byAddress
                    .computeIfAbsent(claim.address(), address -> new ArrayList<>())
                    .add(claim);
        }
        return byAddress;
    }

    /** The pairs of claims by which two clients had one address at the same time. */
    static List<List<ClaimRecord>> conflicts(List<ClaimRecord> claims) {
        List<List<ClaimRecord>> conflicts = new ArrayList<>();
        for (List<ClaimRecord> each : byAddress(claims).values()) {
            each.sort(Comparator.comparingLong(ClaimRecord::from));
            for (int i = 0; i < each.size(); i++) {
                ClaimRecord one = each.get(i);
                for (int j = i + 1; j < each.size() && each.get(j).from() < one.to(); j++) {
                    if (!each.get(j).client().equals(one.client())) {
                        conflicts.add(List.of(one, each.get(j)));
                    }
                }
            }
        }
        return conflicts;
    }
}
