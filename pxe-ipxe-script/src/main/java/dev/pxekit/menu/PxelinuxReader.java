package dev.pxekit.menu;

import dev.pxekit.ipxe.Diagnostic;
import dev.pxekit.ipxe.Diagnostic.Severity;
import dev.pxekit.ipxe.Span;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads a PXELINUX configuration file. */
final class PxelinuxReader {

    /** Keywords of SYSLINUX 6 (doc/syslinux.txt, doc/menu.txt) besides MENU and F1 to F12. */
    private static final Set<String> KEYWORDS =
            Set.of(("DEFAULT LABEL KERNEL LINUX INITRD APPEND FDT FDTDIR BOOT BSS PXE "
                            + "FDIMAGE COMBOOT COM32 CONFIG LOCALBOOT IPAPPEND SYSAPPEND TIMEOUT TOTALTIMEOUT PROMPT ONTIMEOUT "
                            + "ONERROR UI INCLUDE DISPLAY SERIAL CONSOLE FONT KBDMAP SAY TEXT ENDTEXT IMPLICIT ALLOWOPTIONS "
                            + "NOESCAPE NOCOMPLETE PATH SENDCOOKIES NOHALT EXTENSION")
                    .split(" ", -1));

    /** Keywords that name the file to load. */
    private static final Set<String> KERNELS =
            Set.of("KERNEL", "LINUX", "BOOT", "BSS", "PXE", "FDIMAGE", "COMBOOT", "COM32");

    private final String text;
    private final List<PxelinuxLine> lines = new ArrayList<>();
    private final List<PxelinuxEntry> entries = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private String globalAppend = "";
    private Optional<EntryBuilder> entry = Optional.empty();
    private boolean inHelpText;

    PxelinuxReader(String text) {
        this.text = text;
    }

    List<PxelinuxLine> lines() {
        return lines;
    }

    List<PxelinuxEntry> entries() {
        return entries;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    PxelinuxReader read() {
        Set<String> labels = new HashSet<>();
        int start = 0;
        while (start < text.length()) {
            int lineFeed = text.indexOf('\n', start);
            int end = lineFeed < 0 ? text.length() : lineFeed + 1;
            PxelinuxLine line = line(lines.size() + 1, text.substring(start, end));
            lines.add(line);
            check(line, start, labels);
            apply(line);
            start = end;
        }
        entry.ifPresent(builder -> entries.add(builder.build(globalAppend)));
        return this;
    }

    private static PxelinuxLine line(int number, String lineText) {
        String content = lineText.strip();
        if (content.isEmpty() || content.startsWith("#")) {
            return new PxelinuxLine(number, lineText, "", "");
        }
        String[] parts = content.split("\\s+", 2);
        String keyword = parts[0].toUpperCase(Locale.ROOT);
        String value = parts.length > 1 ? parts[1] : "";
        if (keyword.equals("MENU") && !value.isEmpty()) {
            parts = value.split("\\s+", 2);
            keyword = "MENU " + parts[0].toUpperCase(Locale.ROOT);
            value = parts.length > 1 ? parts[1] : "";
        }
        return new PxelinuxLine(number, lineText, keyword, value);
    }

    private void check(PxelinuxLine line, int start, Set<String> labels) {
        String keyword = line.keyword();
        if (keyword.isEmpty() || (inHelpText && !keyword.equals("ENDTEXT"))) {
            return;
        }
        if (!KEYWORDS.contains(keyword) && !keyword.startsWith("MENU") && !keyword.matches("F(?:[1-9]|1[0-2])")) {
            add(
                    Severity.ERROR,
                    "unknown-keyword",
                    "unknown keyword " + keyword + ": PXELINUX ignores the line",
                    line,
                    start);
        }
        if (keyword.equals("LABEL")) {
            if (line.value().isEmpty()) {
                add(Severity.ERROR, "label-without-name", "LABEL without a name: give it one", line, start);
            } else if (!labels.add(line.value())) {
                add(
                        Severity.WARNING,
                        "duplicate-label",
                        "the label " + line.value() + " is there already: rename one of them",
                        line,
                        start);
            }
        }
        boolean number = keyword.equals("TIMEOUT") || keyword.equals("TOTALTIMEOUT") || keyword.equals("PROMPT");
        if (number && !line.value().matches("[0-9]{1,9}")) {
            add(Severity.ERROR, "invalid-number", keyword + " needs a number, such as " + keyword + " 50", line, start);
        }
        if (keyword.equals("INCLUDE") || keyword.equals("MENU INCLUDE") || keyword.equals("CONFIG")) {
            add(Severity.INFO, "file-not-read", "the file that " + keyword + " names is not read", line, start);
        }
    }

    private void add(Severity severity, String code, String message, PxelinuxLine line, int start) {
        String lineText = line.text();
        int content = lineText.length() - lineText.stripLeading().length();
        int length = lineText.strip().length();
        diagnostics.add(
                new Diagnostic(severity, code, message, new Span(start + content, length, line.number(), content + 1)));
    }

    private void apply(PxelinuxLine line) {
        String keyword = line.keyword();
        if (keyword.equals("TEXT")) {
            inHelpText = true;
        } else if (keyword.equals("ENDTEXT")) {
            inHelpText = false;
        } else if (inHelpText) {
            return;
        } else if (keyword.equals("LABEL")) {
            entry.ifPresent(builder -> entries.add(builder.build(globalAppend)));
            entry = Optional.of(new EntryBuilder(line.value()));
        } else if (keyword.equals("APPEND") && entry.isEmpty()) {
            globalAppend = line.value();
        } else {
            entry.ifPresent(builder -> builder.apply(keyword, line.value()));
        }
    }

    /** Collects the lines under one LABEL. */
    private static final class EntryBuilder {

        private final String label;
        private Optional<String> title = Optional.empty();
        private Optional<String> kernel = Optional.empty();
        private Optional<String> append = Optional.empty();
        private final List<String> initrds = new ArrayList<>();
        private boolean localBoot;

        EntryBuilder(String label) {
            this.label = label;
        }

        void apply(String keyword, String value) {
            if (KERNELS.contains(keyword)) {
                kernel = Optional.of(value);
            } else if (keyword.equals("APPEND")) {
                append = Optional.of(value);
            } else if (keyword.equals("INITRD")) {
                initrds.clear();
                addInitrds(value);
            } else if (keyword.equals("MENU LABEL")) {
                title = Optional.of(value.replace("^", ""));
            } else if (keyword.equals("LOCALBOOT")) {
                localBoot = true;
            }
        }

        private void addInitrds(String files) {
            for (String file : files.split(",", -1)) {
                if (!file.isBlank()) {
                    initrds.add(file.strip());
                }
            }
        }

        /** A label's own APPEND takes the place of the global one; a lone dash asks for none. */
        PxelinuxEntry build(String globalAppend) {
            String all = append.orElse(globalAppend);
            List<String> words = new ArrayList<>();
            for (String word : all.equals("-") ? new String[0] : all.split("\\s+", -1)) {
                if (word.startsWith("initrd=")) {
                    addInitrds(word.substring("initrd=".length()));
                } else if (!word.isEmpty()) {
                    words.add(word);
                }
            }
            return new PxelinuxEntry(
                    label,
                    title.filter(text -> !text.isBlank()).orElse(label),
                    kernel.filter(file -> !file.isEmpty()),
                    initrds,
                    String.join(" ", words),
                    localBoot);
        }
    }
}
