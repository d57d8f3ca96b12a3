package dev.pxekit.menu;

import dev.pxekit.ipxe.IpxeScript;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an iPXE script that offers what a PXELINUX configuration does. */
final class PxelinuxScript {

    private static final String CHOICE = "choice";
    private static final String MENU = "pxelinux-menu";
    private static final String FAILED = "pxelinux-failed";

    private final PxelinuxConfig config;
    private final URI base;
    private final IpxeScript.Builder script = IpxeScript.builder();

    /** The label in the script of each entry. */
    private final Map<PxelinuxEntry, String> targets = new LinkedHashMap<>();

    PxelinuxScript(PxelinuxConfig config, URI base) {
        this.config = config;
        this.base = base;
        for (PxelinuxEntry entry : config.entries()) {
            if (!entry.isModule() && (entry.kernel().isPresent() || entry.localBoot())) {
                targets.putIfAbsent(entry, target(entry));
            }
        }
    }

    /** The entry's own label where iPXE takes it as one word and it is not taken. */
    private String target(PxelinuxEntry entry) {
        String label = entry.label();
        boolean usable = label.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")
                && !targets.containsValue(label)
                && !label.equals(MENU)
                && !label.equals(FAILED);
        String candidate = label;
        for (int i = targets.size() + 1; !usable; i++) {
            candidate = "entry-" + i;
            usable = !targets.containsValue(candidate);
        }
        return candidate;
    }

    IpxeScript write() {
        if (targets.isEmpty()) {
            return script.echo("The PXELINUX configuration has nothing that iPXE can boot.")
                    .exit(1)
                    .build();
        }
        PxelinuxEntry chosen = config.defaultLabel()
                .flatMap(config::entry)
                .filter(targets::containsKey)
                .orElseGet(() -> targets.keySet().iterator().next());
        if (config.isInteractive() && targets.size() > 1) {
            writeMenu(targets.getOrDefault(chosen, ""));
        } else {
            writeEntry(chosen);
        }
        return script.build();
    }

    private void writeMenu(String chosen) {
        script.label(MENU).menu(words(config.title().orElse("Boot menu")));
        targets.forEach((entry, target) -> script.item(target, words(entry.title())));
        script.choose(CHOICE, chosen, timeout()).orElse("exit", "1");
        script.command("goto", "${" + CHOICE + "}");
        targets.forEach((entry, target) -> {
            script.blankLine().label(target);
            writeEntry(entry);
        });
        script.blankLine()
                .label(FAILED)
                .echo("Booting failed.")
                .command("prompt", "--timeout", "5000", "Press", "a", "key")
                .ignoringFailure()
                .imgfree()
                .gotoLabel(MENU);
    }

    /** What the file can say is more than what iPXE can count. */
    private Duration timeout() {
        Duration longest = Duration.ofMillis(0xffff_ffffL);
        return config.timeout().compareTo(longest) > 0 ? longest : config.timeout();
    }

    private void writeEntry(PxelinuxEntry entry) {
        Optional<String> kernel = entry.kernel();
        if (kernel.isEmpty()) {
            script.exit();
            return;
        }
        List<URI> initrds = new ArrayList<>();
        entry.initrds().forEach(file -> initrds.add(resolve(file)));
        if (config.isInteractive() && targets.size() > 1) {
            // Every command of the recipe leads back to the menu when it fails.
            IpxeScript.builder()
                    .linux(resolve(kernel.get()), initrds, words(entry.arguments()))
                    .build()
                    .commands()
                    .forEach(command -> script.command(
                                    command.name(), command.arguments().toArray(String[]::new))
                            .orElseGoto(FAILED));
        } else {
            script.linux(resolve(kernel.get()), initrds, words(entry.arguments()));
        }
    }

    /** File names of PXELINUX: URLs, {@code host::path}, {@code ::path} from the server's root, or relative paths. */
    private URI resolve(String file) {
        if (file.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
            return base.resolve(file);
        }
        int colons = file.indexOf("::");
        if (colons > 0) {
            return URI.create("tftp://" + file.substring(0, colons) + "/" + stripSlashes(file.substring(colons + 2)));
        }
        if (colons == 0) {
            return base.resolve("/" + stripSlashes(file.substring(2)));
        }
        return base.resolve(file);
    }

    private static String stripSlashes(String path) {
        int at = 0;
        while (at < path.length() && path.charAt(at) == '/') {
            at++;
        }
        return path.substring(at);
    }

    /** iPXE keeps single spaces only. */
    private static String words(String text) {
        return String.join(" ", text.strip().split("\\s+"));
    }
}
