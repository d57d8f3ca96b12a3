package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The title of a Debian or Ubuntu disc, {@code .disk/info}, on Ubuntu's {@code mini.iso} {@code .disk/mini-info}:
 *
 * <pre>
 * Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST with firmware 20240210-11:27
 * Ubuntu-Server 20.04.6 LTS "Focal Fossa" - Release amd64 (20230314)
 * Official Debian GNU/Linux Live 12.5.0 gnome 2024-02-10T12:02
 * Debian GNU/Linux 12 (bookworm) amd64 - netboot mini.iso 20230607+deb12u5
 * Ubuntu 16.04 - netboot mini.iso 20101020ubuntu451.29
 * </pre>
 *
 * @param name what stands before the version
 * @param version the first word that begins with a digit
 * @param architectures the words for architectures
 * @param variant what follows the architecture or the dash, whichever is later ("NETINST", "netboot mini.iso"), or on live discs the
 *     version ("gnome")
 */
record DiskInfo(Optional<String> name, Optional<String> version, List<String> architectures, Optional<String> variant) {

    private static final Set<String> ARCHITECTURES = Set.of(
            "amd64",
            "arm64",
            "armel",
            "armhf",
            "i386",
            "loong64",
            "mips64el",
            "mipsel",
            "powerpc",
            "ppc64el",
            "riscv64",
            "s390x");

    private static final String OFFICIAL = "Official ";

    static Optional<DiskInfo> read(TreeFiles tree) throws IOException {
        Optional<String> info = tree.text(".disk/info");
        return (info.isPresent() ? info : tree.text(".disk/mini-info"))
                .flatMap(text -> text.lines().findFirst())
                .map(TextFile::title)
                .map(DiskInfo::parse);
    }

    private static DiskInfo parse(String line) {
        int dash = line.indexOf(" - ");
        String title = dash < 0 ? line : line.substring(0, dash);
        String[] words = (title.startsWith(OFFICIAL) ? title.substring(OFFICIAL.length()) : title).split(" ", -1);
        int end = 0;
        while (end < words.length && !endsName(words[end])) {
            end++;
        }
        Optional<String> name =
                Optional.of(String.join(" ", List.of(words).subList(0, end))).filter(text -> !text.isEmpty());
        boolean versioned = end < words.length && Version.isLikely(words[end]);
        Optional<String> version = versioned ? Optional.of(words[end]) : Optional.empty();
        boolean live = versioned && dash < 0;
        List<String> rest =
                List.of((live ? String.join(" ", List.of(words).subList(end + 1, words.length)) : line).split(" ", -1));
        List<String> architectures = new ArrayList<>();
        int after = live ? 0 : dash < 0 ? rest.size() : rest.indexOf("-") + 1;
        for (int i = 0; i < rest.size(); i++) {
            for (String word : rest.get(i).split("/", -1)) {
                if (ARCHITECTURES.contains(word)) {
                    architectures.add(word);
                    after = dash < 0 ? i + 1 : Math.max(after, i + 1);
                }
            }
        }
        return new DiskInfo(name, version, architectures.stream().distinct().toList(), variant(rest, after));
    }

    private static boolean endsName(String word) {
        return Version.isLikely(word) || word.startsWith("\"") || word.startsWith("(") || ARCHITECTURES.contains(word);
    }

    /** The words up to a date, a serial number, "with firmware", or the state of the release. */
    private static Optional<String> variant(List<String> words, int start) {
        int end = start;
        while (end < words.size()
                && !Version.isLikely(words.get(end))
                && !words.get(end).startsWith("(")
                && !words.get(end).startsWith("#")
                && !words.get(end).equals("with")
                && !words.get(end).equals("LTS")
                && !words.get(end).equals("Release")) {
            end++;
        }
        return Optional.of(String.join(" ", words.subList(start, end))).filter(text -> !text.isEmpty());
    }

    boolean isUbuntu() {
        return name.filter(text -> text.contains("buntu")).isPresent();
    }
}
