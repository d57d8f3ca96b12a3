package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The regular files under a directory of any file system, and nothing outside it: what {@link TftpFiles#under} makes. Immutable:
 * each method returns another source.
 *
 * <pre>{@code
 * TftpFiles files = TftpFiles.under(Path.of("/srv/boot")).ignoringCase().perClientAddress();
 * }</pre>
 */
public final class DirectoryFiles implements TftpFiles {

    private final Path root;
    private final boolean ignoringCase;
    private final Function<InetAddress, Optional<String>> clientDirectory;

    DirectoryFiles(Path root) {
        this(root, false, client -> Optional.empty());
    }

    private DirectoryFiles(Path root, boolean ignoringCase, Function<InetAddress, Optional<String>> clientDirectory) {
        this.root = root;
        this.ignoringCase = ignoringCase;
        this.clientDirectory = clientDirectory;
    }

    /**
     * These files, found also where letters differ in case: Windows asks for {@code \boot\bcd} and has {@code Boot/BCD}.
     *
     * <p>Each element of a name is looked up by itself. An entry of exactly this name wins; otherwise it is the first, in the
     * order of {@link String#compareTo}, that {@link String#equalsIgnoreCase} finds equal. There is no way back: with
     * directories {@code boot} and {@code Boot}, {@code boot/bcd} is looked for in the first only.
     *
     * <p>An element without an entry of exactly its name costs a reading of the directory. A request reads 10,000 entries at
     * most; one that would need more is told that there is no such file.
     *
     * @return the files, looked up this way
     */
    public DirectoryFiles ignoringCase() {
        return new DirectoryFiles(root, true, clientDirectory);
    }

    /**
     * These files, with a directory for each client that has one: below the root and named by its address, such as
     * {@code 192.0.2.7} or {@code 2001:db8::7} (RFC 5952, without a zone). It is then the root of whatever this client asks
     * for; a client without such a directory has the root itself, as with {@code --tftp-unique-root=ip} of dnsmasq.
     *
     * <p>Links out of a client's directory may lead anywhere below the root, so that clients can share files. This is
     * convenience and keeps no secret: addresses are forged easily, and a client without a directory may ask for
     * {@code 192.0.2.7/secret}.
     *
     * @return the files, looked up this way; replaces {@link #perHardwareAddress}
     */
    public DirectoryFiles perClientAddress() {
        return new DirectoryFiles(root, ignoringCase, ClientDirectory::ofAddress);
    }

    /**
     * As {@link #perClientAddress}, with directories named by hardware address: lower-case octets with dashes between them,
     * such as {@code 52-54-00-ab-cd-ef}, as with {@code --tftp-unique-root=mac} of dnsmasq.
     *
     * @param hardwareAddresses the hardware address of a client; TFTP does not carry it, but a DHCP server knows it. In either
     *     case of letters, with colons or dashes; empty if unknown, for the root itself. Asked on the server's executor, for
     *     several requests at once
     * @return the files, looked up this way; replaces {@link #perClientAddress}. A request for which the function returns
     *     something else fails with {@link IllegalArgumentException}
     */
    public DirectoryFiles perHardwareAddress(Function<InetAddress, Optional<String>> hardwareAddresses) {
        return new DirectoryFiles(
                root, ignoringCase, client -> hardwareAddresses.apply(client).map(ClientDirectory::ofHardwareAddress));
    }

    @Override
    public TftpFile open(TftpRequest request) throws IOException {
        List<String> elements = FileName.elements(request.fileName());
        PathLookup lookup = new PathLookup(request.fileName(), root, root.toRealPath(), ignoringCase);
        try {
            return IdentifiedFile.open(lookup.real(lookup.find(start(request, lookup), elements)));
        } catch (InvalidPathException e) {
            AccessDeniedException refused = FileName.refused(request.fileName(), "not a name of this file system");
            refused.initCause(e);
            throw refused;
        }
    }

    /** The root for this client. */
    private Path start(TftpRequest request, PathLookup lookup) throws IOException {
        Optional<String> name = clientDirectory.apply(request.client().getAddress());
        if (name.isEmpty()) {
            return root;
        }
        try {
            Path directory = lookup.find(root, List.of(name.get()));
            return Files.isDirectory(directory) ? directory : root;
        } catch (InvalidPathException e) {
            return root; // on Windows no file name has the colons of an IPv6 address
        }
    }
}
