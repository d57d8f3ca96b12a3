package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.Resource;
import dev.pxekit.ipxe.ResourceFetcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

/** Gets images: inline ones from their {@code data:} URI, all others from the caller's fetcher. */
final class Downloads {

    /** A script larger than this is not run. */
    private static final int MAX_SCRIPT_SIZE = 4 << 20;

    /** What is looked at to tell the type of an image: Linux has its magic at offset 0x202. */
    private static final int HEAD_SIZE = 0x206;

    /** A download that did not come about. Caught where commands are run. */
    static final class DownloadException extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Status status;
        private final boolean started;

        DownloadException(Status status, boolean started) {
            super(status.message(), null, false, false);
            this.status = status;
            this.started = started;
        }

        Status status() {
            return status;
        }

        /** Tells whether a server was asked. */
        boolean started() {
            return started;
        }
    }

    private final ResourceFetcher fetcher;
    private final boolean knowsLinux;
    private final Budget budget;

    Downloads(ResourceFetcher fetcher, boolean knowsLinux, Budget budget) {
        this.fetcher = fetcher;
        this.knowsLinux = knowsLinux;
        this.budget = budget;
    }

    Image fetch(UriReference uri, Optional<String> name) throws DownloadException {
        Optional<Status> wrong = uri.check();
        if (wrong.isPresent()) {
            throw new DownloadException(wrong.get(), false);
        }
        try {
            Resource resource = open(uri);
            return new Image(name.orElseGet(uri::imageName), uri, resource, type(resource));
        } catch (IOException e) {
            // The fetcher's own words are for the caller's log; a script sees that its download broke.
            throw new DownloadException(Status.INPUT_OUTPUT, true);
        }
    }

    private Resource open(UriReference uri) throws DownloadException, IOException {
        if (uri.scheme().equalsIgnoreCase("data")) {
            return Resource.of(inline(uri.opaque().orElse("")));
        }
        URI address = uri.toUri().orElseThrow(() -> new DownloadException(Status.INVALID, false));
        return fetcher.fetch(address).orElseThrow(() -> new DownloadException(Status.NOT_FOUND, true));
    }

    /** RFC 2397: {@code [mediatype][;base64],data}. */
    private static byte[] inline(String opaque) throws DownloadException {
        int comma = opaque.indexOf(',');
        if (comma < 0) {
            throw new DownloadException(Status.INVALID, false);
        }
        String data = SettingType.percentDecode(opaque.substring(comma + 1));
        return opaque.substring(0, comma).endsWith(";base64")
                ? SettingType.BASE64.parse(data).orElseThrow(() -> new DownloadException(Status.INVALID, false))
                : ByteText.bytes(data);
    }

    private Image.Type type(Resource resource) throws IOException {
        byte[] head;
        try (InputStream in = resource.open()) {
            head = in.readNBytes(HEAD_SIZE);
        }
        if (isScript(ByteText.of(head))) {
            return Image.Type.SCRIPT;
        }
        boolean linux = head.length == HEAD_SIZE && ByteText.of(head).startsWith("HdrS", 0x202);
        return linux && knowsLinux ? Image.Type.LINUX : Image.Type.OTHER;
    }

    private static boolean isScript(String head) {
        return head.length() > 6
                && (head.startsWith("#!ipxe") || head.startsWith("#!gpxe"))
                && (head.charAt(6) == ' ' || (head.charAt(6) >= '\t' && head.charAt(6) <= '\r'));
    }

    byte[] readScript(Image image) throws DownloadException {
        try (InputStream in = image.resource().open()) {
            byte[] bytes = in.readNBytes(MAX_SCRIPT_SIZE + 1);
            if (bytes.length > MAX_SCRIPT_SIZE) {
                throw budget.stop("the script " + ByteText.display(image.name()) + " is larger than " + MAX_SCRIPT_SIZE
                        + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            // As for a broken download.
            throw new DownloadException(Status.INPUT_OUTPUT, true);
        }
    }
}
