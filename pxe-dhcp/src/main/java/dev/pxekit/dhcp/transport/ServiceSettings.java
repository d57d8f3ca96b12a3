package dev.pxekit.dhcp.transport;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a service works with.
 *
 * @param eventLoops the caller's, or null for a thread of the service's own
 * @param executor the caller's, or null for threads of the service's own
 */
public record ServiceSettings(
        @Nullable EventLoopGroup eventLoops, @Nullable Executor executor) {}
