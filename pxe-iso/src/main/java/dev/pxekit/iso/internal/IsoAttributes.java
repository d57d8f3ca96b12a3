package dev.pxekit.iso.internal;

import dev.pxekit.tree.internal.NumericPrincipals;
import dev.pxekit.tree.internal.UnixAttributes;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The attributes of one file. */
final class IsoAttributes extends UnixAttributes {

    private record FileKey(IsoFileSystem fileSystem, long inode) {}

    private final IsoFileSystem fileSystem;
    private final Node node;

    IsoAttributes(IsoFileSystem fileSystem, Node node) {
        this.fileSystem = fileSystem;
        this.node = node;
    }

    /** What the image says of the file and no other file system could: the view {@code iso}. */
    Map<String, Object> ofImage() throws IOException {
        List<Extent> extents = node.extents();
        List<Extent> recorded =
                extents.stream().filter(extent -> !extent.isHole()).toList();
        long runs = recorded.stream().mapToLong(Extent::runs).sum();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("recordOffset", node.origin());
        values.put("offset", recorded.isEmpty() ? -1L : recorded.get(0).offset());
        values.put("extents", (int) Math.min(runs, Integer.MAX_VALUE));
        values.put("contiguous", runs < 2 && recorded.size() == extents.size() && !node.isCompressed());
        return values;
    }

    @Override
    protected int mode() {
        return node.mode();
    }

    @Override
    protected long inode() {
        return node.inode();
    }

    @Override
    protected long device() {
        return System.identityHashCode(fileSystem);
    }

    @Override
    protected long specialDevice() {
        return node.device();
    }

    @Override
    protected int links() {
        return node.links();
    }

    @Override
    protected long uid() {
        return node.uid();
    }

    @Override
    protected long gid() {
        return node.gid();
    }

    @Override
    protected FileTime changeTime() {
        return node.changeTime();
    }

    @Override
    public UserPrincipal owner() {
        return NumericPrincipals.user(node.uid());
    }

    @Override
    public GroupPrincipal group() {
        return NumericPrincipals.group(node.gid());
    }

    @Override
    public FileTime lastModifiedTime() {
        return node.modificationTime();
    }

    @Override
    public FileTime lastAccessTime() {
        return node.accessTime();
    }

    @Override
    public FileTime creationTime() {
        return node.creationTime();
    }

    @Override
    public long size() {
        return node.size();
    }

    @Override
    public Object fileKey() {
        return new FileKey(fileSystem, node.inode());
    }
}
