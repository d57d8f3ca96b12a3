package dev.pxekit.dhcp.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The frames of a capture file of some format. */
interface FrameSource {

    /** The next frame, or null at the end of the file. */
    @Nullable
    Frame next() throws IOException;
}
