package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.capture.CaptureWriter;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp encode}: makes packets of their text form. */
@Command(
        name = "encode",
        description = "Makes DHCP packets of their text form, as decode prints it or written by hand.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done.",
            "1:A line is not understood (the message has its number), or a file can't be read or written.",
            "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pxekit dhcp decode 0101060039030f1d... > discover.txt",
            "  pxekit dhcp encode discover.txt",
            "  pxekit dhcp encode --output discover.bin discover.txt",
            "  pxekit dhcp decode --format text boot.pcap > boot.txt",
            "  pxekit dhcp encode --pcap edited.pcap boot.txt",
            "",
            "A packet by hand (what is left out is zero):",
            "  op: BOOTREPLY",
            "  xid: 873cfe29",
            "  chaddr: 52:54:00:77:00:01",
            "  option 53: OFFER",
            "  option 3: [10.77.0.1]",
            "  option 224: hex 0a0b"
        })
final class DhcpEncodeCommand implements Callable<Integer> {

    private static final String STANDARD_STREAM = "-";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|-",
            description =
                    "The text; default: standard input. Each packet begins with its title, such as 'DHCPv4 packet', or"
                            + " after a line '---'.")
    private String input = STANDARD_STREAM;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Write the octets of one packet to this file, or - for standard output. Default: hexadecimal, a line"
                            + " for each packet, to standard output.")
    private @Nullable String output;

    @Option(
            names = "--pcap",
            paramLabel = "CAPTURE",
            description =
                    "Write a capture with a frame for each packet, from the client's to the server's port or back, one"
                            + " second apart from 1970 on.")
    private @Nullable Path capture;

    @Override
    public Integer call() throws CommandFailure, IOException {
        String name = input.equals(STANDARD_STREAM) ? "standard input" : input;
        try (InputStream stream = input.equals(STANDARD_STREAM) ? System.in : TextFiles.open(Path.of(input));
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8.newDecoder()))) {
            encode(name, new TextSections(lines));
        } catch (CharacterCodingException e) {
            throw new CommandFailure(
                    name + " is not text in UTF-8: encode reads what decode prints (decode shows octets)", e);
        }
        return 0;
    }

    private void encode(String name, TextSections sections) throws CommandFailure, IOException {
        Optional<DecodedMessage> message = next(name, sections);
        if (message.isEmpty()) {
            throw new CommandFailure(name + " holds no packet: nothing but blank lines and remarks");
        }
        if (output != null) {
            byte[] octets = message.get().encode();
            if (next(name, sections).isPresent()) {
                throw new CommandFailure(name + " holds several packets: give --pcap, or leave out --output");
            }
            write(output, octets);
            writeCapture(name, message, sections);
        } else if (capture != null) {
            writeCapture(name, message, sections);
        } else {
            PrintWriter out = spec.commandLine().getOut();
            for (; message.isPresent(); message = next(name, sections)) {
                out.println(HexFormat.of().formatHex(message.get().encode()));
                StandardOutput.flush(out);
            }
        }
    }

    private static Optional<DecodedMessage> next(String name, TextSections sections)
            throws CommandFailure, IOException {
        try {
            return sections.next(DecodedMessage.ANY_FAMILY);
        } catch (CommandFailure e) {
            throw new CommandFailure(name + ", " + e.getMessage(), e);
        }
    }

    private void write(String target, byte[] octets) throws IOException {
        boolean toStandardOutput = target.equals(STANDARD_STREAM);
        try (OutputStream out =
                toStandardOutput ? new FileOutputStream(FileDescriptor.out) : Files.newOutputStream(Path.of(target))) {
            out.write(octets);
        }
        if (!toStandardOutput) {
            spec.commandLine().getOut().println(target + ": " + octets.length + " octets");
        }
    }

    private void writeCapture(String name, Optional<DecodedMessage> first, TextSections sections)
            throws CommandFailure, IOException {
        if (capture == null) {
            return;
        }
        long frames = 0;
        try (CaptureWriter writer = CaptureWriter.open(capture)) {
            for (Optional<DecodedMessage> message = first; message.isPresent(); message = next(name, sections)) {
                DecodedMessage written = message.get();
                writer.write(
                        Instant.ofEpochSecond(frames),
                        written.usualSource(),
                        written.usualDestination(),
                        written.encode());
                frames++;
            }
        }
        spec.commandLine().getOut().println(capture + ": " + frames + (frames == 1 ? " packet" : " packets"));
    }
}
