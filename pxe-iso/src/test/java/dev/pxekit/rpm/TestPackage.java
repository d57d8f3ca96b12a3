package dev.pxekit.rpm;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes the metadata of packages, sound or not. */
final class TestPackage {

    private final Section signature = new Section();
    private final Section header = new Section();
    private boolean source;

    Section signature() {
        return signature;
    }

    Section header() {
        return header;
    }

    TestPackage source() {
        this.source = true;
        return this;
    }

    static TestPackage sample() {
        TestPackage sample = new TestPackage();
        sample.signature().bytes(1004, new byte[16]).numbers(1000, 123);
        sample.header()
                .string(1000, "bash")
                .string(1001, "5.1.8")
                .string(1002, "6.el9")
                .numbers(1003, 2)
                .translated(1004, "The shell", "Die Shell")
                .numbers(1009, 0xffff_fff0)
                .string(1014, "GPLv3+")
                .string(1022, "x86_64")
                .numbers(1116, 0, 0, 1)
                .strings(1117, "bash", "sh", "bash.1.gz")
                .strings(1118, "/usr/bin/", "/usr/share/man/man1/")
                .string(1124, "cpio")
                .string(1125, "zstd");
        return sample;
    }

    byte[] build() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer lead = ByteBuffer.allocate(96);
        lead.putInt(0xedabeedb)
                .put((byte) 3)
                .put((byte) 0)
                .putShort((short) (source ? 1 : 0))
                .putShort((short) 1);
        lead.put("bash-5.1.8-6.el9".getBytes(StandardCharsets.US_ASCII));
        lead.putShort(76, (short) 1).putShort(78, (short) 5);
        all.writeBytes(lead.array());
        all.writeBytes(signature.build());
        while (all.size() % 8 != 0) {
            all.write(0);
        }
        all.writeBytes(header.build());
        all.writeBytes(new byte[] {1, 2, 3});
        return all.toByteArray();
    }

    /** A header structure. */
    static final class Section {
        private final List<int[]> index = new ArrayList<>();
        private final ByteArrayOutputStream store = new ByteArrayOutputStream();

        Section entry(int tag, int type, int offset, int count) {
            index.add(new int[] {tag, type, offset, count});
            return this;
        }

        Section string(int tag, String text) {
            return texts(tag, 6, text);
        }

        Section strings(int tag, String... texts) {
            return texts(tag, 8, texts);
        }

        Section translated(int tag, String... texts) {
            return texts(tag, 9, texts);
        }

        private Section texts(int tag, int type, String... texts) {
            entry(tag, type, store.size(), texts.length);
            for (String text : texts) {
                store.writeBytes(text.getBytes(StandardCharsets.UTF_8));
                store.write(0);
            }
            return this;
        }

        Section numbers(int tag, int... values) {
            while (store.size() % 4 != 0) {
                store.write(0);
            }
            entry(tag, 4, store.size(), values.length);
            for (int value : values) {
                store.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
            }
            return this;
        }

        Section bytes(int tag, byte[] bytes) {
            entry(tag, 7, store.size(), bytes.length);
            store.writeBytes(bytes);
            return this;
        }

        private byte[] build() {
            ByteBuffer all = ByteBuffer.allocate(16 + index.size() * 16 + store.size());
            all.putInt(0x8eade801).putInt(0).putInt(index.size()).putInt(store.size());
            for (int[] entry : index) {
                for (int field : entry) {
                    all.putInt(field);
                }
            }
            return all.put(store.toByteArray()).array();
        }
    }
}
