package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TftpOption;
import dev.pxekit.tftp.TftpOptions;
import dev.pxekit.tftp.TransferMode;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How a TFTP client is to ask: the options that {@code get}, {@code put} and {@code bench} share. */
final class ClientOptions {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(1);
    private static final int USUAL_RETRIES = 5;

    @Option(
            names = "--block-size",
            paramLabel = "BYTES",
            description = "Block size to ask for, 8..65464. Default: 1428.")
    private @Nullable Integer blockSize;

    @Option(names = "--window-size", paramLabel = "BLOCKS", description = "Window to ask for, 1..65535. Default: 8.")
    private @Nullable Integer windowSize;

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description = "Another option to ask for, such as rollover=1; may be repeated.")
    private Map<String, String> others = Map.of();

    @Option(
            names = "--no-options",
            description = "Ask for no options but those given here; with none, as RFC 1350 has it.")
    private boolean noOptions;

    @Option(
            names = "--mode",
            paramLabel = "octet|netascii",
            converter = Mode.class,
            description = "Default: octet. With netascii line ends are converted.")
    private @Nullable TransferMode mode;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "How long to wait before sending again. Default: 1.")
    private @Nullable Duration timeout;

    @Option(
            names = "--retries",
            paramLabel = "TIMES",
            description = "How often to send again without an answer, 0..100. Default: 5.")
    private @Nullable Integer retries;

    /**
     * A client that asks as the command line says. Its mode goes before that of a URL.
     *
     * @throws CommandLine.ParameterException if an option is out of range
     */
    TftpClient.Builder client(CommandLine command, RemoteFile file) {
        TftpClient.Builder builder = TftpClient.builder();
        if (noOptions) {
            builder.options(TftpOptions.none());
        }
        GivenOptions.apply(command, "--block-size", blockSize, builder::blockSize);
        GivenOptions.apply(command, "--window-size", windowSize, builder::windowSize);
        others.forEach((name, value) ->
                GivenOptions.apply(command, "--option", value, text -> builder.option(TftpOption.text(name), text)));
        if (mode == null) {
            GivenOptions.apply(command, "mode of the URL", file.mode().orElse(null), builder::mode);
        } else {
            GivenOptions.apply(command, "--mode", mode, builder::mode);
        }
        if (timeout != null || retries != null) {
            Duration wait = timeout == null ? USUAL_TIMEOUT : timeout;
            GivenOptions.apply(
                    command,
                    "--timeout, --retries",
                    retries == null ? USUAL_RETRIES : retries,
                    most -> builder.retransmission(wait, most));
        }
        return builder;
    }

    /** Whether text is asked for, by the command line or a URL. */
    boolean isText(RemoteFile file) {
        return TransferMode.NETASCII.equals(mode == null ? file.mode().orElse(null) : mode);
    }

    /** Reads a mode; the client knows which ones there are. */
    static final class Mode implements CommandLine.ITypeConverter<TransferMode> {

        @Override
        public TransferMode convert(String text) {
            if (text.isEmpty()) {
                throw new CommandLine.TypeConversionException("empty (expected: octet, netascii)");
            }
            return TransferMode.of(text);
        }
    }
}
