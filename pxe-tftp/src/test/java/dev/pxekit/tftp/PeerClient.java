package dev.pxekit.tftp;

import dev.pxekit.testkit.Needs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a client that we did not write is told to fetch or to send a file.
 *
 * @param agreed the OACK that it asks for, SIZE for the file's size; empty for a client of RFC 1350
 * @param arguments with PORT, and FILE for the name of the file
 */
record PeerClient(String program, String debianPackage, String agreed, List<String> arguments) {

    static PeerClient of(String program, String debianPackage, String agreed, String arguments) {
        return new PeerClient(program, debianPackage, agreed, List.of(arguments.split(" ")));
    }

    /** atftp takes an option as one argument with a blank. */
    static PeerClient atftp(String agreed, String arguments, String... options) {
        Stream<String> asked = Stream.of(options).flatMap(option -> Stream.of("--option", option));
        Stream<String> rest = Stream.of(arguments.split(" "));
        return new PeerClient(
                "atftp", "atftp", agreed, Stream.concat(asked, rest).toList());
    }

    List<String> command(String port, Path file) {
        Stream<String> filled = arguments.stream()
                .map(argument -> argument.replace("PORT", port).replace("FILE", "" + file.getFileName()));
        String path = Needs.program(program, debianPackage).toString();
        return Stream.concat(Stream.of(path), filled).toList();
    }

    /** The options in the OACK for a file of this size. */
    String agreed(int size) {
        return agreed.replace("SIZE", "" + size);
    }

    @Override
    public String toString() {
        return program + " " + String.join(" ", arguments);
    }
}
