package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Untrusted;
import dev.pxekit.dhcp.internal.Addresses;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Journals and records of any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class JournalFuzzTest {

    private static final long NUMBER = 0x0123_4567_89ab_cdefL;

    static Stream<byte[]> records() {
        return Stream.of(
                record(LeaseStoreContract.lease(1, "10.77.0.1", Lease.State.BOUND, Lease.NEVER)),
                record(new Lease(
                        Addresses.parse("::ffff:10.0.0.1"),
                        ClientIdentifier.of(new byte[200]),
                        HardwareAddress.of(32, new byte[16]),
                        "名",
                        Lease.State.DECLINED,
                        LeaseStoreContract.NOW)),
                new byte[JournalRecord.SHORTEST]);
    }

    private static byte[] record(Lease lease) {
        ByteBuffer target = ByteBuffer.allocate(JournalRecord.LONGEST);
        JournalRecord.encode(lease, NUMBER, 0, target);
        return Arrays.copyOf(target.array(), target.position());
    }

    /** What stands before the checksum, which is made right. */
    @MethodSource("records")
    @FuzzTest
    void record(byte[] octets) throws IOException {
        if (octets.length < JournalRecord.SHORTEST || octets.length > JournalRecord.LONGEST) {
            return;
        }
        ByteBuffer source = ByteBuffer.wrap(octets.clone());
        source.putInt(0, 0xB7 << 24 | octets.length);
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(NUMBER).flip());
        crc.update(source.array(), 0, octets.length - 4);
        source.putInt(octets.length - 4, (int) crc.getValue());
        List<Lease> decoded = Untrusted.within(Untrusted.READING, octets.length, () -> decode(source.array()));
        for (Lease lease : decoded) {
            assertThat(decode(record(lease))).containsExactly(lease);
        }
    }

    private static List<Lease> decode(byte[] record) {
        int length = JournalRecord.length(ByteBuffer.wrap(record).getInt());
        assertThat(length).isEqualTo(record.length);
        Lease lease = JournalRecord.decode(record, 0, length, NUMBER);
        return lease == null ? List.of() : List.of(lease);
    }

    static Stream<byte[]> journals() {
        byte[] header = new JournalHeader(NUMBER, JournalHeader.LENGTH).encode();
        byte[] two = records().limit(2).reduce(header, JournalFuzzTest::join);
        return Stream.of(header, two, join(two, new byte[100]), new byte[0]);
    }

    private static byte[] join(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    /** A journal is read to its end or refused, and what is then written to it is there. */
    @MethodSource("journals")
    @FuzzTest
    void journal(byte[] octets) throws IOException {
        SimulatedDisk disk = new SimulatedDisk();
        disk.put("leases", octets);
        List<Lease> scanned = Untrusted.within(Untrusted.READING, octets.length, () -> scan(disk));
        for (boolean salvage : new boolean[] {false, true}) {
            Lease lease = LeaseStoreContract.lease(9, "10.9.9.9", Lease.State.RELEASED, LeaseStoreContract.NOW);
            try (LeaseStore store = new JournalLeaseStore(disk, "leases", () -> {}, salvage, 10)) {
                store.forEach(each -> assertThat(scanned).contains(each));
                store.claim(lease, LeaseStoreContract.NOW);
                assertThat(store.find(lease.address())).isPresent();
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("lease journal /simulated/leases ");
                assertThat(disk.content("leases")).isEqualTo(octets);
                continue;
            }
            assertThat(scan(disk.afterPowerCut())).isNotEmpty();
            disk.put("leases", octets);
        }
    }

    private static List<Lease> scan(SimulatedDisk disk) throws IOException {
        List<Lease> leases = new ArrayList<>();
        JournalScan scan = new JournalScan(disk.open("leases"));
        JournalHeader header = scan.header();
        if (header != null) {
            scan.read(header, true, leases::add);
        }
        return leases;
    }
}
