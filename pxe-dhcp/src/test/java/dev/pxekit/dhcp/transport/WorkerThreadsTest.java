package dev.pxekit.dhcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WorkerThreadsTest {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final WorkerThreads threads = new WorkerThreads(8, WorkerThreadsTest::daemon, timer, System::nanoTime);

    private static Thread daemon(Runnable task) {
        Thread thread = Executors.defaultThreadFactory().newThread(task);
        thread.setDaemon(true);
        return thread;
    }

    @AfterEach
    void close() {
        threads.close();
        timer.shutdownNow();
    }

    @Test
    void aThreadThatKeepsUpIsEnough() throws Exception {
        // However slow the machine is, no task waits for long by this clock.
        try (WorkerThreads prompt = new WorkerThreads(8, WorkerThreadsTest::daemon, timer, () -> 0)) {
            for (int i = 0; i < 1_000; i++) {
                CountDownLatch done = new CountDownLatch(1);
                prompt.execute(done::countDown);
                done.await();
            }
            assertThat(prompt.threads()).isEqualTo(1);
        }
    }

    @Test
    void runsTasksThatWaitForEachOtherAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(9);
        for (int i = 0; i < 8; i++) {
            threads.execute(() -> await(together));
        }
        await(together);
        assertThat(threads.threads()).isEqualTo(8);
    }

    @Test
    void callsAnotherThreadWhenTasksAreHeldUpAndNotWhenTheyGoByQuickly() throws Exception {
        AtomicLong clock = new AtomicLong();
        ManualTimer manual = new ManualTimer();
        WorkerThreads quick = new WorkerThreads(8, WorkerThreadsTest::daemon, manual, clock::get);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch passed = new CountDownLatch(21);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        quick.execute(() -> await(go));
        for (int i = 0; i < 20; i++) {
            quick.execute(passed::countDown);
        }
        quick.execute(() -> {
            passed.countDown();
            await(end);
        });
        quick.execute(done::countDown);
        go.countDown();
        passed.await();

        clock.addAndGet(1_000_000);
        manual.look();
        assertThat(quick.threads()).as("21 tasks in a millisecond").isEqualTo(1);

        clock.addAndGet(1_000_000);
        manual.look();
        assertThat(quick.threads()).as("none in the next").isEqualTo(2);
        done.await();
        end.countDown();
        quick.close();
        manual.shutdownNow();
    }

    /** Runs what is scheduled when it is told to. */
    private static final class ManualTimer extends ScheduledThreadPoolExecutor {

        private Runnable next = () -> {};

        ManualTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            next = task;
            return super.schedule(() -> {}, delay, unit);
        }

        void look() {
            next.run();
        }
    }

    @Test
    void queuesWhatIsMoreThanItsThreadsAndLosesNothing() throws Exception {
        CountDownLatch begin = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(10_000);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 10_000; i++) {
            threads.execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                await(begin);
                running.decrementAndGet();
                done.countDown();
            });
        }
        begin.countDown();
        done.await();
        assertThat(most.get()).isBetween(1, 8);
    }

    @Test
    void goesOnAfterATaskThatFails() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        threads.execute(() -> {
            throw new IllegalStateException("broken");
        });
        threads.execute(done::countDown);
        done.await();
    }

    @Test
    void interruptsWhatRunsWhenItCloses() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        threads.execute(() -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
        });
        running.await();
        threads.close();
        interrupted.await();
        assertThatThrownBy(() -> threads.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
