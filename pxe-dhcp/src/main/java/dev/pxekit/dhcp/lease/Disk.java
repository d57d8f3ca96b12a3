package dev.pxekit.dhcp.lease;

import java.io.Closeable;
import java.io.IOException;

/** What a journal asks of the directory it is in: little enough that tests can make it fail, or forget as a power cut does. */
interface Disk {

    /** Opens a file that exists, for reading and writing. */
    File open(String name) throws IOException;

    /** Makes an empty file that only its owner can read, in place of one of that name. */
    File create(String name) throws IOException;

    boolean exists(String name);

    /** Gives a file another name, in place of the file of that name, in one step. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file if it exists. */
    void delete(String name) throws IOException;

    /** Returns when the names of all files outlive a power cut. */
    void force() throws IOException;

    /** Where a file is, for messages. */
    String describe(String name);

    /** Octets under a name. Not safe for use by several threads at once. */
    interface File extends Closeable {

        long length() throws IOException;

        /** Reads as many octets as there are, at most {@code length}; returns how many. */
        int read(byte[] target, int offset, int length, long position) throws IOException;

        /** Writes the first {@code length} octets of an array. */
        void write(byte[] octets, int length, long position) throws IOException;

        void truncate(long length) throws IOException;

        /** Returns when all octets outlive a power cut. What was written since the last time is lost for good if it fails. */
        void force() throws IOException;
    }
}
