package dev.pxekit.tftp;

/** Options written as in a packet. */
final class TestOptions {

    private TestOptions() {}

    /** A name, its value, the next name and so on. */
    static TftpOptions of(String... namesAndValues) {
        TftpOptions.Builder options = TftpOptions.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options.build();
    }
}
