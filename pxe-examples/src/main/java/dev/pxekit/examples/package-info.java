/**
 * A boot server put together from the modules: {@link dev.pxekit.examples.BootServer} serves machines from unmounted install
 * images, {@link dev.pxekit.examples.BootRehearsal} boots machines that it plays itself through the real servers.
 */
@NullMarked
package dev.pxekit.examples;

import org.jspecify.annotations.NullMarked;
