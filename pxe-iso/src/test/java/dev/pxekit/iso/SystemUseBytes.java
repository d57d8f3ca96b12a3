package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** System Use entries as bytes, for {@link TestImage}. */
final class SystemUseBytes {

    private SystemUseBytes() {}

    static byte[] entry(String signature, byte[] data) {
        ByteBuffer entry = ByteBuffer.allocate(4 + data.length);
        entry.put(signature.getBytes(StandardCharsets.US_ASCII));
        entry.put((byte) (4 + data.length)).put((byte) 1).put(data);
        return entry.array();
    }

    static byte[] both(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        for (int value : values) {
            bytes.putInt(Integer.reverseBytes(value)).putInt(value);
        }
        return bytes.array();
    }

    static byte[] sp(int skip) {
        return entry("SP", new byte[] {(byte) 0xbe, (byte) 0xef, (byte) skip});
    }

    static byte[] px(int mode, int links, int uid, int gid) {
        return entry("PX", both(mode, links, uid, gid));
    }

    static byte[] pn(int high, int low) {
        return entry("PN", both(high, low));
    }

    static byte[] nm(int flags, String name) {
        return entry("NM", TestImage.concat(new byte[] {(byte) flags}, name.getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] nm(String name) {
        return nm(0, name);
    }

    static byte[] sl(int flags, byte[]... components) {
        return entry("SL", TestImage.concat(new byte[] {(byte) flags}, TestImage.concat(components)));
    }

    static byte[] component(int flags, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return TestImage.concat(new byte[] {(byte) flags, (byte) bytes.length}, bytes);
    }

    static byte[] tf(int flags, byte[]... stamps) {
        return entry("TF", TestImage.concat(new byte[] {(byte) flags}, TestImage.concat(stamps)));
    }

    static byte[] ce(int block, int offset, int length) {
        return entry("CE", both(block, offset, length));
    }

    static byte[] cl(int block) {
        return entry("CL", both(block));
    }

    static byte[] pl(int block) {
        return entry("PL", both(block));
    }

    static byte[] re() {
        return entry("RE", new byte[0]);
    }

    static byte[] zf(int blockSizeLog2, int uncompressedSize) {
        return entry("ZF", TestImage.concat(new byte[] {'p', 'z', 4, (byte) blockSizeLog2}, both(uncompressedSize)));
    }

    /** An entry of zisofs version 2, with its signature or that of version 1. */
    static byte[] zf2(String signature, int blockSizeLog2, long uncompressedSize) {
        ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        data.put(new byte[] {'P', 'Z', 6, (byte) blockSizeLog2}).putLong(uncompressedSize);
        byte[] entry = entry(signature, data.array());
        entry[3] = 2;
        return entry;
    }
}
