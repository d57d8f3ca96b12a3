package dev.pxekit.dhcp.client;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * One answer to a question that several servers may answer.
 *
 * @param <M> {@code DhcpPacket} or {@code Dhcp6Message}
 * @param message what was answered
 * @param source where it came from: the server, or the relay agent between
 * @param delay the time from the first time that the question was sent
 */
public record Answer<M>(M message, InetSocketAddress source, Duration delay) {}
