package dev.pxekit.media.internal.detection;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A {@code boot.cfg} ("About the boot.cfg File" in vSphere's installation guide): {@code prefix=} stands before the names of
 * {@code kernel=} and {@code modules=} that begin with neither {@code /} nor {@code http://}; modules are separated by {@code ---}.
 *
 * @param kernel the name of the kernel below the root of the disc; empty if there is none
 * @param modules the names of the modules, in order
 * @param options the words of {@code kernelopt=}
 * @param build what {@code build=} says; often empty before 6.5
 */
record EsxiBootConfiguration(String kernel, List<String> modules, List<String> options, String build) {

    private static final String FROM_DISC = "cdromBoot";

    /** Discs that people made with an answer file on them. */
    private static final String ANSWERS_ON_DISC = "ks=cdrom:";

    static EsxiBootConfiguration parse(String text) {
        Ini values = Ini.parse(text);
        String prefix = values.get("prefix").filter(value -> !isUrl(value)).orElse("");
        return new EsxiBootConfiguration(
                values.get("kernel").map(name -> below(prefix, name)).orElse(""),
                Stream.of(values.get("modules").orElse("").split("---", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .map(name -> below(prefix, name))
                        .toList(),
                Stream.of(values.get("kernelopt").orElse("").split("\\s+", -1))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                values.get("build").map(TextFile::title).orElse(""));
    }

    /** The options without those that want a disc, which a network boot has not. */
    List<String> networkOptions() {
        return options.stream()
                .filter(word -> !word.equalsIgnoreCase(FROM_DISC)
                        && !word.toLowerCase(Locale.ROOT).startsWith(ANSWERS_ON_DISC))
                .toList();
    }

    private static boolean isUrl(String name) {
        return name.contains("://");
    }

    /** A name below the root of the disc, where the slash at the beginning means that root. */
    private static String below(String prefix, String name) {
        String whole = name.startsWith("/") || prefix.isEmpty() ? name : prefix + "/" + name;
        int start = 0;
        while (start < whole.length() && whole.charAt(start) == '/') {
            start++;
        }
        return whole.substring(start);
    }
}
