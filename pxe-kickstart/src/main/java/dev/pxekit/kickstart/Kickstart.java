package dev.pxekit.kickstart;

import java.net.URI;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A kickstart file: immutable, and lossless, so that what was parsed prints as the same text.
 *
 * <pre>{@code
 * Kickstart kickstart = Kickstart.builder(SyntaxVersion.fedora(43))
 *         .text()
 *         .lang("en_US.UTF-8")
 *         .keyboard("us")
 *         .timezone("Europe/Prague", true)
 *         .networkDhcp("link")
 *         .url(URI.create("http://10.0.0.1/fedora/"))
 *         .lockRootPassword()
 *         .zerombr()
 *         .clearpart(true, true)
 *         .autopart()
 *         .packages(packages -> packages.group("core").add("vim-minimal"))
 *         .post("echo installed > /etc/motd")
 *         .reboot()
 *         .build();
 * }</pre>
 *
 * <p>{@link KickstartParser} makes one from a text.
 */
public final class Kickstart {

    private final String text;
    private final Charset charset;
    private final SyntaxVersion version;
    private final List<KickstartItem> items;

    Kickstart(String text, Charset charset, SyntaxVersion version, List<KickstartItem> items) {
        this.text = text;
        this.charset = charset;
        this.version = version;
        this.items = List.copyOf(items);
    }

    /**
     * Starts an empty file.
     *
     * @param version the syntax version that the file is for
     * @return a builder
     */
    public static Builder builder(SyntaxVersion version) {
        return new Builder(version);
    }

    /**
     * Starts an empty file for the newest Fedora; see {@link Builder#version}.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder(SyntaxVersion.latestFedora());
    }

    /** {@return the syntax version that it was parsed in or built for} */
    public SyntaxVersion version() {
        return version;
    }

    /** {@return all pieces in order} */
    public List<KickstartItem> items() {
        return items;
    }

    /** {@return the commands in order} */
    public List<KickstartCommand> commands() {
        return of(KickstartCommand.class);
    }

    /**
     * Finds commands by name.
     *
     * @param name such as {@code network}
     * @return the commands of that name, in order
     */
    public List<KickstartCommand> commands(String name) {
        return commands().stream()
                .filter(command -> command.name().equals(name))
                .toList();
    }

    /** {@return the sections in order} */
    public List<Section> sections() {
        return of(Section.class);
    }

    /**
     * Finds sections by name.
     *
     * @param name such as {@code %post}
     * @return the sections of that name, in order
     */
    public List<Section> sections(String name) {
        return sections().stream()
                .filter(section -> section.name().equals(name))
                .toList();
    }

    /** {@return the lines outside sections that ask for other files, in order} */
    public List<KickstartItem.Include> includes() {
        return of(KickstartItem.Include.class);
    }

    private <T extends KickstartItem> List<T> of(Class<T> type) {
        return items.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** {@return the bytes of the file; those it was parsed from, if it was} */
    public byte[] toBytes() {
        return text.getBytes(charset);
    }

    /** Returns the text of the file; that it was parsed from, if it was. It may hold passwords. */
    @Override
    public String toString() {
        return text;
    }

    /** Compares texts, character sets and syntax versions. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Kickstart kickstart
                && text.equals(kickstart.text)
                && charset.equals(kickstart.charset)
                && version.equals(kickstart.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, version);
    }

    /**
     * Writes kickstart files line by line, in the order of the calls. Words are quoted where they need it. Options that a
     * method writes exist in the file's version, or the method says how it does without; {@link #build()} checks that the
     * commands do. Not safe for use by several threads.
     */
    public static final class Builder {

        private static final SyntaxVersion F8 = SyntaxVersion.fedora(8);
        private static final SyntaxVersion F16 = SyntaxVersion.fedora(16);
        private static final SyntaxVersion F17 = SyntaxVersion.fedora(17);
        private static final SyntaxVersion F18 = SyntaxVersion.fedora(18);

        private final StringBuilder text = new StringBuilder();
        private SyntaxVersion version;

        private Builder(SyntaxVersion version) {
            this.version = Objects.requireNonNull(version, "version");
        }

        /**
         * Sets the syntax version.
         *
         * @param version the syntax version that the file is for
         * @return this builder
         * @throws IllegalStateException if something was added before, since that depends on it
         */
        public Builder version(SyntaxVersion version) {
            if (text.length() > 0) {
                throw new IllegalStateException("version: set it before anything else is added");
            }
            this.version = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * Adds a comment; a line end in it, of any kind that the installer knows, starts another one.
         *
         * @param comment the text
         * @return this builder
         */
        public Builder comment(String comment) {
            for (String line : TextLines.split(comment)) {
                text.append("# ").append(TextLines.withoutLineEnd(line)).append('\n');
            }
            return this;
        }

        /**
         * Adds {@code text}: installation in text mode.
         *
         * @return this builder
         */
        public Builder text() {
            return command("text");
        }

        /**
         * Adds {@code graphical}: installation in graphical mode.
         *
         * @return this builder
         */
        public Builder graphical() {
            return command("graphical");
        }

        /**
         * Adds {@code cmdline}: installation without any interaction.
         *
         * @return this builder
         */
        public Builder cmdline() {
            return command("cmdline");
        }

        /**
         * Adds {@code lang}.
         *
         * @param locale such as {@code en_US.UTF-8}
         * @return this builder
         */
        public Builder lang(String locale) {
            return command("lang", value("lang", locale));
        }

        /**
         * Adds {@code keyboard}.
         *
         * @param layout an X layout such as {@code us} or {@code cz (qwerty)}; before Fedora 18 the name of a keymap
         * @return this builder
         */
        public Builder keyboard(String layout) {
            value("keyboard", layout);
            return version.isAtLeast(F18) ? command("keyboard", "--xlayouts=" + layout) : command("keyboard", layout);
        }

        /**
         * Adds {@code timezone}.
         *
         * @param zone such as {@code Europe/Prague}
         * @param utc whether the hardware clock has UTC
         * @return this builder
         */
        public Builder timezone(String zone, boolean utc) {
            value("timezone", zone);
            return utc ? command("timezone", zone, "--utc") : command("timezone", zone);
        }

        /**
         * Adds {@code network} for an interface that asks a DHCP server.
         *
         * @param device name or MAC address, or {@code link} for the first with a link
         * @return this builder
         */
        public Builder networkDhcp(String device) {
            return network(List.of("--bootproto=dhcp", "--device=" + value("device", device)));
        }

        /**
         * Adds {@code network} for an interface with a fixed address.
         *
         * @param device name or MAC address, or {@code link} for the first with a link
         * @param address IPv4 address
         * @param netmask such as {@code 255.255.255.0}
         * @param gateway IPv4 address
         * @param nameServers IP addresses; may be empty
         * @return this builder
         */
        public Builder networkStatic(
                String device, String address, String netmask, String gateway, List<String> nameServers) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--bootproto=static",
                    "--device=" + value("device", device),
                    "--ip=" + value("address", address),
                    "--netmask=" + value("netmask", netmask),
                    "--gateway=" + value("gateway", gateway)));
            if (!nameServers.isEmpty()) {
                arguments.add("--nameserver=" + list("name server", nameServers));
            }
            return network(arguments);
        }

        /** Interfaces that are not needed for the installation itself are only brought up if asked for. */
        private Builder network(List<String> arguments) {
            List<String> all = new ArrayList<>(arguments);
            if (version.isAtLeast(F16)) {
                all.add("--activate");
            }
            return command("network", all.toArray(String[]::new));
        }

        /**
         * Adds {@code network --hostname}.
         *
         * @param name host name
         * @return this builder
         */
        public Builder hostname(String name) {
            return command("network", "--hostname=" + value("hostname", name));
        }

        /**
         * Adds {@code rootpw} with the hash of a password.
         *
         * @param hash in the form of crypt(3), such as {@code $6$salt$…}
         * @return this builder
         */
        public Builder cryptedRootPassword(String hash) {
            return command("rootpw", "--iscrypted", positional("hash", hash));
        }

        /**
         * Adds {@code rootpw} with a password that everyone can read who can read the file.
         *
         * @param password the password
         * @return this builder
         */
        public Builder plainRootPassword(String password) {
            value("password", password);
            List<String> arguments = new ArrayList<>();
            if (version.isAtLeast(F8)) {
                arguments.add("--plaintext");
            }
            if (password.startsWith("-")) {
                arguments.add("--");
            }
            arguments.add(password);
            return command("rootpw", arguments.toArray(String[]::new));
        }

        /**
         * Adds {@code rootpw --lock}: nobody can log in as root.
         *
         * @return this builder
         * @throws IllegalStateException before Fedora 8, which has no such option
         */
        public Builder lockRootPassword() {
            require(F8, "rootpw --lock");
            return command("rootpw", "--lock");
        }

        /**
         * Adds {@code url}: packages come from an install tree over HTTP or FTP.
         *
         * @param tree root of the install tree
         * @return this builder
         */
        public Builder url(URI tree) {
            return command("url", "--url=" + value("url", tree.toString()));
        }

        /**
         * Adds {@code repo}: a further package repository.
         *
         * @param name its name, unique
         * @param baseUrl where its {@code repodata} is
         * @return this builder
         */
        public Builder repo(String name, URI baseUrl) {
            return command(
                    "repo", "--name=" + value("repo", name), "--baseurl=" + value("baseurl", baseUrl.toString()));
        }

        /**
         * Adds {@code nfs}: packages come from an NFS server.
         *
         * @param server host name or address
         * @param directory directory of the install tree
         * @return this builder
         */
        public Builder nfs(String server, String directory) {
            return command("nfs", "--server=" + value("server", server), "--dir=" + value("directory", directory));
        }

        /**
         * Adds {@code cdrom}: packages come from a disc.
         *
         * @return this builder
         */
        public Builder cdrom() {
            return command("cdrom");
        }

        /**
         * Adds {@code zerombr}: disks without a partition table are initialized without a question.
         *
         * @return this builder
         */
        public Builder zerombr() {
            return command("zerombr");
        }

        /**
         * Adds {@code clearpart}.
         *
         * @param all whether all partitions are removed, with all that is on them; none is otherwise
         * @param initlabel whether disks get a new partition table
         * @return this builder
         */
        public Builder clearpart(boolean all, boolean initlabel) {
            String which = all ? "--all" : "--none";
            return initlabel ? command("clearpart", which, "--initlabel") : command("clearpart", which);
        }

        /**
         * Adds {@code autopart}: the installer lays out the disks.
         *
         * @return this builder
         */
        public Builder autopart() {
            return command("autopart");
        }

        /**
         * Adds {@code autopart --type}.
         *
         * @param type such as {@code lvm} or {@code plain}
         * @return this builder
         * @throws IllegalStateException before Fedora 17, which has no such option
         */
        public Builder autopart(String type) {
            require(F17, "autopart --type");
            return command("autopart", "--type=" + value("type", type));
        }

        /**
         * Adds {@code bootloader} with arguments for the installed kernel.
         *
         * @param append kernel arguments; may be empty
         * @return this builder
         */
        public Builder bootloader(String append) {
            return append.isEmpty() ? command("bootloader") : command("bootloader", "--append=" + append);
        }

        /**
         * Adds {@code firewall}.
         *
         * @param enabled whether the installed system has one
         * @return this builder
         */
        public Builder firewall(boolean enabled) {
            return command("firewall", enabled ? "--enabled" : "--disabled");
        }

        /**
         * Adds {@code selinux}.
         *
         * @param mode {@code enforcing}, {@code permissive} or {@code disabled}
         * @return this builder
         */
        public Builder selinux(String mode) {
            if (!List.of("enforcing", "permissive", "disabled").contains(mode)) {
                throw new IllegalArgumentException(
                        "selinux: " + mode + " (expected: enforcing, permissive or disabled)");
            }
            return command("selinux", "--" + mode);
        }

        /**
         * Adds {@code user}: an account whose password is given as a hash.
         *
         * @param name of the account
         * @param hash in the form of crypt(3)
         * @param groups further groups, such as {@code wheel}; may be empty
         * @return this builder
         */
        public Builder user(String name, String hash, List<String> groups) {
            List<String> arguments =
                    new ArrayList<>(List.of("--name=" + value("user", name), "--password=" + value("hash", hash)));
            arguments.add("--iscrypted");
            if (!groups.isEmpty()) {
                arguments.add("--groups=" + list("group", groups));
            }
            return command("user", arguments.toArray(String[]::new));
        }

        /**
         * Adds {@code reboot}: what happens after the installation.
         *
         * @return this builder
         */
        public Builder reboot() {
            return command("reboot");
        }

        /**
         * Adds {@code poweroff}: what happens after the installation.
         *
         * @return this builder
         */
        public Builder poweroff() {
            return command("poweroff");
        }

        /**
         * Adds a {@code %packages} section.
         *
         * @param selection is given what to fill
         * @return this builder
         */
        public Builder packages(Consumer<PackageSelection> selection) {
            PackageSelection packages = new PackageSelection();
            selection.accept(packages);
            return section("%packages", packages.options(), packages.lines());
        }

        /**
         * Adds a {@code %pre} section: a script that runs before anything is installed.
         *
         * @param script for {@code /bin/sh}
         * @return this builder
         */
        public Builder pre(String script) {
            return section("%pre", List.of(), script.lines().toList());
        }

        /**
         * Adds a {@code %post} section: a script that runs in the installed system.
         *
         * @param script for {@code /bin/sh}
         * @return this builder
         */
        public Builder post(String script) {
            return section("%post", List.of(), script.lines().toList());
        }

        /**
         * Adds any section.
         *
         * @param name such as {@code %post}
         * @param arguments words of its header, such as {@code --nochroot}
         * @param body its lines, without {@code %end}
         * @return this builder
         * @throws IllegalArgumentException if there is no such section, or a line of the body would end it
         */
        public Builder section(String name, List<String> arguments, List<String> body) {
            if (!SectionNames.isKnown(name)) {
                throw new IllegalArgumentException(
                        "section: " + name + " (expected: a section of kickstart, such as %post)");
            }
            for (String line : body.stream()
                    .flatMap(text -> TextLines.split(text).stream())
                    .toList()) {
                String first = line.strip().split("[\\s#]", 2)[0];
                if (first.equals(SectionNames.END) || SectionNames.isKnown(first)) {
                    throw new IllegalArgumentException(
                            "section " + name + ": the line \"" + line + "\" would end the section early");
                }
            }
            text.append('\n').append(name);
            arguments.forEach(argument -> text.append(' ').append(ShellWords.quote(argument)));
            text.append('\n');
            body.forEach(line -> text.append(line).append('\n'));
            text.append(SectionNames.END).append('\n');
            return this;
        }

        /**
         * Adds any command.
         *
         * @param name of the command
         * @param arguments its words; quoted where they need it, of {@code --option=value} only the value
         * @return this builder
         */
        public Builder command(String name, String... arguments) {
            if (!name.matches("[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException(
                        "command: \"" + name + "\" (expected: lower-case letters, digits, _)");
            }
            StringBuilder line = new StringBuilder(name);
            for (String argument : arguments) {
                line.append(' ').append(ShellWords.quote(argument));
            }
            text.append(line).append('\n');
            return this;
        }

        /**
         * Hands out the file, with a comment {@code #version=} at its start.
         *
         * @return the file
         * @throws IllegalStateException if a command is not one of the file's syntax version, with a message that lists
         *     the errors
         */
        public Kickstart build() {
            String file = "#version=" + version + "\n" + text;
            ParseResult result = KickstartParser.parse(file, version);
            List<String> errors = KickstartValidator.of(version).validate(result.kickstart()).stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::toString)
                    .toList();
            if (!errors.isEmpty()) {
                throw new IllegalStateException(String.join("\n", errors));
            }
            return result.kickstart();
        }

        private void require(SyntaxVersion since, String what) {
            if (!version.isAtLeast(since)) {
                throw new IllegalStateException(what + " is not in " + version + ": it came with " + since);
            }
        }

        private static String value(String what, String value) {
            if (value.isBlank()) {
                throw new IllegalArgumentException(what + ": blank");
            }
            return value;
        }

        private static String list(String what, List<String> values) {
            values.forEach(element -> value(what, element));
            return String.join(",", values);
        }

        private static String positional(String what, String value) {
            if (value.startsWith("-")) {
                throw new IllegalArgumentException(what + ": \"" + value + "\" would be read as an option");
            }
            return value(what, value);
        }
    }
}
