package dev.pxekit.ipxe.internal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Options and arguments of a simulated command.
 *
 * @param name its name
 * @param options in the order of the usage text
 * @param minArguments least number of positional arguments
 * @param maxArguments greatest number of positional arguments
 * @param usage positional arguments for the usage text
 */
record CommandSyntax(String name, List<Option> options, int minArguments, int maxArguments, String usage) {

    /** What follows an option. */
    enum Value {
        NONE,
        TEXT,
        NUMBER,
        KEY
    }

    /** An option. */
    record Option(String longName, char shortName, Value value) {}

    private static final String FETCH = "name:n:TEXT timeout:t:NUMBER quiet:q:NONE autofree:a:NONE";
    private static final String EXEC = FETCH + " replace:r:NONE";
    private static final String CONFIGURE = "configurator:c:TEXT timeout:t:NUMBER";
    private static final int ANY = 255;

    private static final Map<String, CommandSyntax> TABLE = new HashMap<>();

    static {
        add("echo", "n:n:NONE", 0, ANY, "[...]");
        add("set", "", 1, ANY, "<setting> <value>");
        add("clear", "", 1, 1, "<setting>");
        add("show", "quiet:q:NONE", 1, 1, "<setting>");
        add("inc", "", 1, 2, "<setting> [<increment>]");
        add("isset", "", 1, 1, "<value>");
        add("iseq", "", 2, 2, "<value1> <value2>");
        add("goto", "", 1, 1, "<label>");
        add("exit", "", 0, 1, "[<status>]");
        add("sleep", "", 1, 1, "<seconds>");
        add("prompt", "key:k:KEY timeout:t:NUMBER", 0, ANY, "[<text>]");
        add("dhcp", CONFIGURE, 0, ANY, "[<interface>...]");
        add("ifconf", CONFIGURE, 0, ANY, "[<interface>...]");
        add("ifopen", "", 0, ANY, "[<interface>...]");
        for (String name : List.of("imgfetch", "initrd", "module")) {
            add(name, FETCH, 1, ANY, "<uri> [<arguments>...]");
        }
        for (String name : List.of("kernel", "imgload", "imgselect", "imgargs")) {
            add(name, FETCH, 1, ANY, "<uri|image> [<arguments>...]");
        }
        for (String name : List.of("chain", "imgexec", "boot")) {
            add(name, EXEC, 0, ANY, "[<uri|image> [<arguments>...]]");
        }
        add("imgstat", "", 0, ANY, "[<image>...]");
        add("imgfree", "", 0, ANY, "[<image>...]");
    }

    /** Commands that iPXE has but the simulation has not: they need a machine, a network or a person. */
    private static final Set<String> NOT_SIMULATED =
            Set.of(("autoboot certfree certstat certstore choose colour config "
                            + "console cpair cpuid fcels fcstat fdt form gdbstub help ibstat ifclose iflinkwait ifstat imgdecrypt "
                            + "imgextract imgmem imgset imgtrust imgverify ipstat item iwlist iwstat login lotest md4sum md5sum menu "
                            + "nslookup nstat ntp param params pciscan ping poweroff present profstat pxebs read reboot route sanboot "
                            + "sanhook sanunhook sha1sum sha224sum sha256sum sha384sum sha512sum shell shim startpxe stoppxe sync "
                            + "time usbscan vcreate vdestroy")
                    .split(" ", -1));

    private static void add(String name, String options, int minArguments, int maxArguments, String usage) {
        List<Option> parsed = options.isEmpty()
                ? List.of()
                : Arrays.stream(options.split(" ", -1))
                        .map(option -> option.split(":", -1))
                        .map(parts -> new Option(parts[0], parts[1].charAt(0), Value.valueOf(parts[2])))
                        .toList();
        TABLE.put(name, new CommandSyntax(name, parsed, minArguments, maxArguments, usage));
    }

    static Optional<CommandSyntax> of(String name) {
        return Optional.ofNullable(TABLE.get(name));
    }

    static boolean isNotSimulated(String name) {
        return NOT_SIMULATED.contains(name);
    }

    Optional<Option> longOption(String longName) {
        return options.stream()
                .filter(option -> option.longName().equals(longName))
                .findFirst();
    }

    Optional<Option> shortOption(char shortName) {
        return options.stream()
                .filter(option -> option.shortName() == shortName)
                .findFirst();
    }

    /** The line of the usage text. */
    String usageLine() {
        String shown = options.stream()
                .map(option -> "[-" + option.shortName() + "|--" + option.longName()
                        + (option.value() == Value.NONE ? "" : " <" + option.longName() + ">") + "] ")
                .collect(Collectors.joining());
        return "  " + name + " " + shown + usage;
    }
}
