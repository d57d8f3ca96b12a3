package dev.pxekit.dhcp.server;

import java.net.Inet4Address;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client boots, the answer of a {@link BootPolicy}: a boot file by TFTP, a boot file URL, or nothing. Immutable.
 *
 * <p>A URL goes to clients that read one: UEFI HTTP boot and iPXE. A boot file goes to PXE firmware and to iPXE. The other way
 * round there is no answer to give: the client gets what {@link #ignore} gives.
 */
public final class BootDecision {

    /** The {@code file} field has 128 octets, one of which is a NUL: every firmware reads it. */
    private static final int LONGEST_BOOT_FILE = 127;

    /** Option 67 has one octet of length. */
    private static final int LONGEST_URL = 255;

    private static final BootDecision IGNORE = new BootDecision(null, null, null);

    private final @Nullable String bootFileName;
    private final @Nullable Inet4Address nextServer;
    private final @Nullable URI url;

    private BootDecision(@Nullable String bootFileName, @Nullable Inet4Address nextServer, @Nullable URI url) {
        this.bootFileName = bootFileName;
        this.nextServer = nextServer;
        this.url = url;
    }

    /**
     * {@return nothing to boot: a DHCP server gives an address without boot options, a proxy DHCP server gives no answer}
     */
    public static BootDecision ignore() {
        return IGNORE;
    }

    /**
     * A boot file on the server's own TFTP server.
     *
     * @param name the path as the client asks for it, such as {@code snponly.efi}: 1 to 127 printable ASCII characters
     * @return the decision
     * @throws IllegalArgumentException if the name is none
     */
    public static BootDecision bootFile(String name) {
        return new BootDecision(checked("boot file name", name, LONGEST_BOOT_FILE), null, null);
    }

    /**
     * A boot file on another TFTP server.
     *
     * @param name the path as the client asks for it: 1 to 127 printable ASCII characters
     * @param nextServer where it is, not 0.0.0.0
     * @return the decision
     * @throws IllegalArgumentException if the name is none or the address is 0.0.0.0
     */
    public static BootDecision bootFile(String name, Inet4Address nextServer) {
        if (nextServer.isAnyLocalAddress()) {
            throw new IllegalArgumentException("next server: 0.0.0.0 (expected: the address of a TFTP server)");
        }
        return new BootDecision(checked("boot file name", name, LONGEST_BOOT_FILE), nextServer, null);
    }

    /**
     * A boot file URL: what UEFI HTTP boot loads, or the script or image that iPXE chains to.
     *
     * @param url an absolute URL of at most 255 ASCII characters; {@code http} and {@code https} for UEFI, {@code tftp} and
     *     others too for iPXE
     * @return the decision
     * @throws IllegalArgumentException if the URL is not absolute, has no host, or is too long
     */
    public static BootDecision url(URI url) {
        if (url.getScheme() == null || url.getRawAuthority() == null) {
            throw new IllegalArgumentException(
                    "boot file URL: " + url + " (expected: scheme and host as in http://10.77.0.1:8080/boot.ipxe)");
        }
        checked("boot file URL", url.toASCIIString(), LONGEST_URL);
        return new BootDecision(null, null, url);
    }

    private static String checked(String what, String text, int longest) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        if (length == 0 || length > longest || !printable) {
            throw new IllegalArgumentException(what + " of " + length + " octets (expected: 1.." + longest
                    + " printable ASCII characters): " + text);
        }
        return text;
    }

    /** {@return whether there is nothing to boot} */
    public boolean isIgnore() {
        return bootFileName == null && url == null;
    }

    /** {@return the boot file's name, if it is to be loaded by TFTP} */
    public Optional<String> bootFileName() {
        return Optional.ofNullable(bootFileName);
    }

    /** {@return the TFTP server of the boot file, if it is another than the server's own} */
    public Optional<Inet4Address> nextServer() {
        return Optional.ofNullable(nextServer);
    }

    /** {@return the boot file URL, if there is one} */
    public Optional<URI> url() {
        return Optional.ofNullable(url);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BootDecision that
                && Objects.equals(bootFileName, that.bootFileName)
                && Objects.equals(nextServer, that.nextServer)
                && Objects.equals(url, that.url);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bootFileName, nextServer, url);
    }

    /** {@code ignore}, the URL, or the boot file with its server. */
    @Override
    public String toString() {
        if (url != null) {
            return url.toString();
        }
        if (bootFileName == null) {
            return "ignore";
        }
        return nextServer == null ? bootFileName : nextServer.getHostAddress() + ":" + bootFileName;
    }
}
