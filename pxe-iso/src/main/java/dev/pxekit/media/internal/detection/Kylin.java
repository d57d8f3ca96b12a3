package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What discs of Kylin Server, and others that follow it, say of themselves in {@code .productinfo}:
 *
 * <pre>
 * Kylin Linux Advanced Server
 * release V10 (SP2) /(Sword)-x86_64-Build09/20210524
 * </pre>
 *
 * <p>and in {@code .kyinfo}, whose section {@code dist} has {@code name}, {@code milestone} and {@code arch}.
 */
record Kylin(Optional<String> name, Optional<String> version, Optional<String> variant, Optional<String> architecture) {

    private static final String RELEASE = "release ";

    static Kylin read(TreeFiles tree) throws IOException {
        List<String> product = tree.text(".productinfo")
                .orElse("")
                .lines()
                .limit(2)
                .map(TextFile::title)
                .toList();
        Ini info = Ini.parse(tree.text(".kyinfo").orElse(""));
        return new Kylin(
                product.stream()
                        .findFirst()
                        .map(Kylin::beforeRelease)
                        .filter(text -> !text.isEmpty())
                        .or(() -> info.get("dist", "name")),
                product.stream()
                        .filter(line -> line.contains(RELEASE))
                        .findFirst()
                        .map(Kylin::afterRelease)
                        .filter(text -> !text.isEmpty()),
                info.get("dist", "milestone"),
                info.get("dist", "arch"));
    }

    /** Some write both lines in one. */
    private static String beforeRelease(String line) {
        int release = line.indexOf(RELEASE);
        return (release < 0 ? line : line.substring(0, release)).strip();
    }

    private static String afterRelease(String line) {
        String rest = line.substring(line.indexOf(RELEASE) + RELEASE.length());
        int slash = rest.indexOf('/');
        return (slash < 0 ? rest : rest.substring(0, slash)).strip();
    }
}
