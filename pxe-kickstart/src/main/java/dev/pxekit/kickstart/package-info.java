/**
 * Kickstart files, the answers that Anaconda, the installer of Fedora and RHEL, reads: a lossless model, a builder, and
 * a validator that knows the commands of every syntax version from Fedora Core 3 and RHEL 3 on.
 *
 * <p>The language is described in <a href="https://pykickstart.readthedocs.io/">the documentation of kickstart</a>. A
 * file consists of commands, one a line, whose words follow the rules of a shell, and of sections such as
 * {@code %packages} and {@code %post} that go up to {@code %end}.
 *
 * <p>Models are immutable and safe for use by several threads. Kickstart files hold passwords: take care where their
 * text is logged.
 */
@NullMarked
package dev.pxekit.kickstart;

import org.jspecify.annotations.NullMarked;
