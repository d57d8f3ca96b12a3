package dev.pxekit.dhcp.transport;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a service works with.
 *
 * @param transport how datagrams are moved
 * @param eventLoops the caller's, which fit the transport, or null for a thread of the service's own
 * @param executor the caller's, or null for threads of the service's own
 * @param limits how much is answered
 * @param drops told of what was too much
 */
public record ServiceSettings(
        DatagramTransport transport,
        @Nullable EventLoopGroup eventLoops,
        @Nullable Executor executor,
        RateLimits limits,
        DropListener drops) {}
