package dev.pxekit.tftp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule for the names that clients ask for, as a line of the map file of tftp-hpa: a regular expression
 * ({@link java.util.regex.Pattern}) and what happens to a name in which it is found. Immutable; for
 * {@link TftpFiles#rewriting}.
 *
 * <pre>{@code
 * NameRule.refuse("\\.key$")                                  // a
 * NameRule.rewrite("(?i)^boot/bcd$", "Boot/BCD").last()       // rie
 * NameRule.rewriteAll("[ +]", "_")                            // rg
 * }</pre>
 *
 * <p>An expression is found anywhere in a name unless {@code ^} and {@code $} hold it; {@code (?i)} ignores case, which a rule
 * needs that refuses names of files {@linkplain DirectoryFiles#ignoringCase() found that way}. Expressions are the operator's
 * own, applied to at most 1024 characters that anybody may send: one that backtracks without end, such as {@code (a+)+$}, is a
 * way to keep a thread of the server's executor busy.
 */
public final class NameRule {

    private enum Kind {
        REWRITE_FIRST,
        REWRITE_ALL,
        REFUSE
    }

    private final Kind kind;
    private final Pattern pattern;
    private final String replacement;
    private final boolean last;

    private NameRule(Kind kind, Pattern pattern, String replacement, boolean last) {
        this.kind = kind;
        this.pattern = pattern;
        this.replacement = replacement;
        this.last = last;
    }

    /**
     * Replaces what is found first.
     *
     * @param regex what to look for
     * @param replacement what comes in its place; {@code $1} is the first group, {@code $0} all that was found, {@code \$} a
     *     dollar sign ({@link Matcher#replaceFirst(String)})
     * @return a rule after which the next is applied
     * @throws IllegalArgumentException if the expression is malformed, or the replacement names a group that it does not have
     */
    public static NameRule rewrite(String regex, String replacement) {
        return rewriting(Kind.REWRITE_FIRST, regex, replacement);
    }

    /**
     * Replaces all that is found, from left to right and once: what a replacement brings in is not looked at again.
     *
     * @param regex what to look for
     * @param replacement as in {@link #rewrite}
     * @return a rule after which the next is applied
     * @throws IllegalArgumentException as in {@link #rewrite}
     */
    public static NameRule rewriteAll(String regex, String replacement) {
        return rewriting(Kind.REWRITE_ALL, regex, replacement);
    }

    /**
     * Refuses the request with ERROR 2, "access violation".
     *
     * @param regex what to look for; the empty expression is found in every name
     * @return the rule
     * @throws IllegalArgumentException if the expression is malformed
     */
    public static NameRule refuse(String regex) {
        return new NameRule(Kind.REFUSE, Pattern.compile(regex), "", true);
    }

    /**
     * This rule, and none after it when it has found something.
     *
     * @return the rule that ends the rules
     */
    public NameRule last() {
        return new NameRule(kind, pattern, replacement, true);
    }

    private static NameRule rewriting(Kind kind, String regex, String replacement) {
        requireGroups(regex, replacement);
        return new NameRule(kind, Pattern.compile(regex), replacement, false);
    }

    /** A replacement is read only when something is found, so let something be found now rather than at the first request. */
    private static void requireGroups(String regex, String replacement) {
        Pattern.compile(regex);
        try {
            Pattern.compile("|" + regex).matcher("").replaceFirst(replacement);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "replacement: " + replacement + " (expected: no group that is not in " + regex + ")", e);
        }
    }

    Matcher matcher(String name) {
        return pattern.matcher(name);
    }

    boolean refuses() {
        return kind == Kind.REFUSE;
    }

    boolean isLast() {
        return last;
    }

    String rewritten(Matcher match) {
        return kind == Kind.REWRITE_ALL ? match.replaceAll(replacement) : match.replaceFirst(replacement);
    }

    /**
     * The rule as text.
     *
     * @return for logs, in no format to rely on
     */
    @Override
    public String toString() {
        return kind + " " + pattern + (refuses() ? "" : " -> " + replacement) + (last ? ", last" : "");
    }
}
