package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.transport.DatagramHandler.Replies;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A request is answered in two steps: what to say is found out, and said when the leases that it tells of are kept. */
final class AnswerSteps {

    private AnswerSteps() {}

    /**
     * The boundary to the caller's boot policy, lease store and clock: of what they throw only this client goes without an answer.
     *
     * @param respond the first step
     * @param finish the second, on whatever thread of the executor
     * @param failed told what either threw
     */
    static <M> void take(
            Replies replies,
            Supplier<Answer<M>> respond,
            Consumer<? super Answer<M>> finish,
            Consumer<? super RuntimeException> failed) {
        attempt(replies, failed, () -> {
            Answer<M> answer = respond.get();
            if (answer.recorded().isDone()) {
                finish.accept(answer);
            } else {
                replies.after(answer.recorded(), () -> attempt(replies, failed, () -> finish.accept(answer)));
            }
        });
    }

    private static void attempt(Replies replies, Consumer<? super RuntimeException> failed, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            replies.fail("a boot policy, class, lease store or clock threw an exception", e);
            failed.accept(e);
        }
    }
}
