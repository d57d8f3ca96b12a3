package dev.pxekit.ipxe.internal;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** How the text of a setting becomes bytes and bytes become text. Reading with another type converts nothing. */
enum SettingType {
    STRING,
    URISTRING,
    IPV4,
    IPV6,
    INT8(1, true),
    INT16(2, true),
    INT32(4, true),
    UINT8(1, false),
    UINT16(2, false),
    UINT32(4, false),
    HEX,
    HEXHYP,
    HEXRAW,
    BASE64,
    UUID,
    GUID,
    BUSDEVFN,
    DNSSL;

    private static final HexFormat HEX_DIGITS = HexFormat.of().withUpperCase();

    private final int width;
    private final boolean signed;

    SettingType() {
        this(0, false);
    }

    SettingType(int width, boolean signed) {
        this.width = width;
        this.signed = signed;
    }

    static Optional<SettingType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.typeName().equals(name))
                .findFirst();
    }

    String typeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isInteger() {
        return width > 0;
    }

    /** Tells whether texts can be stored as this type. */
    boolean canParse() {
        return this != BUSDEVFN && this != DNSSL;
    }

    /** The bytes that a text stands for, or empty if it is not in the notation of the type. */
    Optional<byte[]> parse(String text) {
        return switch (this) {
            case STRING -> Optional.of(ByteText.bytes(text));
            case URISTRING -> Optional.of(ByteText.bytes(percentDecode(text)));
            case IPV4 -> parseIpv4(text);
            case IPV6 -> Ipv6Text.parse(text);
            case INT8, INT16, INT32, UINT8, UINT16, UINT32 -> parseInteger(text);
            case HEX -> parseHex(text, ":");
            case HEXHYP -> parseHex(text, "-");
            case HEXRAW -> parseHex(text, "");
            case BASE64 -> parseBase64(text);
            case UUID -> parseUuid(text);
            case GUID -> parseUuid(text).map(SettingType::swapGuid);
            case BUSDEVFN, DNSSL -> Optional.empty();
        };
    }

    /** The text that bytes read as, or empty if they cannot be of the type. */
    Optional<String> format(byte[] bytes) {
        return switch (this) {
            case STRING -> Optional.of(untilNul(ByteText.of(bytes)));
            case URISTRING -> Optional.of(percentEncode(ByteText.of(bytes)));
            case IPV4 ->
                bytes.length < 4
                        ? Optional.empty()
                        : Optional.of((bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "."
                                + (bytes[3] & 0xff));
            case IPV6 -> bytes.length < 16 ? Optional.empty() : Optional.of(Ipv6Text.format(bytes));
            case INT8, INT16, INT32, UINT8, UINT16, UINT32 -> formatInteger(bytes);
            case HEX -> Optional.of(HexFormat.ofDelimiter(":").formatHex(bytes));
            case HEXHYP -> Optional.of(HexFormat.ofDelimiter("-").formatHex(bytes));
            case HEXRAW -> Optional.of(HexFormat.of().formatHex(bytes));
            case BASE64 -> Optional.of(Base64.getEncoder().encodeToString(bytes));
            case UUID -> formatUuid(bytes);
            case GUID -> bytes.length == 16 ? formatUuid(swapGuid(bytes)) : Optional.empty();
            case BUSDEVFN -> formatBusDevFn(bytes);
            case DNSSL -> formatDomainNames(bytes);
        };
    }

    /** The bytes of an integer type for a number, cut to the width of the type. */
    byte[] encode(long number) {
        byte[] bytes = new byte[width];
        long rest = number;
        for (int i = width - 1; i >= 0; i--) {
            bytes[i] = (byte) rest;
            rest >>= 8;
        }
        return bytes;
    }

    private Optional<byte[]> parseInteger(String text) {
        OptionalLong number = ByteText.number(text);
        return number.isPresent() ? Optional.of(encode(number.getAsLong())) : Optional.empty();
    }

    /** All bytes count, whatever the width in the name of the type; what does not fit into a C long is not shown. */
    private Optional<String> formatInteger(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        int padding = signed && bytes[0] < 0 ? -1 : 0;
        for (int i = 0; i < bytes.length - Long.BYTES; i++) {
            if (bytes[i] != padding) {
                return Optional.empty();
            }
        }
        // One more byte than a long has, for the sign.
        int start = Math.max(0, bytes.length - Long.BYTES - 1);
        int length = bytes.length - start;
        BigInteger value = signed ? new BigInteger(bytes, start, length) : new BigInteger(1, bytes, start, length);
        if (value.bitLength() > (signed ? 63 : 64)) {
            return Optional.empty();
        }
        return Optional.of(signed ? value.toString() : "0x" + value.toString(16));
    }

    private static Optional<byte[]> parseIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            OptionalLong part = ByteText.number(parts[i]);
            if (part.isEmpty() || part.getAsLong() < 0 || part.getAsLong() > 255) {
                return Optional.empty();
            }
            address[i] = (byte) part.getAsLong();
        }
        return Optional.of(address);
    }

    private static Optional<byte[]> parseHex(String text, String delimiter) {
        int stride = 2 + delimiter.length();
        if ((text.length() + delimiter.length()) % stride != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.ofDelimiter(delimiter).parseHex(text));
        } catch (IllegalArgumentException e) {
            // Not in the notation: that is the answer.
            return Optional.empty();
        }
    }

    private static Optional<byte[]> parseBase64(String text) {
        String stripped = text.replaceAll("[ \t-\r]", "");
        if (stripped.length() % 4 != 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(stripped));
        } catch (IllegalArgumentException e) {
            // Not in the notation: that is the answer.
            return Optional.empty();
        }
    }

    private static Optional<byte[]> parseUuid(String text) {
        if (text.startsWith("-") || text.endsWith("-") || text.contains("--")) {
            return Optional.empty();
        }
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '-') {
                digits.append(c);
            } else if (digits.length() % 2 != 0) {
                return Optional.empty();
            }
        }
        return digits.length() == 32 ? parseHex(digits.toString(), "") : Optional.empty();
    }

    private static Optional<String> formatUuid(byte[] bytes) {
        if (bytes.length != 16) {
            return Optional.empty();
        }
        String hex = HexFormat.of().formatHex(bytes);
        return Optional.of(String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20)));
    }

    /** The first three fields of a GUID are little-endian. */
    private static byte[] swapGuid(byte[] b) {
        return new byte[] {
            b[3], b[2], b[1], b[0], b[5], b[4], b[7], b[6], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
        };
    }

    private static Optional<String> formatBusDevFn(byte[] bytes) {
        if (bytes.length == 0 || bytes.length > 8) {
            return Optional.empty();
        }
        int value = new BigInteger(1, bytes).intValue();
        return Optional.of(
                String.format("%04x:%02x:%02x.%x", value >>> 16, (value >> 8) & 0xff, (value >> 3) & 0x1f, value & 7));
    }

    /** Names of RFC 1035 §3.1, without compression. */
    private static Optional<String> formatDomainNames(byte[] bytes) {
        StringBuilder names = new StringBuilder();
        boolean startOfName = true;
        int at = 0;
        while (at < bytes.length) {
            int length = bytes[at++] & 0xff;
            if (length == 0) {
                startOfName = true;
                continue;
            }
            if (length > 63 || length > bytes.length - at) {
                return Optional.empty();
            }
            if (names.length() > 0) {
                names.append(startOfName ? ' ' : '.');
            }
            names.append(ByteText.of(Arrays.copyOfRange(bytes, at, at + length)));
            startOfName = false;
            at += length;
        }
        return Optional.of(names.toString());
    }

    private static String untilNul(String text) {
        int nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }

    /** A percent sign and one or two hexadecimal digits are a byte; any other percent sign stays. */
    static String percentDecode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '%' && at < text.length() && ByteText.hexDigit(text.charAt(at)) >= 0) {
                int value = ByteText.hexDigit(text.charAt(at++));
                if (at < text.length() && ByteText.hexDigit(text.charAt(at)) >= 0) {
                    value = value * 16 + ByteText.hexDigit(text.charAt(at++));
                }
                bytes.write(value);
            } else {
                bytes.write(c);
            }
        }
        return ByteText.of(bytes.toByteArray());
    }

    private static String percentEncode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || "%/#:@?=&+".indexOf(c) >= 0) {
                encoded.append('%').append(HEX_DIGITS.toHexDigits(c, 2));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }
}
