package dev.pxekit.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * An entry of an image as {@code pxekit ls} shows it.
 *
 * @param name its path from the root, without a leading slash
 * @param target what a symbolic link leads to, else empty
 */
record ListedEntry(
        String name, Type type, int mode, long user, long group, long size, FileTime modified, String target) {

    private static final String ATTRIBUTES =
            "unix:isDirectory,isRegularFile,isSymbolicLink,mode,uid,gid,size,lastModifiedTime";
    private static final int COLUMNS_OF_SIZE = 13;
    private static final int COLUMNS_OF_OWNERS = 10;

    enum Type {
        DIRECTORY('d'),
        FILE('-'),
        LINK('l'),
        OTHER('?');

        private final char letter;

        Type(char letter) {
            this.letter = letter;
        }
    }

    static ListedEntry read(Path entry, String name) throws IOException {
        Map<String, Object> values = Files.readAttributes(entry, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
        Type type = Type.OTHER;
        if (Boolean.TRUE.equals(values.get("isDirectory"))) {
            type = Type.DIRECTORY;
        } else if (Boolean.TRUE.equals(values.get("isRegularFile"))) {
            type = Type.FILE;
        } else if (Boolean.TRUE.equals(values.get("isSymbolicLink"))) {
            type = Type.LINK;
        }
        return new ListedEntry(
                name,
                type,
                (int) number(values, "mode"),
                number(values, "uid") & 0xffff_ffffL,
                number(values, "gid") & 0xffff_ffffL,
                number(values, "size"),
                values.get("lastModifiedTime") instanceof FileTime time ? time : FileTime.fromMillis(0),
                type == Type.LINK ? Files.readSymbolicLink(entry).toString() : "");
    }

    private static long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** {@code -rw-r--r--        0/0          1234 2023-11-14T22:13:20Z name}. */
    String longLine() {
        String owners = user + "/" + group;
        String bytes = Long.toString(size);
        return permissions() + " " + " ".repeat(Math.max(0, COLUMNS_OF_OWNERS - owners.length())) + owners + " "
                + " ".repeat(Math.max(0, COLUMNS_OF_SIZE - bytes.length())) + bytes + " " + time() + " "
                + Printable.of(name) + (target.isEmpty() ? "" : " -> " + Printable.of(target));
    }

    private String permissions() {
        StringBuilder text = new StringBuilder("?rwxrwxrwx");
        text.setCharAt(0, type.letter);
        for (int i = 0; i < 9; i++) {
            if ((mode & (0400 >> i)) == 0) {
                text.setCharAt(1 + i, '-');
            }
        }
        special(text, 04000, 3, 's');
        special(text, 02000, 6, 's');
        special(text, 01000, 9, 't');
        return text.toString();
    }

    private void special(StringBuilder text, int bit, int at, char letter) {
        if ((mode & bit) != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }

    /** An object on one line. */
    String json() {
        JsonLine object = new JsonLine()
                .text("path", name)
                .text("type", type.name().toLowerCase(Locale.ROOT))
                .text("mode", Integer.toOctalString(mode & 07777))
                .number("uid", user)
                .number("gid", group)
                .number("size", size)
                .text("modified", time());
        return (type == Type.LINK ? object.text("target", target) : object).toString();
    }

    private String time() {
        return Instant.ofEpochSecond(modified.toInstant().getEpochSecond()).toString();
    }
}
