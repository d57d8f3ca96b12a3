package dev.pxekit.ipxe;

import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An iPXE script: immutable, and lossless, so that what was parsed prints as the same bytes.
 *
 * <pre>{@code
 * IpxeScript script = IpxeScript.builder()
 *         .dhcp().orElseGoto("failed")
 *         .linux(URI.create("http://10.0.0.1/vmlinuz"), List.of(URI.create("http://10.0.0.1/initrd.img")), "quiet")
 *         .label("failed")
 *         .shell()
 *         .build();
 * byte[] body = script.toBytes();
 * }</pre>
 *
 * <p>Bytes are read as UTF-8 where that loses nothing, else as ISO 8859-1; {@link #toBytes()} writes them back likewise.
 * The language itself only looks at ASCII characters.
 */
public final class IpxeScript {

    private final String text;
    private final Charset charset;
    private final List<IpxeLine> lines;

    private IpxeScript(String text, Charset charset, List<IpxeLine> lines) {
        this.text = text;
        this.charset = charset;
        this.lines = List.copyOf(lines);
    }

    /**
     * Parses a text; never throws. A text that iPXE would not run gives error diagnostics, and prints as it was.
     *
     * @param text the text
     * @return the script and what there is to say about it
     */
    public static ParseResult<IpxeScript> parse(String text) {
        return parse(text, StandardCharsets.UTF_8);
    }

    /**
     * Parses the bytes of a file; never throws.
     *
     * @param bytes bytes of the file
     * @return the script and what there is to say about it
     */
    public static ParseResult<IpxeScript> parse(byte[] bytes) {
        Charset charset = IpxeText.charsetOf(bytes);
        return parse(new String(bytes, charset), charset);
    }

    private static ParseResult<IpxeScript> parse(String text, Charset charset) {
        ScriptReader reader = new ScriptReader(text).read();
        return new ParseResult<>(new IpxeScript(text, charset, reader.lines()), reader.diagnostics());
    }

    /**
     * Parses a text without errors.
     *
     * @param text the text
     * @return the script
     * @throws SyntaxException if iPXE would not run the text as a script
     */
    public static IpxeScript parseStrict(String text) {
        return parse(text).orThrow();
    }

    /**
     * Parses bytes without errors.
     *
     * @param bytes the bytes
     * @return the script
     * @throws SyntaxException if iPXE would not run the bytes as a script
     */
    public static IpxeScript parseStrict(byte[] bytes) {
        return parse(bytes).orThrow();
    }

    /** {@return a builder of a script that so far has the magic line {@code #!ipxe}} */
    public static Builder builder() {
        return new Builder("#!ipxe\n", StandardCharsets.UTF_8);
    }

    /**
     * {@return a builder that goes on after the last line of this script} If that line ends in a backslash, an empty line
     * ends the continuation.
     */
    public Builder toBuilder() {
        String whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        boolean continued = whole.endsWith("\\\n") || whole.endsWith("\\\r\n");
        return new Builder(continued ? whole + "\n" : whole, charset);
    }

    /**
     * Tells whether iPXE takes a text for a script: it starts with {@code #!ipxe} or, for gPXE's sake, {@code #!gpxe},
     * and one white space character.
     */
    static boolean hasMagic(CharSequence text) {
        return text.length() >= 7
                && ("#!ipxe".contentEquals(text.subSequence(0, 6)) || "#!gpxe".contentEquals(text.subSequence(0, 6)))
                && IpxeText.isWhiteSpace(text.charAt(6));
    }

    /** {@return whether the text starts with the magic {@code #!ipxe}; iPXE does not run it otherwise} */
    public boolean hasMagic() {
        return hasMagic(text);
    }

    /** {@return the lines in order; a line continued by backslashes is one of them} */
    public List<IpxeLine> lines() {
        return lines;
    }

    /** {@return the commands of all lines in order, without the empty parts that a trailing operator leaves} */
    public List<IpxeCommand> commands() {
        return lines.stream()
                .flatMap(line -> line.commands().stream())
                .filter(command -> !command.isEmpty())
                .toList();
    }

    /**
     * Finds the line that {@code goto} jumps to: the first with this label.
     *
     * @param name what {@code goto} names; case matters
     * @return the line, or empty if no line has the label
     */
    public Optional<IpxeLine.Label> label(String name) {
        return lines.stream()
                .filter(IpxeLine.Label.class::isInstance)
                .map(IpxeLine.Label.class::cast)
                .filter(label -> label.name().equals(name))
                .findFirst();
    }

    /** {@return the character set that {@link #toBytes()} uses: UTF-8, or ISO 8859-1 for bytes that are not UTF-8} */
    public Charset charset() {
        return charset;
    }

    /** {@return the bytes of the script; those it was parsed from, if it was} */
    public byte[] toBytes() {
        return text.getBytes(charset);
    }

    /** Returns the text of the script; that it was parsed from, if it was. */
    @Override
    public String toString() {
        return text;
    }

    /** Compares the texts and character sets. */
    @Override
    public boolean equals(Object other) {
        return other instanceof IpxeScript script && text.equals(script.text) && charset.equals(script.charset);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * Writes scripts line by line. Texts go into the script as they are: {@code ${…}} expands when the script runs, and
     * there is no way to write it otherwise. Since iPXE has no quoting, a text that it would not read back as given (two
     * spaces in a row, a word that starts with {@code #}, a lone {@code ;}, {@code &&} or {@code ||}, a line end, a
     * <code>$&#123;</code> without its brace in the same word) is refused with an {@link IllegalArgumentException}; so is a
     * character that {@link IpxeScript#charset()} does not have. Not safe for use by several threads.
     */
    public static final class Builder {

        /** {@code choose --timeout} is an unsigned number of 32 bits. */
        private static final Duration MAX_TIMEOUT = Duration.ofMillis(0xffff_ffffL);

        private final StringBuilder text;
        private final Charset charset;
        private final Set<String> labels = new HashSet<>();
        private boolean afterCommand;

        private Builder(String text, Charset charset) {
            this.text = new StringBuilder(text);
            this.charset = charset;
            for (IpxeLine line : new ScriptReader(text).read().lines()) {
                if (line instanceof IpxeLine.Label label) {
                    labels.add(label.name());
                }
            }
        }

        /**
         * Adds a comment line. A line end in the text starts another one.
         *
         * @param comment the text
         * @return this builder
         */
        public Builder comment(String comment) {
            for (String line : comment.split("\r\n?|\n", -1)) {
                if (line.endsWith("\\") || line.indexOf('\0') >= 0) {
                    throw new IllegalArgumentException("comment: \"" + line
                            + "\" ends in a backslash or holds a NUL: it would swallow the next line or end early");
                }
                text.append(line.isEmpty() ? "#" : "# " + encodable(line)).append('\n');
            }
            afterCommand = false;
            return this;
        }

        /**
         * Adds an empty line.
         *
         * @return this builder
         */
        public Builder blankLine() {
            text.append('\n');
            afterCommand = false;
            return this;
        }

        /**
         * Adds {@code echo}, which prints a line.
         *
         * @param message the text; may be empty
         * @return this builder
         */
        public Builder echo(String message) {
            return words("echo", List.of(), textAfterOptions("echo", message));
        }

        /**
         * Adds {@code set}, which stores a setting.
         *
         * @param setting {@code [scope/]name[:type]}
         * @param value the value; an empty one deletes the setting, as there are no empty settings
         * @return this builder
         */
        public Builder set(String setting, String value) {
            return words("set", positional("setting", setting), IpxeText.words("value of " + setting, value));
        }

        /**
         * Adds {@code clear}, which deletes a setting.
         *
         * @param setting {@code [scope/]name[:type]}
         * @return this builder
         */
        public Builder clear(String setting) {
            return words("clear", positional("setting", setting), List.of());
        }

        /**
         * Adds {@code dhcp}, which configures the first network interface that can be.
         *
         * @return this builder
         */
        public Builder dhcp() {
            return words("dhcp", List.of(), List.of());
        }

        /**
         * Adds a label line.
         *
         * @param name what {@code goto} names; case matters
         * @return this builder
         */
        public Builder label(String name) {
            IpxeText.word("label", name);
            if (name.endsWith("\\") || !labels.add(name)) {
                throw new IllegalArgumentException("label: \"" + name + "\" "
                        + (name.endsWith("\\")
                                ? "ends in a backslash, which would join the next line to it"
                                : "is there already, and goto only finds the first"));
            }
            text.append(':').append(encodable(name)).append('\n');
            afterCommand = false;
            return this;
        }

        /**
         * Adds {@code goto}. {@link #build()} checks that the label is there.
         *
         * @param label name of the label
         * @return this builder
         */
        public Builder gotoLabel(String label) {
            return words("goto", positional("label", label), List.of());
        }

        /**
         * Adds {@code kernel}, which downloads an image and selects it for {@code boot}.
         *
         * @param uri where it is; relative ones are resolved against the URI that the script came from
         * @param arguments the command line: words, or several words separated by single spaces
         * @return this builder
         */
        public Builder kernel(URI uri, String... arguments) {
            return kernel(uri.toString(), arguments);
        }

        /**
         * As {@link #kernel(URI, String...)}, for a URI with expansions such as {@code ${base}/vmlinuz}.
         *
         * @param uri where it is, with expansions
         * @param arguments the command line: words, or several words separated by single spaces
         * @return this builder
         */
        public Builder kernel(String uri, String... arguments) {
            return words("kernel", positional("uri", uri), arguments("kernel argument", arguments));
        }

        /**
         * Adds {@code initrd}, which downloads an initial ram disk under the name that its URI ends in. Mind that a
         * kernel booted by UEFI firmware may need {@code initrd=NAME} on its command line; {@link #linux} writes it.
         *
         * @param uri where it is
         * @return this builder
         */
        public Builder initrd(URI uri) {
            return initrd(uri.toString());
        }

        /**
         * As {@link #initrd(URI)}, for a URI with expansions.
         *
         * @param uri where it is
         * @return this builder
         */
        public Builder initrd(String uri) {
            return words("initrd", positional("uri", uri), List.of());
        }

        /**
         * Adds {@code initrd} with the name that the image shall have.
         *
         * @param uri where it is
         * @param name name of the image, one word
         * @return this builder
         */
        public Builder initrd(URI uri, String name) {
            return initrd(uri.toString(), name);
        }

        /**
         * As {@link #initrd(URI, String)}, for a URI with expansions.
         *
         * @param uri where it is
         * @param name name of the image, one word
         * @return this builder
         */
        public Builder initrd(String uri, String name) {
            List<String> words = new ArrayList<>(option("name", name));
            words.addAll(positional("uri", uri));
            return words("initrd", words, List.of());
        }

        /**
         * Adds what boots a Linux kernel under BIOS and UEFI alike: {@code kernel} with an {@code initrd=NAME} for each
         * initial ram disk, {@code initrd --name NAME} for each, and {@code boot}. Kernels before 5.8 that are booted by
         * UEFI find their initial ram disks by these names only; BIOS and newer kernels get all of them in order, and
         * ignore the names.
         *
         * @param kernel where the kernel is
         * @param initrds where the initial ram disks are, in order; may be empty
         * @param arguments the rest of the command line
         * @return this builder
         */
        public Builder linux(URI kernel, List<URI> initrds, String... arguments) {
            Set<String> taken = new HashSet<>(Set.of(fileName(kernel, "kernel")));
            List<String> names = new ArrayList<>();
            for (URI initrd : initrds) {
                String base = fileName(initrd, "initrd");
                String name = base;
                for (int i = 2; !taken.add(name); i++) {
                    name = base + "-" + i;
                }
                names.add(name);
            }
            List<String> line = new ArrayList<>();
            for (String name : names) {
                line.add("initrd=" + name);
            }
            line.addAll(arguments("kernel argument", arguments));
            words("kernel", positional("uri", kernel.toString()), line);
            for (int i = 0; i < names.size(); i++) {
                initrd(initrds.get(i), names.get(i));
            }
            return boot();
        }

        /**
         * Adds {@code chain}, which downloads an image, such as another script, and runs it.
         *
         * @param uri where it is
         * @return this builder
         */
        public Builder chain(URI uri) {
            return chain(uri.toString());
        }

        /**
         * As {@link #chain(URI)}, for a URI with expansions such as {@code menu.ipxe##params}.
         *
         * @param uri where it is
         * @return this builder
         */
        public Builder chain(String uri) {
            return words("chain", positional("uri", uri), List.of());
        }

        /**
         * Adds {@code sanboot}, which boots from a disk or CD image over the network.
         *
         * @param uri where it is
         * @return this builder
         */
        public Builder sanboot(URI uri) {
            return sanboot(uri.toString());
        }

        /**
         * As {@link #sanboot(URI)}, for an iSCSI root path or a URI with expansions.
         *
         * @param rootPath as {@code iscsi:…} or a URI
         * @return this builder
         */
        public Builder sanboot(String rootPath) {
            return words("sanboot", positional("root path", rootPath), List.of());
        }

        /**
         * Adds {@code boot}, which runs the selected image; it returns only if that fails or the image was a script.
         *
         * @return this builder
         */
        public Builder boot() {
            return words("boot", List.of(), List.of());
        }

        /**
         * Adds {@code exit}, which ends the script with success: firmware goes on with the next boot device.
         *
         * @return this builder
         */
        public Builder exit() {
            return words("exit", List.of(), List.of());
        }

        /**
         * Adds {@code exit} with a status.
         *
         * @param status 0 for success
         * @return this builder
         */
        public Builder exit(int status) {
            // A negative number would be read as an option.
            return words("exit", List.of(Integer.toUnsignedString(status)), List.of());
        }

        /**
         * Adds {@code shell}, the interactive command line.
         *
         * @return this builder
         */
        public Builder shell() {
            return words("shell", List.of(), List.of());
        }

        /**
         * Adds {@code sleep}.
         *
         * @param duration whole seconds, at least 0; fractions are rounded up
         * @return this builder
         */
        public Builder sleep(Duration duration) {
            if (duration.isNegative()) {
                throw new IllegalArgumentException("sleep: " + duration + " (expected: not negative)");
            }
            long seconds = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
            return words("sleep", List.of(Long.toString(seconds)), List.of());
        }

        /**
         * Adds {@code imgfree}, which drops all images downloaded so far.
         *
         * @return this builder
         */
        public Builder imgfree() {
            return words("imgfree", List.of(), List.of());
        }

        /**
         * Adds {@code menu}, which starts a menu that {@link #item} fills and {@link #choose} shows.
         *
         * @param title the text
         * @return this builder
         */
        public Builder menu(String title) {
            return words("menu", List.of(), textAfterOptions("title", title));
        }

        /**
         * Adds {@code item}, an entry of the menu.
         *
         * @param name what {@code choose} stores
         * @param label what the menu shows; may be empty
         * @return this builder
         */
        public Builder item(String name, String label) {
            return words("item", positional("name", name), IpxeText.words("label", label));
        }

        /**
         * Adds {@code item --gap}, a line of the menu that cannot be chosen.
         *
         * @param label the text
         * @return this builder
         */
        public Builder gap(String label) {
            return words("item", List.of("--gap"), textAfterOptions("label", label));
        }

        /**
         * Adds {@code choose}, which shows the menu and stores the name of the chosen item in a setting.
         *
         * @param setting {@code [scope/]name[:type]}
         * @return this builder
         */
        public Builder choose(String setting) {
            return words("choose", positional("setting", setting), List.of());
        }

        /**
         * Adds {@code choose} with an item that is chosen when nobody presses a key in time.
         *
         * @param setting where the name of the chosen item goes
         * @param defaultItem name of the item
         * @param timeout 1 to 4,294,967,295 milliseconds, about 49 days; zero waits for ever
         * @return this builder
         */
        public Builder choose(String setting, String defaultItem, Duration timeout) {
            if (timeout.isNegative() || timeout.compareTo(MAX_TIMEOUT) > 0) {
                throw new IllegalArgumentException("timeout: " + timeout + " (expected: 0.." + MAX_TIMEOUT.toMillis()
                        + " ms, as iPXE counts it in 32 bits)");
            }
            List<String> words = new ArrayList<>(option("default", defaultItem));
            if (!timeout.isZero()) {
                words.addAll(option("timeout", Long.toString(Math.max(1, timeout.toMillis()))));
            }
            words.addAll(positional("setting", setting));
            return words("choose", words, List.of());
        }

        /**
         * Adds any command.
         *
         * @param name of the command
         * @param arguments one word each, options included
         * @return this builder
         */
        public Builder command(String name, String... arguments) {
            return line(command(name, List.of(arguments)));
        }

        /**
         * Adds {@code || COMMAND} to the line before: runs if what came before on the line failed.
         *
         * @param name of the command
         * @param arguments one word each, options included
         * @return this builder
         */
        public Builder orElse(String name, String... arguments) {
            return join("||", command(name, List.of(arguments)));
        }

        /**
         * Adds {@code || goto LABEL} to the line before. {@link #build()} checks that the label is there.
         *
         * @param label name of the label
         * @return this builder
         */
        public Builder orElseGoto(String label) {
            return orElse("goto", IpxeText.word("label", label));
        }

        /**
         * Adds {@code ||} to the line before: the script goes on whether or not the line failed.
         *
         * @return this builder
         */
        public Builder ignoringFailure() {
            return join("||", "");
        }

        /**
         * Adds {@code && COMMAND} to the line before: runs if what came before on the line succeeded.
         *
         * @param name of the command
         * @param arguments one word each, options included
         * @return this builder
         */
        public Builder andThen(String name, String... arguments) {
            return join("&&", command(name, List.of(arguments)));
        }

        /**
         * {@return the script}
         *
         * @throws IllegalStateException if a {@code goto} names a label that is not there
         */
        public IpxeScript build() {
            String script = text.toString();
            List<IpxeLine> lines = new ScriptReader(script).read().lines();
            Collection<String> missing = new LinkedHashSet<>();
            for (IpxeLine line : lines) {
                for (IpxeCommand command : line.commands()) {
                    if (command.name().equals("goto")
                            && command.words().size() == 2
                            && !command.words().get(1).hasExpansion()
                            && !labels.contains(command.words().get(1).text())) {
                        missing.add(command.words().get(1).text());
                    }
                }
            }
            if (!missing.isEmpty()) {
                throw new IllegalStateException(
                        "goto without its label: add label(…) for " + String.join(", ", missing));
            }
            return new IpxeScript(script, charset, lines);
        }

        private Builder words(String name, List<String> first, List<String> rest) {
            List<String> words = new ArrayList<>(first.size() + rest.size() + 1);
            words.add(name);
            words.addAll(first);
            words.addAll(rest);
            return line(IpxeText.command(words));
        }

        private Builder line(String command) {
            text.append(encodable(command)).append('\n');
            afterCommand = true;
            return this;
        }

        /** Writing it would silently replace what the character set does not have. */
        private String encodable(String line) {
            if (!charset.newEncoder().canEncode(line)) {
                throw new IllegalArgumentException(
                        "\"" + line + "\" holds a character that " + charset
                                + ", the character set of the script, does not have: leave it out, or convert the script to UTF-8");
            }
            return line;
        }

        private Builder join(String operator, String command) {
            if (!afterCommand) {
                throw new IllegalStateException(operator + " " + command + ": no command before it; add one first");
            }
            encodable(command);
            text.setLength(text.length() - 1);
            text.append(' ').append(operator);
            if (!command.isEmpty()) {
                text.append(' ').append(command);
            }
            text.append('\n');
            return this;
        }

        private static String command(String name, List<String> arguments) {
            List<String> words = new ArrayList<>();
            words.add(IpxeText.word("command", name));
            if (name.startsWith(":")) {
                throw new IllegalArgumentException("command: \"" + name + "\" would be read as a label; use label(…)");
            }
            for (String argument : arguments) {
                words.add(IpxeText.word("argument of " + name, argument));
            }
            return IpxeText.command(words);
        }

        private static List<String> arguments(String what, String... arguments) {
            List<String> words = new ArrayList<>();
            for (String argument : arguments) {
                words.addAll(IpxeText.words(what, argument));
            }
            return words;
        }

        /** A first positional word: one that starts with a dash needs {@code --} before it. */
        private static List<String> positional(String what, String text) {
            IpxeText.word(what, text);
            return text.startsWith("-") ? List.of("--", text) : List.of(text);
        }

        private static List<String> textAfterOptions(String what, String text) {
            List<String> words = new ArrayList<>(IpxeText.words(what, text));
            if (text.startsWith("-")) {
                words.add(0, "--");
            }
            return words;
        }

        private static List<String> option(String name, String value) {
            IpxeText.word(name, value);
            return value.startsWith("-") ? List.of("--" + name + "=" + value) : List.of("--" + name, value);
        }

        /** The last part of a path, or a stand-in where that would not do as a word, an option or an EFI file name. */
        private static String fileName(URI uri, String standIn) {
            String path = uri.getPath() == null ? "" : uri.getPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            return name.matches("[A-Za-z0-9_][A-Za-z0-9_.+-]*") ? name : standIn;
        }
    }
}
