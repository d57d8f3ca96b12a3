/** Tests of the boot server, the rehearsal and the documentation. */
@NullMarked
package dev.pxekit.examples;

import org.jspecify.annotations.NullMarked;
