package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import org.jspecify.annotations.Nullable;

/** How directory records are named: the three dialects of ISO 9660. */
enum Names {
    /** ECMA-119 §7.5: {@code NAME.EXTENSION;VERSION}. */
    PLAIN {
        @Override
        String text(byte[] identifier) {
            return Fields.name(identifier);
        }

        @Override
        String decode(byte[] identifier) {
            String name = text(identifier);
            int semicolon = versionSeparator(name);
            String unversioned = semicolon < 0 ? name : name.substring(0, semicolon);
            int dot = unversioned.indexOf('.');
            // The dot of an empty extension. ISO 9660:1999 has no versions, and names with as many dots as one likes.
            boolean emptyExtension = dot > 0 && dot == unversioned.length() - 1;
            return emptyExtension ? unversioned.substring(0, dot) : unversioned;
        }
    },
    /** Joliet 1.0: big-endian UCS-2, in practice UTF-16; an odd last byte is dropped. */
    JOLIET {
        @Override
        String text(byte[] identifier) {
            char[] characters = new char[identifier.length / 2];
            for (int i = 0; i < characters.length; i++) {
                characters[i] = (char) (((identifier[2 * i] & 0xff) << 8) | (identifier[2 * i + 1] & 0xff));
            }
            return new String(characters);
        }

        @Override
        String decode(byte[] identifier) {
            String name = text(identifier);
            int semicolon = versionSeparator(name);
            return semicolon < 0 ? name : name.substring(0, semicolon);
        }
    };

    /** The identifier as recorded. */
    abstract String text(byte[] identifier);

    /** The name to show. */
    abstract String decode(byte[] identifier);

    /** Whether a name can be a path's element. */
    static boolean isUsable(@Nullable String name) {
        return name != null
                && !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('\0') < 0;
    }

    /** What is wrong with the name of a record. */
    static IsoFormatException unusable(String name, long offset) {
        return new IsoFormatException(
                "name: \"" + name + "\" (expected: not empty, \".\" or \"..\", without \"/\" and NUL)", offset);
    }

    /** The version of an identifier; 1 for one without. */
    int version(byte[] identifier) {
        String text = text(identifier);
        int semicolon = versionSeparator(text);
        return semicolon < 0 ? 1 : Integer.parseInt(text.substring(semicolon + 1));
    }

    /** Where a version of one to five digits begins; negative if the name has none. */
    static int versionSeparator(String name) {
        int semicolon = name.lastIndexOf(';');
        int digits = name.length() - semicolon - 1;
        if (semicolon <= 0 || digits < 1 || digits > 5) {
            return -1;
        }
        for (int i = semicolon + 1; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return -1;
            }
        }
        return semicolon;
    }
}
