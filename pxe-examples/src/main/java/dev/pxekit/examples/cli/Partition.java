package dev.pxekit.examples.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * A partition of a hybrid image, which firmware also boots from a USB stick.
 *
 * @param table {@code MBR}, or {@code GPT} (UEFI specification §5.2, §5.3)
 * @param number its place in the table, from 1 on
 * @param type {@code 0xef}, or a UUID
 * @param firstSector of 512 bytes
 * @param sectors of 512 bytes
 */
record Partition(String table, int number, String type, long firstSector, long sectors) {

    private static final int SECTOR = 512;
    private static final int MBR_ENTRIES = 446;
    private static final int MBR_ENTRY_LENGTH = 16;
    private static final byte[] GPT_SIGNATURE = "EFI PART".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_GPT_ENTRIES = 128;
    private static final int MOST_GPT_ENTRY_LENGTH = 4096;
    private static final String EFI_SYSTEM = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

    /** Reads the partition tables of an image; none if it has no table. */
    static List<Partition> read(Path image) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(image)) {
            ByteBuffer start = read(channel, 0, 2 * SECTOR);
            List<Partition> partitions = new ArrayList<>();
            if (start.limit() < 2 * SECTOR || (start.getShort(SECTOR - 2) & 0xffff) != 0xaa55) {
                return partitions;
            }
            for (int i = 0; i < 4; i++) {
                int at = MBR_ENTRIES + i * MBR_ENTRY_LENGTH;
                int type = start.get(at + 4) & 0xff;
                if (type != 0) {
                    partitions.add(new Partition(
                            "MBR",
                            i + 1,
                            String.format(Locale.ROOT, "0x%02x", type),
                            Integer.toUnsignedLong(start.getInt(at + 8)),
                            Integer.toUnsignedLong(start.getInt(at + 12))));
                }
            }
            if (start.slice(SECTOR, GPT_SIGNATURE.length).equals(ByteBuffer.wrap(GPT_SIGNATURE))) {
                readGpt(channel, start, partitions);
            }
            return partitions;
        }
    }

    private static void readGpt(SeekableByteChannel channel, ByteBuffer start, List<Partition> partitions)
            throws IOException {
        long sector = start.getLong(SECTOR + 72);
        int count = start.getInt(SECTOR + 80);
        int length = start.getInt(SECTOR + 84);
        boolean sound = sector >= 2
                && sector <= channel.size() / SECTOR
                && count > 0
                && length >= 128
                && length <= MOST_GPT_ENTRY_LENGTH;
        if (!sound) {
            return;
        }
        ByteBuffer entries = read(channel, sector * SECTOR, Math.min(count, MOST_GPT_ENTRIES) * length);
        for (int i = 0; (i + 1) * length <= entries.limit(); i++) {
            String type = uuid(entries, i * length);
            long first = entries.getLong(i * length + 32);
            long last = entries.getLong(i * length + 40);
            if (last >= first && first > 0) {
                partitions.add(new Partition("GPT", i + 1, type, first, last - first + 1));
            }
        }
    }

    private static ByteBuffer read(SeekableByteChannel channel, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        channel.position(position);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            // until the buffer is full
        }
        return buffer.flip();
    }

    /** The first three fields are little-endian (UEFI specification, appendix A). */
    private static String uuid(ByteBuffer entries, int at) {
        long high = Integer.toUnsignedLong(entries.getInt(at)) << 32
                | Short.toUnsignedLong(entries.getShort(at + 4)) << 16
                | Short.toUnsignedLong(entries.getShort(at + 6));
        return new UUID(high, Long.reverseBytes(entries.getLong(at + 8))).toString();
    }

    @Override
    public String toString() {
        boolean efi = type.equals("0xef") || type.equals(EFI_SYSTEM);
        return String.format(
                Locale.ROOT,
                "%s %d: type %s%s, %,d bytes at sector %d",
                table,
                number,
                type,
                efi ? " (EFI system partition)" : "",
                sectors > Long.MAX_VALUE / SECTOR ? Long.MAX_VALUE : sectors * SECTOR,
                firstSector);
    }

    String json() {
        return new JsonLine()
                .text("table", table)
                .number("number", number)
                .text("type", type)
                .number("firstSector", firstSector)
                .number("sectors", sectors)
                .toString();
    }
}
