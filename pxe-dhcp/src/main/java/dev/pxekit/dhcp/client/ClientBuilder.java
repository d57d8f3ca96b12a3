package dev.pxekit.dhcp.client;

import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What both clients are told. */
abstract class ClientBuilder<B extends ClientBuilder<B>> {

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private @Nullable InetSocketAddress server;
    private @Nullable InetSocketAddress local;
    private @Nullable NetworkInterface networkInterface;
    private @Nullable Duration timeout;
    private int attempts = 4;
    private Duration offerWindow = Duration.ZERO;
    private RandomGenerator random = new SecureRandom();

    ClientBuilder() {}

    abstract B self();

    /**
     * Sets the server to ask; every server of the network unless set.
     *
     * @param server address and port
     * @return this builder
     */
    public B server(InetSocketAddress server) {
        this.server = server;
        return self();
    }

    /**
     * Sets where to listen; the client port of the interface unless set, or any free port of loopback if the server is there.
     *
     * @param local address and port; port 0 for any free one
     * @return this builder
     */
    public B bind(InetSocketAddress local) {
        this.local = local;
        return self();
    }

    /**
     * Sets the interface to ask on; the one that the system's routes tell unless set. It must have an address of the family.
     *
     * @param networkInterface the interface
     * @return this builder
     */
    public B networkInterface(NetworkInterface networkInterface) {
        this.networkInterface = networkInterface;
        return self();
    }

    /**
     * Sets how long to wait for the first answer to a message, in place of what the standard says. Repetitions wait about twice as
     * long as the one before.
     *
     * @param timeout one millisecond to ten minutes
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public B timeout(Duration timeout) {
        if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: 1 ms to 10 minutes)");
        }
        this.timeout = timeout;
        return self();
    }

    /**
     * Sets how often a message is sent before the client gives up; 4 unless set.
     *
     * @param attempts 1 to 16
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public B attempts(int attempts) {
        if (attempts < 1 || attempts > 16) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1..16)");
        }
        this.attempts = attempts;
        return self();
    }

    /**
     * Sets how long to collect further offers after the first; no time unless set.
     *
     * @param offerWindow zero to ten minutes
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public B offerWindow(Duration offerWindow) {
        this.offerWindow = checkedWindow(offerWindow);
        return self();
    }

    /**
     * Sets where transaction ids and the variation of waiting times come from.
     *
     * @param random a secure one unless set
     * @return this builder
     */
    public B random(RandomGenerator random) {
        this.random = random;
        return self();
    }

    static Duration checkedWindow(Duration window) {
        if (window.isNegative() || window.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 0 to 10 minutes)");
        }
        return window;
    }

    Optional<InetSocketAddress> server() {
        return Optional.ofNullable(server);
    }

    Optional<InetSocketAddress> local() {
        return Optional.ofNullable(local);
    }

    Optional<NetworkInterface> networkInterface() {
        return Optional.ofNullable(networkInterface);
    }

    Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    int attempts() {
        return attempts;
    }

    Duration offerWindow() {
        return offerWindow;
    }

    RandomGenerator random() {
        return random;
    }
}
