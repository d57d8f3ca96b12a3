package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    private final List<String> ran = new ArrayList<>();

    /** Runs one task, at once, and refuses all others. */
    private static Executor shutDownAfterOneTask() {
        boolean[] used = new boolean[1];
        return task -> {
            if (used[0]) {
                throw new RejectedExecutionException("shut down");
            }
            used[0] = true;
            task.run();
        };
    }

    @Test
    void tasksBehindOneThatThrowsRunAlthoughTheExecutorTakesNoMore() {
        SerialExecutor tasks = new SerialExecutor(shutDownAfterOneTask());
        assertThatThrownBy(() -> tasks.execute(() -> {
                    tasks.execute(() -> {
                        ran.add("release");
                        throw new IllegalStateException("second");
                    });
                    tasks.execute(() -> ran.add("end"));
                    throw new IllegalStateException("first");
                }))
                .hasMessage("first")
                .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessage("second"));
        assertThat(ran).containsExactly("release", "end");
    }

    @Test
    void refusesAfterwardsInsteadOfKeepingTasksForEver() {
        SerialExecutor tasks = new SerialExecutor(shutDownAfterOneTask());
        assertThatThrownBy(() -> tasks.execute(() -> {
                    throw new IllegalStateException("first");
                }))
                .hasMessage("first");
        assertThatThrownBy(() -> tasks.execute(() -> ran.add("late"))).isInstanceOf(RejectedExecutionException.class);
        assertThat(ran).isEmpty();
    }
}
