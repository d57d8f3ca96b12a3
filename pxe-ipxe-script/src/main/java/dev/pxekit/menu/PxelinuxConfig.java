package dev.pxekit.menu;

import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.ipxe.ParseResult;
import dev.pxekit.ipxe.SyntaxException;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A configuration file of PXELINUX ({@code pxelinux.cfg/default}): immutable, and lossless, so that what was parsed
 * prints as the same text. The format is that of SYSLINUX 6, {@code doc/syslinux.txt} and {@code doc/menu.txt}.
 *
 * <pre>{@code
 * PxelinuxConfig config = PxelinuxConfig.builder()
 *         .defaultLabel("fedora")
 *         .timeout(Duration.ofSeconds(5))
 *         .entry("fedora", "Fedora 43", "vmlinuz", List.of("initrd.img"), "quiet")
 *         .build();
 * IpxeScript script = config.toIpxeScript(URI.create("http://10.0.0.1/fedora/"));
 * }</pre>
 */
public final class PxelinuxConfig {

    private final String text;
    private final List<PxelinuxLine> lines;
    private final List<PxelinuxEntry> entries;

    private PxelinuxConfig(String text, PxelinuxReader reader) {
        this.text = text;
        this.lines = List.copyOf(reader.lines());
        this.entries = List.copyOf(reader.entries());
    }

    /**
     * Parses a text; never throws. Files that it includes are not read.
     *
     * @param text the text
     * @return the configuration and what there is to say about it
     */
    public static ParseResult<PxelinuxConfig> parse(String text) {
        PxelinuxReader reader = new PxelinuxReader(text).read();
        return new ParseResult<>(new PxelinuxConfig(text, reader), reader.diagnostics());
    }

    /**
     * Parses a text without errors.
     *
     * @param text the text
     * @return the configuration
     * @throws SyntaxException if there are any
     */
    public static PxelinuxConfig parseStrict(String text) {
        return parse(text).orThrow();
    }

    /** {@return a builder of an empty configuration} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return all lines in order; their texts, put together, are the file} */
    public List<PxelinuxLine> lines() {
        return lines;
    }

    /** {@return what can be booted, in order} */
    public List<PxelinuxEntry> entries() {
        return entries;
    }

    /**
     * Finds an entry by its label; case matters.
     *
     * @param label the label
     * @return the entry, or empty if there is none
     */
    public Optional<PxelinuxEntry> entry(String label) {
        return entries.stream().filter(entry -> entry.label().equals(label)).findFirst();
    }

    /**
     * {@return the label that boots when nobody chooses: what {@code ONTIMEOUT} or {@code DEFAULT} names, else the entry
     * marked {@code MENU DEFAULT}, else the first one} Empty only if there is no entry.
     */
    public Optional<String> defaultLabel() {
        return value("ONTIMEOUT")
                .or(() -> value("DEFAULT"))
                .filter(label -> entry(label).isPresent())
                .or(this::markedDefault)
                .or(() -> entries.stream().map(PxelinuxEntry::label).findFirst());
    }

    private Optional<String> markedDefault() {
        Optional<String> label = Optional.empty();
        Optional<String> marked = Optional.empty();
        for (PxelinuxLine line : lines) {
            if (line.keyword().equals("LABEL")) {
                label = Optional.of(line.value());
            } else if (line.keyword().equals("MENU DEFAULT")) {
                marked = label;
            }
        }
        return marked.filter(name -> entry(name).isPresent());
    }

    /** {@return how long to wait for a choice; zero for ever} The file has tenths of a second. */
    public Duration timeout() {
        return Duration.ofMillis(number("TIMEOUT") * 100);
    }

    /** {@return whether the user is asked: {@code PROMPT} is not 0, or a menu is shown} */
    public boolean isInteractive() {
        boolean menu = value("UI").filter(PxelinuxEntry::isModule).isPresent()
                || value("DEFAULT").filter(PxelinuxEntry::isModule).isPresent();
        return menu || number("PROMPT") != 0;
    }

    /** {@return the title of the menu, {@code MENU TITLE}} */
    public Optional<String> title() {
        return value("MENU TITLE");
    }

    /** The last value of a keyword. */
    private Optional<String> value(String keyword) {
        Optional<String> value = Optional.empty();
        for (PxelinuxLine line : lines) {
            if (line.keyword().equals(keyword) && !line.value().isEmpty()) {
                value = Optional.of(line.value());
            }
        }
        return value;
    }

    private long number(String keyword) {
        return value(keyword)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /**
     * Turns the configuration into an iPXE script with the same choices: a menu if the user is asked and there is
     * anything to choose, else the default entry alone. {@code LOCALBOOT} becomes {@code exit}, with which firmware goes
     * on with its next boot device; modules of SYSLINUX ({@code .c32}) are left out, as only SYSLINUX can run them.
     *
     * @param base what file names are relative to: absolute, and with a slash at its end for a directory
     * @return the script; one that only prints a message and fails if there is nothing to boot
     * @throws IllegalArgumentException if {@code base} is not absolute, a file name is no URI, or a command line cannot
     *     be written in an iPXE script (a lone {@code ;}, for example)
     */
    public IpxeScript toIpxeScript(URI base) {
        if (!base.isAbsolute()) {
            throw new IllegalArgumentException("base: " + base + " (expected: an absolute URI)");
        }
        return new PxelinuxScript(this, base).write();
    }

    /** Returns the text of the file; that it was parsed from, if it was. */
    @Override
    public String toString() {
        return text;
    }

    /** Compares the texts. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PxelinuxConfig config && text.equals(config.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Writes configurations line by line. Not safe for use by several threads. */
    public static final class Builder {

        private final StringBuilder text = new StringBuilder();
        private final Set<String> labels = new HashSet<>();

        private Builder() {}

        /**
         * Sets the label to boot when nobody chooses.
         *
         * @param label label of an entry
         * @return this builder
         */
        public Builder defaultLabel(String label) {
            return line("DEFAULT", label);
        }

        /**
         * Sets how long to wait for a choice.
         *
         * @param timeout up to 3,598 seconds; rounded up to tenths of a second; zero waits for ever
         * @return this builder
         */
        public Builder timeout(Duration timeout) {
            if (timeout.isNegative() || timeout.compareTo(Duration.ofSeconds(3598)) > 0) {
                throw new IllegalArgumentException("timeout: " + timeout + " (expected: 0..3598 s)");
            }
            return line("TIMEOUT", Long.toString((timeout.toMillis() + 99) / 100));
        }

        /**
         * Sets whether the user is asked for a label; without, the default one boots at once.
         *
         * @param prompt whether to ask
         * @return this builder
         */
        public Builder prompt(boolean prompt) {
            return line("PROMPT", prompt ? "1" : "0");
        }

        /**
         * Sets the module that shows the menu, such as {@code menu.c32}.
         *
         * @param file the file
         * @return this builder
         */
        public Builder menuModule(String file) {
            return line("UI", file);
        }

        /**
         * Sets the title of the menu.
         *
         * @param title the text
         * @return this builder
         */
        public Builder title(String title) {
            return line("MENU TITLE", title);
        }

        /**
         * Adds a comment line.
         *
         * @param comment the text
         * @return this builder
         */
        public Builder comment(String comment) {
            text.append("# ").append(oneLine("comment", comment)).append('\n');
            return this;
        }

        /**
         * Adds an entry that boots a Linux kernel.
         *
         * @param label unique
         * @param title what a menu shows
         * @param kernel file name relative to the configuration's directory, or URL
         * @param initrds file names or URLs; without commas
         * @param arguments the kernel's command line; may be empty
         * @return this builder
         */
        public Builder entry(String label, String title, String kernel, List<String> initrds, String arguments) {
            startEntry(label, title);
            line("  LINUX", kernel);
            for (String initrd : initrds) {
                if (initrd.isBlank() || initrd.contains(",")) {
                    throw new IllegalArgumentException(
                            "initrd: \"" + initrd + "\" is blank or holds a comma, which separates file names here");
                }
            }
            if (!initrds.isEmpty()) {
                line("  INITRD", String.join(",", initrds));
            }
            return arguments.isBlank() ? this : line("  APPEND", arguments);
        }

        /**
         * Adds an entry that boots the local disk.
         *
         * @param label unique
         * @param title what a menu shows
         * @return this builder
         */
        public Builder localBoot(String label, String title) {
            startEntry(label, title);
            return line("  LOCALBOOT", "0");
        }

        private void startEntry(String label, String title) {
            if (!labels.add(label)) {
                throw new IllegalArgumentException("label: \"" + label + "\" is there already");
            }
            line("LABEL", label);
            if (!title.equals(label)) {
                line("  MENU LABEL", title);
            }
        }

        private Builder line(String keyword, String value) {
            text.append(keyword)
                    .append(' ')
                    .append(oneLine(keyword.strip(), value))
                    .append('\n');
            return this;
        }

        private static String oneLine(String what, String value) {
            if (value.isBlank() || !value.strip().equals(value)) {
                throw new IllegalArgumentException(what + ": \"" + value + "\" is blank or has white space around it");
            }
            if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
                throw new IllegalArgumentException(what + ": \"" + value + "\" holds a line end");
            }
            return value;
        }

        /** {@return the configuration} */
        public PxelinuxConfig build() {
            String config = text.toString();
            return new PxelinuxConfig(config, new PxelinuxReader(config).read());
        }
    }
}
