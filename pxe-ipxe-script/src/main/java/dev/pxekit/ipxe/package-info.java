/**
 * The iPXE script language: a lossless model of scripts, a builder that only writes what iPXE reads back as meant, and
 * a simulator that runs a script in memory and tells what it would boot.
 *
 * <p>The language is that of iPXE 2.0 and its development versions; see <a href="https://ipxe.org/scripting">the iPXE
 * documentation</a>. Its rules differ from those of a shell in ways that matter here: lines are split at white space
 * before anything is expanded, there is no quoting and no escaping, and one space stands between joined words.
 *
 * <p>Models are immutable and safe for use by several threads. Parsers do not throw: they return a
 * {@link dev.pxekit.ipxe.ParseResult} with {@link dev.pxekit.ipxe.Diagnostic}s.
 */
@NullMarked
package dev.pxekit.ipxe;

import org.jspecify.annotations.NullMarked;
