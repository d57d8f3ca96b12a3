package dev.pxekit.media.internal.overlay;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;

/** Users and groups of the layers: of those that know a name, the last one's. */
final class OverlayPrincipals extends UserPrincipalLookupService {

    private final List<FileSystem> layers;

    /** Of the file systems of the layers, the last one first. */
    OverlayPrincipals(List<FileSystem> layers) {
        this.layers = layers;
    }

    @Override
    public UserPrincipal lookupPrincipalByName(String name) throws IOException {
        return find(name, UserPrincipalLookupService::lookupPrincipalByName);
    }

    @Override
    public GroupPrincipal lookupPrincipalByGroupName(String group) throws IOException {
        return find(group, UserPrincipalLookupService::lookupPrincipalByGroupName);
    }

    private interface Lookup<P> {
        P find(UserPrincipalLookupService service, String name) throws IOException;
    }

    private <P> P find(String name, Lookup<P> lookup) throws IOException {
        for (FileSystem layer : layers) {
            try {
                return lookup.find(layer.getUserPrincipalLookupService(), name);
            } catch (UserPrincipalNotFoundException | UnsupportedOperationException notHere) {
                // The next one may know.
            }
        }
        throw new UserPrincipalNotFoundException(name);
    }
}
