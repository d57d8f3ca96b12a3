/** The {@code pxekit} command line: {@link dev.pxekit.examples.cli.PxeKit} and one class for each of its commands. */
@NullMarked
package dev.pxekit.examples.cli;

import org.jspecify.annotations.NullMarked;
