/** What the tests of several modules share: how a test names the peer program, the right or the data that it needs. */
@NullMarked
package dev.pxekit.testkit;

import org.jspecify.annotations.NullMarked;
