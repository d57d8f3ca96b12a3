package dev.pxekit.iso;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/** Files compressed with zisofs, written after libisofs, doc/zisofs_format.txt and doc/zisofs2_format.txt. */
final class ZisofsBytes {

    private ZisofsBytes() {}

    static byte[] version1(byte[] content, int blockSizeLog2) {
        ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        header.put(new byte[] {0x37, (byte) 0xe4, 0x53, (byte) 0x96, (byte) 0xc9, (byte) 0xdb, (byte) 0xd6, 0x07});
        header.putInt(content.length).put((byte) 4).put((byte) blockSizeLog2);
        return compress(header.array(), content, 1 << blockSizeLog2, Integer.BYTES);
    }

    static byte[] version2(byte[] content, int blockSizeLog2) {
        ByteBuffer header = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(Long.reverseBytes(0xef22_55a1_bc1b_95a0L));
        header.put(new byte[] {0, 6, 1, (byte) blockSizeLog2}).putLong(content.length);
        return compress(header.array(), content, 1 << blockSizeLog2, Long.BYTES);
    }

    private static byte[] compress(byte[] header, byte[] content, int blockSize, int pointerLength) {
        int blocks = (content.length + blockSize - 1) / blockSize;
        ByteBuffer table = ByteBuffer.allocate((blocks + 1) * pointerLength).order(ByteOrder.LITTLE_ENDIAN);
        int start = header.length + table.capacity();
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int block = 0; block <= blocks; block++) {
            if (pointerLength == Integer.BYTES) {
                table.putInt(start + data.size());
            } else {
                table.putLong(start + data.size());
            }
            int end = Math.min(content.length, (block + 1) * blockSize);
            byte[] part = Arrays.copyOfRange(content, Math.min(end, block * blockSize), end);
            if (!Arrays.equals(part, new byte[part.length])) {
                data.writeBytes(deflate(part));
            }
        }
        return TestImage.concat(header, table.array(), data.toByteArray());
    }

    static byte[] deflate(byte[] block) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(block);
            deflater.finish();
            byte[] deflated = new byte[block.length * 2 + 64];
            return Arrays.copyOf(deflated, deflater.deflate(deflated));
        } finally {
            deflater.end();
        }
    }
}
