package dev.pxekit.tftp;

/** Text off the wire, made fit for a log line or a message. */
final class Printable {

    private static final int LONGEST = 256;

    private Printable() {}

    static String of(String text) {
        StringBuilder printable = new StringBuilder(Math.min(text.length(), LONGEST));
        for (int i = 0; i < text.length() && i < LONGEST; i++) {
            char c = text.charAt(i);
            printable.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > LONGEST ? printable.append("...").toString() : printable.toString();
    }
}
