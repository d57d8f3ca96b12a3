package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.HardwareAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp decode}: shows the messages of a capture, or of octets. */
@Command(
        name = "decode",
        description = "Shows DHCP messages: the conversations of a capture, or packets given as octets or text.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Done, also if packets were malformed: they are shown with the reason.",
            "1:The input can't be read, or is no longer readable at some place.",
            "2:Wrong usage."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pxekit dhcp decode boot.pcapng",
            "  pxekit dhcp decode --mac 52:54:00:77:00:01 --format json boot.pcap",
            "  tcpdump -U -w - udp | pxekit dhcp decode --verbose -",
            "  pxekit dhcp decode 0101060039030f1d...",
            "  pxekit dhcp decode --family 6 payload.bin"
        })
final class DhcpDecodeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|-|HEX",
            description =
                    "What to decode; default: standard input. Told apart by content: a pcap or pcapng capture, a UDP"
                            + " payload, octets in hexadecimal (also a dump of xxd, hexdump -C or Wireshark), or the text form of"
                            + " packets. Octets may be given as arguments, too, unless a file has their name.")
    private List<String> input = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "text: the lines that encode reads. summary: conversations (same client and transaction), numbered"
                            + " in brackets, and a line for each message as it comes; the last 1000 conversations are remembered."
                            + " json: an object on one line for each message. hex: the octets on one line."
                            + " Default: summary for captures, else text.")
    private @Nullable MessageFormat format;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the text form below each line of a summary.")
    private boolean verbose;

    @Option(
            names = "--family",
            paramLabel = "4|6",
            description =
                    "DHCPv4 or DHCPv6, for payloads and octets. Default: DHCPv4 if the magic cookie is there, else DHCPv6."
                            + " A capture tells it by the addresses.")
    private @Nullable Integer family;

    @Option(names = "--mac", paramLabel = "MAC", description = "Only messages of this client's hardware address.")
    private @Nullable String hardwareAddress;

    @Option(names = "--xid", paramLabel = "XID", description = "Only messages of this transaction id, in hexadecimal.")
    private @Nullable String transactionId;

    private Optional<HardwareAddress> selectedClient = Optional.empty();

    @Override
    public Integer call() throws CommandFailure, IOException {
        int givenFamily = family();
        selectedClient = Optional.ofNullable(hardwareAddress).map(this::parseHardwareAddress);
        PrintWriter out = spec.commandLine().getOut();
        try (MessageInput messages = MessageInput.open(input, givenFamily)) {
            MessageFormat shown =
                    format != null ? format : messages.isCapture() ? MessageFormat.SUMMARY : MessageFormat.TEXT;
            MessagePrinter printer = new MessagePrinter(out, shown, verbose);
            try {
                print(messages, givenFamily, printer, out);
            } finally {
                out.flush();
                messages.printNotes(spec.commandLine().getErr());
            }
            if (messages.isCapture()) {
                printTotal(messages, printer, shown == MessageFormat.SUMMARY);
            }
        }
        return 0;
    }

    /** The last line of a summary; beside output that is read by programs it goes to standard error. */
    private void printTotal(MessageInput messages, MessagePrinter printer, boolean summary) {
        PrintWriter totals =
                summary ? spec.commandLine().getOut() : spec.commandLine().getErr();
        totals.println((summary ? System.lineSeparator() : "pxekit: ") + messages.name() + ": " + printer.total()
                + String.format(Locale.ROOT, "; %,d other UDP datagrams passed over", messages.others()));
        totals.flush();
    }

    private int family() {
        if (family != null && family != 4 && family != 6) {
            throw new ParameterException(spec.commandLine(), "--family: " + family + " (expected: 4 or 6)");
        }
        return family == null ? DecodedMessage.ANY_FAMILY : family;
    }

    private HardwareAddress parseHardwareAddress(String text) {
        try {
            return HardwareAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--mac: " + e.getMessage(), e);
        }
    }

    private void print(MessageInput messages, int givenFamily, MessagePrinter printer, PrintWriter out)
            throws CommandFailure, IOException {
        for (var payload = messages.next(); payload.isPresent(); payload = messages.next()) {
            try {
                DecodedMessage message = payload.get().decode(givenFamily);
                if (isSelected(message)) {
                    printer.print(payload.get(), message);
                }
            } catch (DhcpFormatException e) {
                if (selectedClient.isEmpty() && transactionId == null) {
                    printer.print(payload.get(), e);
                }
            }
            StandardOutput.flush(out);
        }
    }

    private boolean isSelected(DecodedMessage message) {
        return selectedClient.filter(client -> !message.concerns(client)).isEmpty()
                && (transactionId == null || hasTransactionId(message, transactionId));
    }

    private static boolean hasTransactionId(DecodedMessage message, String wanted) {
        String digits = wanted.replaceFirst("^0[xX]", "");
        String zeros = "0".repeat(Math.max(0, message.transactionId().length() - digits.length()));
        return message.transactionId().equalsIgnoreCase(zeros + digits);
    }
}
