package dev.pxekit.dhcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ClientOrderTest {

    private final Queue<Runnable> submitted = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final List<Runnable> lost = new ArrayList<>();
    private final ClientOrder<Runnable> order = new ClientOrder<>(submitted::add, lost::add);

    @Test
    void runsTheTasksOfOneClientInOrderAndOnOneThreadAtATime() {
        order.execute(1, () -> done.add("a"));
        order.execute(1, () -> done.add("b"));
        order.execute(2, () -> done.add("c"));
        assertThat(submitted).hasSize(2);
        submitted.remove().run();
        assertThat(done).containsExactly("a", "b");
        submitted.remove().run();
        order.execute(1, () -> done.add("d"));
        submitted.remove().run();
        assertThat(done).containsExactly("a", "b", "c", "d");
    }

    @Test
    void goesOnAfterATaskThatEndsWithAnError() {
        order.execute(1, () -> {
            throw new AssertionError("broken");
        });
        order.execute(1, () -> done.add("after"));
        assertThatThrownBy(() -> submitted.remove().run()).hasMessage("broken");
        submitted.remove().run();
        assertThat(done).containsExactly("after");
    }

    @Test
    void forgetsATaskThatTheExecutorRefuses() {
        boolean[] open = {false};
        ClientOrder<Runnable> refusing = new ClientOrder<>(
                task -> {
                    if (!open[0]) {
                        throw new RejectedExecutionException("closed");
                    }
                    task.run();
                },
                lost::add);
        assertThatThrownBy(() -> refusing.execute(1, () -> done.add("refused")))
                .isInstanceOf(RejectedExecutionException.class);
        open[0] = true;
        refusing.execute(2, () -> done.add("other"));
        refusing.execute(1, () -> done.add("taken"));
        assertThat(done).containsExactly("other", "taken");
    }

    @Test
    void servesAClientAgainAfterAnErrorAndARefusal() {
        boolean[] open = {true};
        ClientOrder<Runnable> refusing = new ClientOrder<>(
                task -> {
                    if (!open[0]) {
                        throw new RejectedExecutionException("full");
                    }
                    submitted.add(task);
                },
                lost::add);
        refusing.execute(1, () -> {
            throw new AssertionError("broken");
        });
        refusing.execute(1, () -> done.add("dropped"));
        refusing.execute(1, () -> done.add("dropped"));
        open[0] = false;
        assertThatThrownBy(() -> submitted.remove().run())
                .hasMessage("broken")
                .satisfies(error -> assertThat(error.getSuppressed()).hasSize(1));
        assertThat(lost).hasSize(2);
        open[0] = true;
        refusing.execute(1, () -> done.add("after"));
        submitted.remove().run();
        assertThat(done).containsExactly("after");
    }

    @Test
    void refusesATaskIfTheExecutorFails() {
        boolean[] broken = {true};
        ClientOrder<Runnable> failing = new ClientOrder<>(
                task -> {
                    if (broken[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                },
                lost::add);
        assertThatThrownBy(() -> failing.execute(1, () -> done.add("refused")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasCauseInstanceOf(OutOfMemoryError.class);
        broken[0] = false;
        failing.execute(1, () -> done.add("taken"));
        assertThat(done).containsExactly("taken");
    }
}
