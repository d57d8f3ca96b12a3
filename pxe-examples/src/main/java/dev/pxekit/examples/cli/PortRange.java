package dev.pxekit.examples.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Ports from a first to a last one. */
record PortRange(int first, int last) {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,5})-(\\d{1,5})");

    /** Reads {@code 50000-50999}. */
    static final class Converter implements ITypeConverter<PortRange> {

        @Override
        public PortRange convert(String text) {
            Matcher matcher = RANGE.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "' (expected: FIRST-LAST as in 50000-50999)");
            }
            return new PortRange(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
        }
    }
}
