package dev.pxekit.media.internal.detection;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The leading number of a version. */
final class Version {

    private static final Pattern MAJOR = Pattern.compile("\\D*(\\d{1,9}).*", Pattern.DOTALL);

    private Version() {}

    /** 9 of "9.3", 10 of "V10". */
    static Optional<Integer> major(String version) {
        Matcher matcher = MAJOR.matcher(version);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Whether a word may be a version: it begins with a digit. */
    static boolean isLikely(String word) {
        return !word.isEmpty() && word.charAt(0) >= '0' && word.charAt(0) <= '9';
    }
}
