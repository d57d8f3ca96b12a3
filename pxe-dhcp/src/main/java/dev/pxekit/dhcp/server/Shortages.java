package dev.pxekit.dhcp.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the operator of networks that have no free address, of each once a minute. Safe for use by several threads. */
final class Shortages {

    private static final Logger LOG = LoggerFactory.getLogger(Shortages.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Map<Network, Instant> told = new ConcurrentHashMap<>();

    void tell(Network network, Instant now) {
        Instant last = told.get(network);
        if (last != null && now.isBefore(last.plus(PERIOD))) {
            return;
        }
        told.put(network, now);
        LOG.atWarn()
                .addKeyValue("network", network)
                .log("no free address: make the pools larger or the leases shorter; the next message comes in a minute");
    }
}
