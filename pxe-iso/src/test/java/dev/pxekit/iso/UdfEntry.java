package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A file of a {@link TestUdfImage}: what its name says, what its entry says, and how its content is recorded. */
final class UdfEntry {

    /** Forms of allocation (ECMA-167 4/14.6.8). */
    enum Form {
        SHORT(0),
        LONG(1),
        EXTENDED(2),
        EMBEDDED(3);

        final int bits;

        Form(int bits) {
            this.bits = bits;
        }
    }

    /** A part of the content; with a block of its own it is recorded by the test. */
    record Piece(int type, long length, long block) {}

    final String name;
    final int fileType;
    final List<UdfEntry> children = new ArrayList<>();
    byte[] content;
    byte[] identifier;
    int characteristics;
    byte[] implementationUse = new byte[0];
    Consumer<ByteBuffer> bend = entry -> {};
    Consumer<ByteBuffer> bendIdentifier = descriptor -> {};

    @Nullable
    UdfEntry sameAs;

    @Nullable
    Form form;

    boolean extended;
    int mode = 0644;
    int flags;
    int links = 1;
    int uid = -1;
    int gid = -1;
    byte[] modificationTime = UdfBytes.timestamp();
    byte[] accessTime = UdfBytes.timestamp();
    byte[] changeTime = UdfBytes.timestamp();
    byte[] creationTime = UdfBytes.timestamp();
    byte[] extendedAttributes = new byte[0];
    List<Piece> pieces = List.of();
    int descriptorsPerExtent = Integer.MAX_VALUE;
    int olderVersions;

    /** Where the entry is, in blocks of its partition, once the image is built. */
    long block;

    private UdfEntry(String name, int fileType, byte[] content) {
        this.name = name;
        this.fileType = fileType;
        this.content = content;
        this.identifier = UdfBytes.characters(name);
    }

    static UdfEntry directory(String name, UdfEntry... children) {
        UdfEntry entry = new UdfEntry(name, 4, new byte[0]);
        entry.characteristics = 2;
        entry.mode = 0755;
        entry.children.addAll(List.of(children));
        return entry;
    }

    static UdfEntry file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    static UdfEntry file(String name, byte[] content) {
        return new UdfEntry(name, 5, content);
    }

    static UdfEntry link(String name, byte[]... components) {
        return new UdfEntry(name, 12, TestImage.concat(components));
    }

    /** An entry of another type (ECMA-167 4/14.6.6). */
    static UdfEntry special(String name, int fileType) {
        return new UdfEntry(name, fileType, new byte[0]);
    }

    /** Another name of an entry. */
    static UdfEntry hardLink(String name, UdfEntry other) {
        UdfEntry entry = new UdfEntry(name, other.fileType, other.content);
        entry.characteristics = other.characteristics;
        entry.sameAs = other;
        return entry;
    }

    /** A part that is recorded. */
    static Piece recorded(long length) {
        return new Piece(UdfBytes.RECORDED, length, -1);
    }

    /** A part of which only the place is taken. */
    static Piece allocated(long length) {
        return new Piece(UdfBytes.ALLOCATED, length, -1);
    }

    static Piece hole(long length) {
        return new Piece(UdfBytes.UNALLOCATED, length, -1);
    }

    static Piece at(long block, long length) {
        return new Piece(UdfBytes.RECORDED, length, block);
    }

    UdfEntry form(Form value) {
        this.form = value;
        return this;
    }

    /** An extended file entry. */
    UdfEntry extended() {
        this.extended = true;
        return this;
    }

    UdfEntry pieces(Piece... value) {
        this.pieces = List.of(value);
        return this;
    }

    /** Continues the descriptors in another extent after so many. */
    UdfEntry descriptorsPerExtent(int count) {
        this.descriptorsPerExtent = count;
        return this;
    }

    /** Records so many older versions before, with strategy 4096. */
    UdfEntry olderVersions(int count) {
        this.olderVersions = count;
        return this;
    }

    /** Permissions as in POSIX. */
    UdfEntry mode(int value) {
        this.mode = value;
        return this;
    }

    UdfEntry flags(int value) {
        this.flags = value;
        return this;
    }

    UdfEntry owner(int user, int group) {
        this.uid = user;
        this.gid = group;
        return this;
    }

    UdfEntry times(byte[] modification, byte[] access, byte[] change, byte[] creation) {
        this.modificationTime = modification;
        this.accessTime = access;
        this.changeTime = change;
        this.creationTime = creation;
        return this;
    }

    UdfEntry extendedAttributes(byte[]... attributes) {
        this.extendedAttributes = TestImage.concat(attributes);
        return this;
    }

    UdfEntry links(int count) {
        this.links = count;
        return this;
    }

    /** Marks the name: 1 hidden, 4 deleted. */
    UdfEntry characteristics(int bits) {
        this.characteristics |= bits;
        return this;
    }

    /** The name as recorded. */
    UdfEntry identifier(byte[] bytes) {
        this.identifier = bytes;
        return this;
    }

    UdfEntry implementationUse(int length) {
        this.implementationUse = new byte[length];
        return this;
    }

    /** Changes the file entry before its checksums are made. */
    UdfEntry bend(Consumer<ByteBuffer> change) {
        this.bend = bend.andThen(change);
        return this;
    }

    /** Changes the file identifier descriptor before its checksums are made. */
    UdfEntry bendIdentifier(Consumer<ByteBuffer> change) {
        this.bendIdentifier = bendIdentifier.andThen(change);
        return this;
    }

    boolean isDirectory() {
        return fileType == 4;
    }

    UdfEntry target() {
        return sameAs == null ? this : sameAs;
    }
}
