package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.ClientIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A small journal that is cut or changed at any octet: what was forced before the last group is there or the journal is refused;
 * of the last group there is a part from its beginning, as if the power had failed.
 */
@Timeout(120)
class JournalDamageTest {

    private static final String NAME = "leases";

    /** What the file begins with, and then groups. */
    private static final List<Integer> SIZES = List.of(4, 1, 3, 2, 3);

    private final List<Lease> leases = new ArrayList<>();

    /** The ends of the groups in the file. */
    private final List<Integer> ends = new ArrayList<>();

    private byte[] whole = new byte[0];

    @BeforeEach
    void write() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        int next = 0;
        for (int size : SIZES) {
            List<Lease> group = new ArrayList<>();
            for (int i = 0; i < size; i++, next++) {
                // Some addresses have more than one record.
                Lease.State state = next % 3 == 0 ? Lease.State.RELEASED : Lease.State.BOUND;
                group.add(LeaseStoreContract.lease(
                        next, "10.0.0." + next % 7, state, LeaseStoreContract.NOW.plusMillis(next)));
            }
            append(disk, group);
            ends.add(disk.content(NAME).length);
            leases.addAll(group);
        }
        whole = disk.content(NAME);
    }

    /** The first group is what the file begins with. */
    private void append(SimulatedDisk disk, List<Lease> group) throws IOException {
        if (ends.isEmpty()) {
            JournalRewrite rewrite = new JournalRewrite(disk, NAME, 0x0123_4567_89ab_cdefL, group);
            rewrite.write(group.size());
            rewrite.seal();
            rewrite.replaceOld().close();
            return;
        }
        JournalFile file = new JournalReader(disk, NAME).open(false, lease -> {});
        file.append(group);
        file.close();
    }

    private static Map<InetAddress, Lease> byAddress(List<Lease> all) {
        Map<InetAddress, Lease> map = new HashMap<>();
        all.forEach(lease -> map.put(lease.address(), lease));
        return map;
    }

    /** The leases of a file, or what is wrong with it. */
    private static Optional<Map<InetAddress, Lease>> open(byte[] octets, boolean salvage) {
        SimulatedDisk disk = new SimulatedDisk();
        disk.put(NAME, octets);
        Map<InetAddress, Lease> found = new HashMap<>();
        try (LeaseStore store = new JournalLeaseStore(disk, NAME, () -> {}, salvage, 100)) {
            store.forEach(lease -> found.put(lease.address(), lease));
        } catch (IOException e) {
            assertThat(e)
                    .hasMessageMatching(
                            "lease journal /simulated/leases (is damaged at octet [0-9]+ of [0-9]+: "
                                    + "[0-9]+ records before it can be read, [0-9]+ after it\\..*|of [0-9]+ octets cannot be read: .*)");
            assertThat(disk.open()).isZero();
            assertThat(disk.content(NAME))
                    .as("a file that is refused is left alone")
                    .isEqualTo(octets);
            return Optional.empty();
        }
        assertThat(disk.open()).isZero();
        if (salvage && disk.names().size() > 1) {
            assertThat(disk.names()).containsExactly(NAME, NAME + ".damaged");
            assertThat(disk.content(NAME + ".damaged")).isEqualTo(octets);
        }
        return Optional.of(found);
    }

    private List<Map<InetAddress, Lease>> prefixes(int from) {
        List<Map<InetAddress, Lease>> prefixes = new ArrayList<>();
        for (int i = from; i <= leases.size(); i++) {
            prefixes.add(byAddress(leases.subList(0, i)));
        }
        return prefixes;
    }

    @Test
    void cutAnywhere() {
        int firstEnd = ends.get(0);
        for (int length = 0; length < whole.length; length++) {
            Optional<Map<InetAddress, Lease>> found = open(Arrays.copyOf(whole, length), false);
            if (length < firstEnd) {
                assertThat(found).as("cut at %d", length).isEmpty();
            } else {
                assertThat(prefixes(SIZES.get(0))).as("cut at %d", length).contains(found.orElseThrow());
            }
        }
        assertThat(open(whole, false)).contains(byAddress(leases));
    }

    @Test
    void changedAnywhere() {
        int lastGroup = ends.get(ends.size() - 2);
        int beforeLast = leases.size() - SIZES.get(SIZES.size() - 1);
        for (int offset = 0; offset < whole.length; offset++) {
            for (byte octet : changes(whole[offset])) {
                byte[] changed = whole.clone();
                changed[offset] = octet;
                Optional<Map<InetAddress, Lease>> found = open(changed, false);
                if (offset < lastGroup) {
                    assertThat(found).as("octet %d is %d", offset, octet).isEmpty();
                } else {
                    assertThat(prefixes(beforeLast))
                            .as("octet %d is %d", offset, octet)
                            .contains(found.orElseThrow());
                }
            }
        }
    }

    private static List<Byte> changes(byte octet) {
        List<Byte> changes = new ArrayList<>();
        for (int bit = 0; bit < 8; bit++) {
            changes.add((byte) (octet ^ 1 << bit));
        }
        changes.add((byte) ~octet);
        if (octet != 0) {
            changes.add((byte) 0);
        }
        return changes;
    }

    /** Whatever octet is changed, one lease is lost and no other. */
    @Test
    void salvagesAllThatCanBeRead() {
        List<Map<InetAddress, Lease>> withoutOne = new ArrayList<>();
        withoutOne.add(byAddress(leases));
        for (int i = 0; i < leases.size(); i++) {
            List<Lease> others = new ArrayList<>(leases);
            others.remove(i);
            withoutOne.add(byAddress(others));
        }
        int lastGroup = ends.get(ends.size() - 2);
        for (int offset = 0; offset < lastGroup; offset++) {
            byte[] changed = whole.clone();
            changed[offset] ^= 0x55;
            assertThat(withoutOne)
                    .as("octet %d", offset)
                    .contains(open(changed, true).orElseThrow());
        }
    }

    @Test
    void keepsEachCopyOfADamagedFile() throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        for (int i = 0; i < 3; i++) {
            byte[] changed = whole.clone();
            changed[JournalHeader.LENGTH + 10 + i] ^= 1;
            disk.put(NAME, changed);
            new JournalLeaseStore(disk, NAME, () -> {}, true, 100).close();
            new JournalLeaseStore(disk, NAME, () -> {}, false, 100).close();
        }
        assertThat(disk.names()).containsExactly(NAME, NAME + ".damaged", NAME + ".damaged-2", NAME + ".damaged-3");
    }

    @Test
    void zerosAtTheEndAreTorn() {
        assertThat(open(Arrays.copyOf(whole, whole.length + 1_000_000), false)).contains(byAddress(leases));
    }

    /** A client that knows the format sends a record in its identifier; then the record around it gets lost. */
    @Test
    void takesNothingForARecordThatAClientSent() throws IOException {
        ByteBuffer forged = ByteBuffer.allocate(200);
        Lease dream = LeaseStoreContract.lease(666, "10.6.6.6", Lease.State.BOUND, Lease.NEVER);
        JournalRecord.encode(dream, 0, 0, forged);
        byte[] identifier = Arrays.copyOf(forged.array(), forged.position());
        Lease hostile = new Lease(
                dream.address(),
                ClientIdentifier.of(identifier),
                dream.hardwareAddress(),
                "",
                Lease.State.BOUND,
                LeaseStoreContract.NOW);
        SimulatedDisk disk = new SimulatedDisk();
        try (LeaseStore store = new JournalLeaseStore(disk, NAME, () -> {}, false, 100)) {
            store.claim(hostile, LeaseStoreContract.NOW);
            store.claim(
                    LeaseStoreContract.lease(1, "10.0.0.1", Lease.State.BOUND, Lease.NEVER), LeaseStoreContract.NOW);
        }
        byte[] octets = disk.content(NAME);
        octets[JournalHeader.LENGTH] = 0;
        assertThat(open(octets, false)).isEmpty();
        assertThat(open(octets, true).orElseThrow()).hasSize(1).doesNotContainKey(dream.address());
    }

    @Test
    void saysThatAnotherReleaseWroteIt() throws IOException {
        byte[] octets = new JournalHeader(1, 64).encode();
        for (int copy = 0; copy < 64; copy += 32) {
            octets[copy + 11] = 2;
            CRC32C crc = new CRC32C();
            crc.update(octets, copy, 28);
            ByteBuffer.wrap(octets).putInt(copy + 28, (int) crc.getValue());
        }
        SimulatedDisk disk = new SimulatedDisk();
        disk.put(NAME, octets);
        assertThatThrownBy(() -> new JournalReader(disk, NAME).open(false, lease -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has version 2 (expected: 1): open it with the release that wrote it");
    }
}
