package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What a walk through a tree has met, for the next one: to read directories and attributes is most of the work apart from
 * copying. Kept up to a bound.
 */
final class SourceRecording implements SourceTree.Visitor {

    /** Some 300 bytes each. */
    private static final int MOST_STEPS = 100_000;

    private interface Step {
        void replay(SourceTree.Visitor visitor) throws IOException;
    }

    private final SourceTree.Visitor visitor;
    private final List<Step> steps = new ArrayList<>();
    private final Deque<List<Step>> directories = new ArrayDeque<>(List.of(steps));
    private int count;

    /** Hands everything on to a visitor, which has to enter all directories. */
    SourceRecording(SourceTree.Visitor visitor) {
        this.visitor = visitor;
    }

    boolean isComplete() {
        return count <= MOST_STEPS;
    }

    /** Goes the same way again, but not into directories that the visitor does not enter. */
    void replay(SourceTree.Visitor other) throws IOException {
        for (Step step : steps) {
            step.replay(other);
        }
    }

    private void add(Step step) {
        count++;
        if (isComplete()) {
            directories.element().add(step);
        } else {
            steps.clear();
        }
    }

    @Override
    public boolean enter(SourceEntry directory, boolean selected) throws IOException {
        List<Step> inside = new ArrayList<>();
        add(other -> {
            if (other.enter(directory, selected)) {
                for (Step step : inside) {
                    step.replay(other);
                }
                other.leave();
            }
        });
        directories.push(inside);
        return visitor.enter(directory, selected);
    }

    @Override
    public void visit(SourceEntry entry) throws IOException {
        add(other -> other.visit(entry));
        visitor.visit(entry);
    }

    @Override
    public void leave() throws IOException {
        directories.pop();
        visitor.leave();
    }

    @Override
    public void failed(Path relative, IOException cause) throws IOException {
        add(other -> other.failed(relative, cause));
        visitor.failed(relative, cause);
    }
}
