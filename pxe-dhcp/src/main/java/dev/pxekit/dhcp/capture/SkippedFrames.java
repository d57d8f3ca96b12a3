package dev.pxekit.dhcp.capture;

import java.util.ArrayList;
import java.util.List;

/** How many frames could not be read, and why the first ones could not. */
final class SkippedFrames {

    private static final int MAXIMUM_NOTES = 100;

    private final List<String> notes = new ArrayList<>();
    private long count;

    /** Notes that frames, the first of them with this number, are not among what was read. */
    void add(long frameNumber, int frames, String reason) {
        count += frames;
        if (notes.size() < MAXIMUM_NOTES) {
            notes.add("frame " + frameNumber + ": " + reason);
        }
    }

    long count() {
        return count;
    }

    List<String> notes() {
        return List.copyOf(notes);
    }
}
