package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A question out, again and again, until the datagrams that answer it come in. However many datagrams come, and whatever is in them, it
 * ends at its time, and keeps a bounded number of them.
 */
final class Exchange<M> {

    /** More servers than any segment has. */
    private static final int MOST_ANSWERS = 256;

    private final ClientSockets sockets;
    private final Question<M> question;
    private final InetSocketAddress target;
    private final List<Answer<M>> answers = new ArrayList<>();
    private long start;

    Exchange(ClientSockets sockets, Question<M> question, InetSocketAddress target) {
        this.sockets = sockets;
        this.question = question;
        this.target = target;
    }

    /** The answers: the first one, and those that follow it within the window. */
    List<Answer<M>> ask(Retransmission waits, int attempts, RandomGenerator random, Duration window)
            throws IOException {
        start = System.nanoTime();
        Duration wait = Duration.ZERO;
        for (int attempt = 0; attempt < attempts; attempt++) {
            send();
            wait = waits.wait(attempt, wait, random);
            receive(System.nanoTime() + wait.toNanos(), true);
            if (!answers.isEmpty()) {
                if (!window.isZero()) {
                    receive(System.nanoTime() + window.toNanos(), false);
                }
                return List.copyOf(answers);
            }
        }
        throw new SocketTimeoutException("no answer from " + target.getAddress().getHostAddress() + " UDP port "
                + target.getPort() + " to " + attempts + " times " + question);
    }

    /** All answers until a window ends or there are enough, possibly none; the question is repeated meanwhile, as datagrams get lost. */
    List<Answer<M>> survey(Retransmission waits, RandomGenerator random, Duration window) throws IOException {
        start = System.nanoTime();
        long end = start + window.toNanos();
        Duration wait = Duration.ZERO;
        for (int attempt = 0; attempt == 0 || (System.nanoTime() < end && !isEnough()); attempt++) {
            send();
            wait = waits.wait(attempt, wait, random);
            receive(Math.min(end, System.nanoTime() + wait.toNanos()), false);
        }
        return List.copyOf(answers);
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private void send() throws IOException {
        sockets.send(question.octets(elapsed()), target);
    }

    private void receive(long deadline, boolean onlyFirst) throws IOException {
        while (!(onlyFirst && !answers.isEmpty()) && !isEnough()) {
            Optional<ClientSockets.Received> received = sockets.receive(deadline);
            if (received.isPresent()) {
                accept(received.get());
            }
            if (received.isEmpty() || System.nanoTime() >= deadline) {
                return;
            }
        }
    }

    private boolean isEnough() {
        return question.isEnough(messages(answers));
    }

    private void accept(ClientSockets.Received received) {
        Optional<M> message;
        try {
            message = question.answer(received.octets());
        } catch (DhcpFormatException e) {
            return; // what is no message is not for this client
        }
        if (message.isPresent() && answers.size() < MOST_ANSWERS && isNew(message.get(), received.source())) {
            answers.add(new Answer<>(message.get(), received.source(), elapsed()));
        }
    }

    /** A server answers each repetition of the question. */
    private boolean isNew(M message, InetSocketAddress source) {
        return answers.stream()
                .noneMatch(known ->
                        known.source().equals(source) && known.message().equals(message));
    }

    static <M> List<M> messages(List<Answer<M>> answers) {
        return answers.stream().map(Answer::message).toList();
    }
}
