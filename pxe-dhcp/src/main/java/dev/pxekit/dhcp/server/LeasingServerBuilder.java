package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.pxe.BootClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What servers that lease addresses are told beside what every server is, of either family.
 *
 * @param <B> the builder
 * @param <L> its listener
 */
abstract class LeasingServerBuilder<B extends LeasingServerBuilder<B, L>, L> extends ServerBuilder<B, L> {

    private static final int NEW_CLIENTS_PER_SECOND = 10_000;

    private final List<ClientClass> classes = new ArrayList<>();
    private final List<Predicate<BootClient>> allowed = new ArrayList<>();
    private final List<Predicate<BootClient>> ignored = new ArrayList<>();
    private LeaseStore leaseStore = LeaseStore.inMemory();
    private Clock clock = Clock.systemUTC();
    private Duration offerTime = Duration.ofMinutes(1);
    private Duration declineTime = Duration.ofMinutes(10);
    private boolean rapidCommit;
    private int newClientsPerSecond = NEW_CLIENTS_PER_SECOND;

    LeasingServerBuilder(int port, int clientPort, L deaf) {
        super(port, clientPort, deaf);
    }

    /** Copies these settings and those of every server. */
    final void copyFrom(LeasingServerBuilder<?, L> other) {
        super.copyFrom(other);
        classes.addAll(other.classes);
        allowed.addAll(other.allowed);
        ignored.addAll(other.ignored);
        leaseStore = other.leaseStore;
        clock = other.clock;
        offerTime = other.offerTime;
        declineTime = other.declineTime;
        rapidCommit = other.rapidCommit;
        newClientsPerSecond = other.newClientsPerSecond;
    }

    /**
     * Adds a class of clients. What a later class says wins over an earlier one.
     *
     * @param clientClass the class
     * @return this builder
     */
    public B clientClass(ClientClass clientClass) {
        classes.add(clientClass);
        return self();
    }

    /**
     * Serves some clients only: once this was called, all others get no answer. Called again, it adds more.
     *
     * @param clients who is served; as {@link ClientClass#builder} says
     * @return this builder
     */
    public B allow(Predicate<BootClient> clients) {
        allowed.add(clients);
        return self();
    }

    /**
     * Gives some clients no answer, allowed or not. Called again, it adds more.
     *
     * @param clients who is ignored; as {@link ClientClass#builder} says
     * @return this builder
     */
    public B ignore(Predicate<BootClient> clients) {
        ignored.add(clients);
        return self();
    }

    /**
     * Sets whether a DISCOVER or SOLICIT that asks for it is answered with the lease at once (RFC 4039, RFC 8415 §18.3.1), in two
     * messages in place of four. With several servers on a link each one's address is then used up.
     *
     * @param rapidCommit false unless set
     * @return this builder
     */
    public B rapidCommit(boolean rapidCommit) {
        this.rapidCommit = rapidCommit;
        return self();
    }

    /**
     * Sets how many clients that have no lease on record, and no reservation that is free for them, are served on each network in
     * a second; 10,000 unless set. More get no answer and ask again; clients that have a lease are served whatever others do. A network with few
     * new machines a minute that sets 10 keeps a machine that makes up hardware addresses from using up a pool in a moment. With
     * DHCPv6 each identity association of a client counts, as each has an address of its own.
     *
     * @param clients 1 or more
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public B newClientsPerSecond(int clients) {
        if (clients < 1) {
            throw new IllegalArgumentException("new clients per second: " + clients + " (expected: 1 or more)");
        }
        this.newClientsPerSecond = clients;
        return self();
    }

    /**
     * Sets where leases are kept; in memory unless set. A DHCPv4 and a DHCPv6 server can use the same one.
     *
     * @param leaseStore the caller's, who closes it
     * @return this builder
     */
    public B leaseStore(LeaseStore leaseStore) {
        this.leaseStore = leaseStore;
        return self();
    }

    /**
     * Sets the clock that leases end by; the system's unless set.
     *
     * @param clock the clock
     * @return this builder
     */
    public B clock(Clock clock) {
        this.clock = clock;
        return self();
    }

    /**
     * Sets how long an offered address is held for its client; one minute unless set.
     *
     * @param offerTime more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero, or more than 36,500 days
     */
    public B offerTime(Duration offerTime) {
        this.offerTime = BootPolicies.moreThanZero("offer time", offerTime);
        return self();
    }

    /**
     * Sets how long an address that a client declined is not leased; ten minutes unless set.
     *
     * @param declineTime more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not more than zero, or more than 36,500 days
     */
    public B declineTime(Duration declineTime) {
        this.declineTime = BootPolicies.moreThanZero("decline time", declineTime);
        return self();
    }

    List<ClientClass> clientClasses() {
        return List.copyOf(classes);
    }

    List<Predicate<BootClient>> allowed() {
        return List.copyOf(allowed);
    }

    List<Predicate<BootClient>> ignored() {
        return List.copyOf(ignored);
    }

    int newClientsPerSecond() {
        return newClientsPerSecond;
    }

    LeaseStore leaseStore() {
        return leaseStore;
    }

    Clock clock() {
        return clock;
    }

    Duration offerTime() {
        return offerTime;
    }

    Duration declineTime() {
        return declineTime;
    }

    boolean isRapidCommit() {
        return rapidCommit;
    }
}
