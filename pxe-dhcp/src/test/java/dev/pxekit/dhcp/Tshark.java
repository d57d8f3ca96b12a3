package dev.pxekit.dhcp;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tshark reads in a capture, by its PDML: one field on each line. */
public final class Tshark {

    private static final Pattern FIELD = Pattern.compile(
            "<field name=\"([^\"]*)\".*? size=\"([0-9]+)\" pos=\"([0-9]+)\" show=\"([^\"]*)\"(?: value=\"([^\"]*)\")?");

    /** One field: its name, how many octets it has and where, what tshark shows of it, and the octets. */
    public record Field(String name, int size, int position, String show, String value) {}

    private Tshark() {}

    /** The fields of each packet, in order. */
    public static List<List<Field>> read(Path capture) throws IOException {
        Process process = new ProcessBuilder(
                        Needs.program("tshark", "tshark").toString(), "-n", "-r", capture.toString(), "-T", "pdml")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            List<List<Field>> packets = new ArrayList<>();
            try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.contains("<packet>")) {
                        packets.add(new ArrayList<>());
                    }
                    Matcher field = FIELD.matcher(line);
                    if (field.find()) {
                        String value = field.group(5);
                        packets.get(packets.size() - 1)
                                .add(new Field(
                                        field.group(1),
                                        Integer.parseInt(field.group(2)),
                                        Integer.parseInt(field.group(3)),
                                        unescape(field.group(4)),
                                        value == null ? "" : value));
                    }
                }
            }
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("tshark failed");
            }
            return packets;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&amp;", "&");
    }
}
