package dev.pxekit.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * One thing that {@code pxekit doctor} looked at.
 *
 * @param check what was looked at, such as {@code port 67}
 * @param level how bad it is
 * @param found what is so
 * @param meaning what that means for a boot; empty if it speaks for itself
 * @param advice what to do; empty if nothing
 */
record Finding(String check, Level level, String found, String meaning, String advice) implements Reported {

    /** How bad a finding is. */
    enum Level {
        /** As it should be. */
        OK,
        /** Could not be found out. */
        UNKNOWN,
        /** Worth knowing: boots work, but slower, not all of them, or only with some option. */
        NOTE,
        /** A boot server cannot work so. */
        PROBLEM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String check, String found) {
        return new Finding(check, Level.OK, found, "", "");
    }

    static Finding ok(String check, String found, String meaning) {
        return new Finding(check, Level.OK, found, meaning, "");
    }

    static Finding unknown(String check, String found, String meaning, String advice) {
        return new Finding(check, Level.UNKNOWN, found, meaning, advice);
    }

    static Finding note(String check, String found, String meaning, String advice) {
        return new Finding(check, Level.NOTE, found, meaning, advice);
    }

    static Finding problem(String check, String found, String meaning, String advice) {
        return new Finding(check, Level.PROBLEM, found, meaning, advice);
    }

    @Override
    public void print(PrintWriter out) {
        out.println(String.format(Locale.ROOT, "%-8s %s: %s", level, check, found));
        for (String line : new String[] {meaning, advice}) {
            if (!line.isEmpty()) {
                out.println("         " + line);
            }
        }
    }

    @Override
    public String json() {
        return new JsonLine()
                .text("check", check)
                .text("level", level.toString())
                .text("found", found)
                .text("meaning", meaning)
                .text("advice", advice)
                .toString();
    }
}
