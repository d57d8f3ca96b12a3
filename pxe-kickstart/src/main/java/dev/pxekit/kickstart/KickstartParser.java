package dev.pxekit.kickstart;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Parses kickstart files; never throws, except for the strict form. Diagnostics are about the structure: unknown
 * commands ({@code unknown-command}) and sections ({@code unknown-section}), sections that are not closed
 * ({@code section-not-closed}), words ({@code unclosed-quote}, {@code dangling-escape}, {@code trailing-backslash}) and
 * {@code include-without-path}. {@link KickstartValidator} looks further. Included files are not read.
 */
public final class KickstartParser {

    private KickstartParser() {}

    /**
     * Parses a text in the version that its comment {@code #version=} names, else in the newest of Fedora.
     *
     * @param text the text
     * @return the document and what there is to say about it
     */
    public static ParseResult parse(String text) {
        return parse(text, KickstartReader.declaredVersion(text).orElseGet(SyntaxVersion::latestFedora));
    }

    /**
     * Parses a text in a version.
     *
     * @param text the text
     * @param version the syntax version
     * @return the document and what there is to say about it
     */
    public static ParseResult parse(String text, SyntaxVersion version) {
        return parse(text, version, StandardCharsets.UTF_8);
    }

    /**
     * Parses the bytes of a file, as UTF-8 where that loses nothing, else as ISO 8859-1.
     *
     * @param bytes bytes of the file
     * @param version the syntax version
     * @return the document and what there is to say about it
     */
    public static ParseResult parse(byte[] bytes, SyntaxVersion version) {
        Charset charset = charsetOf(bytes);
        return parse(new String(bytes, charset), version, charset);
    }

    private static ParseResult parse(String text, SyntaxVersion version, Charset charset) {
        KickstartReader reader = new KickstartReader(text, version).read();
        return new ParseResult(new Kickstart(text, charset, version, reader.items()), reader.diagnostics());
    }

    /**
     * Parses a text without errors.
     *
     * @param text the text
     * @param version the syntax version
     * @return the document
     * @throws SyntaxException if there are errors
     */
    public static Kickstart parseStrict(String text, SyntaxVersion version) {
        return parse(text, version).orThrow();
    }

    private static Charset charsetOf(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            // Not an error: scripts in old files are in other character sets.
            return StandardCharsets.ISO_8859_1;
        }
    }
}
