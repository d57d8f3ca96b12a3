package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.EnumSet;
import java.util.Set;

/** Gives what has been extracted the attributes that it had in the tree. */
public record KeptAttributes(boolean permissions, boolean owners) {

    /** Whether the permissions of an entry are set at last, so that it may be closed to others until then. */
    boolean setsPermissions(SourceEntry source) {
        return permissions && source.permissions() != null;
    }

    void applyToFile(TargetDirectory directory, String name, SourceEntry source) throws IOException {
        if (directory.hasPermissions()) {
            apply(directory.view(name, PosixFileAttributeView.class), directory, source);
        } else {
            directory.view(name, BasicFileAttributeView.class).setTimes(source.modified(), null, null);
        }
    }

    void applyToDirectory(TargetDirectory directory, SourceEntry source) throws IOException {
        if (directory.hasPermissions()) {
            apply(directory.view(PosixFileAttributeView.class), directory, source);
        } else {
            directory.view(BasicFileAttributeView.class).setTimes(source.modified(), null, null);
        }
    }

    void applyToLink(TargetDirectory directory, String name, SourceEntry source) throws IOException {
        if (owners && directory.hasPermissions()) {
            setOwner(directory.linkView(name, PosixFileAttributeView.class), directory, source);
        }
        directory.linkView(name, BasicFileAttributeView.class).setTimes(source.modified(), null, null);
    }

    /** The permissions come last: they may take the right to do the rest. */
    private void apply(PosixFileAttributeView view, TargetDirectory directory, SourceEntry source) throws IOException {
        if (owners) {
            setOwner(view, directory, source);
        }
        view.setTimes(source.modified(), null, null);
        Set<PosixFilePermission> wanted = source.permissions();
        if (permissions && wanted != null) {
            view.setPermissions(wanted);
        }
    }

    private static void setOwner(PosixFileAttributeView view, TargetDirectory directory, SourceEntry source)
            throws IOException {
        SourceEntry.Owner owner = source.owner();
        if (owner == null) {
            return;
        }
        UserPrincipalLookupService names = directory.path().getFileSystem().getUserPrincipalLookupService();
        view.setOwner(names.lookupPrincipalByName(Integer.toUnsignedString(owner.user())));
        view.setGroup(names.lookupPrincipalByGroupName(Integer.toUnsignedString(owner.group())));
    }

    /**
     * Lets the owner write into a directory of an earlier run.
     *
     * @return the permissions to give back at the end; none if the owner could write
     */
    Set<PosixFilePermission> unlock(TargetDirectory directory) throws IOException {
        if (!permissions || !directory.hasPermissions()) {
            return Set.of();
        }
        PosixFileAttributeView view = directory.view(PosixFileAttributeView.class);
        Set<PosixFilePermission> found = view.readAttributes().permissions();
        if (!found.containsAll(TargetDirectory.OWNER_ONLY)) {
            Set<PosixFilePermission> more = EnumSet.copyOf(TargetDirectory.OWNER_ONLY);
            more.addAll(found);
            view.setPermissions(more);
            return found;
        }
        return Set.of();
    }
}
