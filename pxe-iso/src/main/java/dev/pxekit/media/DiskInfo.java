package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The title of a Debian or Ubuntu disc, {@code .disk/info}:
 *
 * <pre>
 * Debian GNU/Linux 12.5.0 "Bookworm" - Official amd64 NETINST with firmware 20240210-11:27
 * Ubuntu-Server 20.04.6 LTS "Focal Fossa" - Release amd64 (20230314)
 * </pre>
 */
record DiskInfo(Optional<String> name, Optional<String> version, Optional<String> architecture) {

    private static final Pattern TITLE = Pattern.compile("(.*?)(?:\\s+(\\d[\\w.]*))?(?:\\s+LTS)?(?:\\s+\".*)?");
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

    static Optional<DiskInfo> read(Path root) throws IOException {
        return TextFile.read(root.resolve(".disk/info"))
                .flatMap(text -> text.lines().findFirst())
                .map(TextFile::title)
                .map(DiskInfo::parse);
    }

    private static DiskInfo parse(String line) {
        int dash = line.indexOf(" - ");
        Matcher title = TITLE.matcher((dash < 0 ? line : line.substring(0, dash)).strip());
        Optional<String> name = Optional.empty();
        Optional<String> version = Optional.empty();
        if (title.matches()) {
            name = Optional.ofNullable(title.group(1)).filter(text -> !text.isEmpty());
            version = Optional.ofNullable(title.group(2));
        }
        Optional<String> architecture =
                Stream.of(line.split("\\s+")).filter(ARCHITECTURES::contains).findFirst();
        return new DiskInfo(name, version, architecture);
    }

    boolean isUbuntu() {
        return name.filter(text -> text.contains("buntu")).isPresent();
    }
}
