package dev.pxekit.examples;

import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.media.InstallTree;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The iPXE scripts that a boot server hands out, and the paths of everything on its HTTP server: one rule for who writes a URL
 * and who answers it.
 *
 * @param base the root of the HTTP server, such as {@code http://10.77.0.1:8080/}
 * @param kernelArguments what every kernel gets at the end of its command line, a word each
 */
record BootScripts(URI base, List<String> kernelArguments) {

    /** The script that every machine gets first. */
    static final String SCRIPT_PATH = "/boot.ipxe";
    /** The network bootstrap programs, for UEFI HTTP boot. */
    static final String PROGRAMS_PATH = "/ipxe";

    private static final Duration MENU_TIMEOUT = Duration.ofSeconds(15);

    BootScripts {
        kernelArguments = List.copyOf(kernelArguments);
    }

    /** Where the tree of an image is served. */
    static String treePath(BootImage image) {
        return "/images/" + image.name();
    }

    /** Where the image itself is served: some live systems load all of it. */
    static String imagePath(BootImage image) {
        return "/isos/" + image.name() + ".iso";
    }

    /** Where the script of an image is served. */
    static String scriptPath(BootImage image) {
        return "/boot/" + image.name() + ".ipxe";
    }

    /** Where the kickstart of an image is served. */
    static String kickstartPath(BootImage image) {
        return "/kickstart/" + image.name() + ".ks";
    }

    /** The URL of the script that every machine gets first. */
    URI firstScript() {
        return base.resolve(SCRIPT_PATH);
    }

    /** The URL of the tree of an image, which ends with a slash. */
    URI tree(BootImage image) {
        return base.resolve(treePath(image) + "/");
    }

    /** The URL of a network bootstrap program. */
    URI program(String fileName) {
        return base.resolve(PROGRAMS_PATH + "/" + encoded(fileName));
    }

    /** The first script: the one of the only image, or a menu that leads to the script of the chosen one. */
    IpxeScript first(List<BootImage> images) {
        if (images.size() == 1) {
            return boot(images.get(0));
        }
        IpxeScript.Builder menu = IpxeScript.builder().menu("PXE Kit: what shall be installed?");
        for (BootImage image : images) {
            menu.item(image.name(), title(image));
        }
        return menu.choose("image", images.get(0).name(), MENU_TIMEOUT)
                .chain(base + "boot/${image}.ipxe")
                .build();
    }

    /** Boots the installer of one image. */
    IpxeScript boot(BootImage image) {
        InstallTree tree = image.tree();
        URI source = tree.loadsWholeImage() ? base.resolve(imagePath(image)) : tree(image);
        List<String> arguments = new ArrayList<>(tree.bootArguments(source));
        if (Kickstarts.isFor(image)) {
            arguments.addAll(tree.answerFileArguments(base.resolve(kickstartPath(image))));
        }
        arguments.addAll(kernelArguments);
        return IpxeScript.builder()
                .echo("PXE Kit boots " + title(image))
                .linux(
                        file(image, tree.kernel()),
                        tree.initrds().stream()
                                .map(initrd -> file(image, initrd))
                                .toList(),
                        arguments.toArray(String[]::new))
                .build();
    }

    private static String title(BootImage image) {
        return String.join(
                " ", (image.tree() + " (" + image.name() + ")").strip().split("\\s+"));
    }

    private URI file(BootImage image, Path file) {
        return tree(image).resolve(encoded(image.root().relativize(file).toString()));
    }

    private static String encoded(String path) {
        try {
            return new URI(null, null, "/" + path, null).getRawPath().substring(1);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("path: " + path + " (expected: one that a URI can hold)", e);
        }
    }
}
