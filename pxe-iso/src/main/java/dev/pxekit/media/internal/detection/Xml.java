package dev.pxekit.media.internal.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds elements in XML by their names, in time that grows with the length of the text. No parser: the few documents that trees hold
 * are written by machines, and a reader that loads nothing on the document's word is the safer one.
 */
final class Xml {

    private Xml() {}

    /** What the first element of a name holds; empty if there is none. */
    static Optional<String> content(String xml, String element) {
        return contents(xml, element, 1).stream().findFirst();
    }

    /** What the elements of a name hold, nested elements included; such elements in one another are not told apart. */
    static List<String> contents(String xml, String element, int most) {
        List<String> contents = new ArrayList<>();
        String endTag = "</" + element + ">";
        int at = 0;
        while (contents.size() < most) {
            int start = xml.indexOf("<" + element, at);
            int nameEnd = start + 1 + element.length();
            if (start < 0 || nameEnd >= xml.length()) {
                return contents;
            }
            char next = xml.charAt(nameEnd);
            if (next != '>' && !Character.isWhitespace(next)) {
                at = nameEnd; // a longer name
                continue;
            }
            int startEnd = xml.indexOf('>', nameEnd);
            int end = startEnd < 0 ? -1 : xml.indexOf(endTag, startEnd);
            if (end < 0) {
                return contents;
            }
            contents.add(xml.substring(startEnd + 1, end));
            at = end + endTag.length();
        }
        return contents;
    }
}
