/**
 * The boot lab: real firmware in QEMU boots from our servers, in a network namespace of its own.
 *
 * <p>{@link LabNetwork} makes the network, {@link LabImage} the install image, {@link LabServer} runs our boot server in the
 * namespace, {@link Guest} is the machine. Serial logs and server logs stay in {@code target/lab}.
 */
@NullMarked
package dev.pxekit.examples.lab;

import org.jspecify.annotations.NullMarked;
