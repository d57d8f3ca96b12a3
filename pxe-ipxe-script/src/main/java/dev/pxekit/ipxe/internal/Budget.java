package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.BootOutcome;

/** Bounds a simulation: every loop of a script, and every loop of an expansion, draws on it. */
final class Budget {

    /** Characters that expansions may handle in all. */
    private static final long MAX_EXPANSION_WORK = 64L << 20;

    /** Characters that may be printed in all. */
    private static final long MAX_OUTPUT = 16L << 20;

    /** Bytes that settings and images may hold at a time. */
    private static final long MAX_RETAINED = 16L << 20;

    private final int maxSteps;
    private int steps;
    private long expansionWork;
    private long output;
    private long retained;
    private int line = 1;

    Budget(int maxSteps) {
        this.maxSteps = maxSteps;
    }

    int line() {
        return line;
    }

    void line(int line) {
        this.line = line;
    }

    void step() {
        if (++steps > maxSteps) {
            throw stop("more than " + maxSteps + " commands ran: the script loops, or maxSteps is too low");
        }
    }

    void expansion(int characters) {
        expansionWork += 64L + characters;
        if (expansionWork > MAX_EXPANSION_WORK) {
            throw stop(
                    "expansions do not come to an end: a setting refers to itself, grows without bound or is read too often");
        }
    }

    /** Takes bytes that the machine keeps, or gives them back if negative. */
    void retain(long bytes) {
        retained += bytes;
        if (retained > MAX_RETAINED) {
            throw stop("settings and images hold more than " + MAX_RETAINED
                    + " bytes: clear settings and free images that are not needed any more");
        }
    }

    void output(int characters) {
        output += characters;
        if (output > MAX_OUTPUT) {
            throw stop("the script printed more than " + MAX_OUTPUT + " characters");
        }
    }

    SimulationEnd stop(String reason) {
        int where = line;
        return new SimulationEnd(transcript -> new BootOutcome.Stopped(reason, where, transcript));
    }
}
