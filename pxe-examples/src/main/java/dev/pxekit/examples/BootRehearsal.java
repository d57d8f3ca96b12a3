package dev.pxekit.examples;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.client.DhcpClient;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.examples.Transcript.Step;
import dev.pxekit.examples.Transcript.Step.Kind;
import dev.pxekit.ipxe.BootOutcome;
import dev.pxekit.ipxe.IpxeScript;
import dev.pxekit.ipxe.IpxeSimulator;
import dev.pxekit.ipxe.Resource;
import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TftpErrorException;
import dev.pxekit.tftp.TransferResult;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * Boots machines that it plays itself through the real servers: their DHCP exchange, the download of the network bootstrap program, the
 * script, kernel, initrds and kickstart, with the clients of PXE Kit in the place of firmware and iPXE. What it can't show is whether the
 * kernel would run; everything up to there is as on the wire.
 *
 * <pre>{@code
 * BootServer.Endpoints endpoints = server.start();
 * Transcript transcript = new BootRehearsal(endpoints).rehearse(RehearsedMachine.uefiX64());
 * assertThat(transcript.isSuccess()).isTrue();
 * }</pre>
 *
 * <p>Works on a server that answers to the sender, as one on the loopback address does. Blocks; safe for use by several threads.
 */
public final class BootRehearsal {

    /** What a UEFI firmware asks of a TFTP server (captured from OVMF). */
    private static final int FIRMWARE_BLOCK_SIZE = 1468;

    private static final int FIRMWARE_WINDOW_SIZE = 4;
    /** Firmware, the program that it loads: nothing asks a third time. */
    private static final int MOST_STAGES = 2;

    private final BootServer.Endpoints endpoints;
    private final BiConsumer<RehearsedMachine, Step> observer;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /**
     * A rehearsal with these servers.
     *
     * @param endpoints of a {@link BootServer} that is started
     */
    public BootRehearsal(BootServer.Endpoints endpoints) {
        this(endpoints, (machine, step) -> {});
    }

    /**
     * A rehearsal that is watched.
     *
     * @param endpoints of a {@link BootServer} that is started
     * @param observer hears of each step as it happens, on the thread that rehearses
     */
    public BootRehearsal(BootServer.Endpoints endpoints, BiConsumer<RehearsedMachine, Step> observer) {
        this.endpoints = Objects.requireNonNull(endpoints);
        this.observer = Objects.requireNonNull(observer);
    }

    /**
     * Boots one machine as far as its installer.
     *
     * @param machine the machine
     * @return what happened; a boot that fails is a transcript that says so
     */
    public Transcript rehearse(RehearsedMachine machine) {
        Boot boot = new Boot(machine);
        try {
            boot.run();
            return boot.transcript(Optional.empty());
        } catch (IOException e) {
            return boot.transcript(Optional.of(Objects.requireNonNullElseGet(e.getMessage(), e::toString)));
        }
    }

    /** The boot of one machine, step by step. */
    private final class Boot {

        private final RehearsedMachine machine;
        private final List<Step> steps = new ArrayList<>();

        Boot(RehearsedMachine machine) {
            this.machine = machine;
        }

        Transcript transcript(Optional<String> failure) {
            return new Transcript(machine, steps, failure);
        }

        void run() throws IOException {
            ClientIdentity asking = machine.firmware();
            for (int stage = 1; stage <= MOST_STAGES; stage++) {
                DhcpPacket acknowledgement = askForBootFile(asking);
                String bootFile = acknowledgement
                        .effectiveBootFileName()
                        .orElseThrow(() -> new IOException("the acknowledgement names nothing to boot"));
                BootClient client = asBootClient(asking);
                step(
                        Kind.OFFER,
                        acknowledgement.yourAddress().getHostAddress() + " for " + client.firmware() + ", boot file "
                                + bootFile);
                if (client.isIpxe()) {
                    runScript(URI.create(bootFile), client);
                    return;
                }
                fetchProgram(bootFile);
                asking = machine.program()
                        .orElseThrow(
                                () -> new IOException("the firmware was given " + bootFile + ", but is iPXE already"));
            }
            throw new IOException("still no script after " + MOST_STAGES + " programs");
        }

        private void step(Kind kind, String detail) {
            Step step = new Step(kind, detail);
            steps.add(step);
            observer.accept(machine, step);
        }

        private DhcpPacket askForBootFile(ClientIdentity identity) throws IOException {
            InetSocketAddress server =
                    endpoints.dhcp().orElseThrow(() -> new IOException("the boot server has no DHCP server"));
            try (DhcpClient client = DhcpClient.builder(identity)
                    .server(server)
                    .offerWindow(Duration.ZERO)
                    .open()) {
                return client.request(client.discover().get(0));
            }
        }

        private void fetchProgram(String bootFile) throws IOException {
            if (bootFile.startsWith("http://")) {
                URI uri = URI.create(bootFile);
                long announced = Download.length(http, uri);
                Download program = Download.fetch(http, uri);
                if (program.sizeInBytes() != announced) {
                    throw new IOException(uri + " has " + program.sizeInBytes() + " bytes, but HEAD said " + announced);
                }
                step(Kind.PROGRAM, fileName(uri) + " over HTTP, " + program.summary());
                return;
            }
            try {
                fetchOverTftp(bootFile);
            } catch (TftpErrorException e) {
                throw new IOException(bootFile + ": " + e.getMessage(), e);
            }
        }

        /** As UEFI firmware does: asks for the size, breaks off, and asks again for the content. */
        private void fetchOverTftp(String bootFile) throws IOException {
            TftpClient tftp = TftpClient.builder()
                    .server(endpoints.tftp())
                    .blockSize(FIRMWARE_BLOCK_SIZE)
                    .windowSize(FIRMWARE_WINDOW_SIZE)
                    .build();
            OptionalLong announced = tftp.size(bootFile);
            TransferResult result = tftp.get(bootFile, OutputStream.nullOutputStream());
            if (announced.isPresent() && announced.getAsLong() != result.bytes()) {
                throw new IOException(
                        bootFile + " has " + result.bytes() + " bytes, but tsize said " + announced.getAsLong());
            }
            step(
                    Kind.PROGRAM,
                    bootFile + " over TFTP, " + Download.summary(result.bytes(), result.duration()) + ", blocks of "
                            + result.transfer().blockSize() + ", window "
                            + result.transfer().windowSize());
        }

        private void runScript(URI uri, BootClient client) throws IOException {
            Download download = Download.fetch(http, uri);
            IpxeScript script;
            try {
                script = IpxeScript.parseStrict(download.text(uri));
            } catch (IllegalArgumentException e) {
                throw new IOException(uri + " is no script that iPXE would run: " + e.getMessage(), e);
            }
            Map<URI, Download> downloads = new LinkedHashMap<>();
            boolean uefi =
                    client.architecture().filter(ClientArchitecture::isUefi).isPresent();
            BootOutcome outcome = IpxeSimulator.builder()
                    .platform(uefi ? "efi" : "pcbios", uefi ? "x86_64" : "i386")
                    .setting("net0/mac", client.hardwareAddress().toString())
                    .resources(wanted -> Optional.<Resource>of(fetchInto(downloads, wanted)))
                    .build()
                    .run(script, uri);
            if (!(outcome instanceof BootOutcome.Booted booted)) {
                throw new IOException("the script " + uri + " did not boot: " + outcome);
            }
            step(Kind.SCRIPT, fileName(uri) + " over HTTP, " + download.summary());
            step(Kind.KERNEL, fetched(downloads, booted.kernel()));
            for (BootOutcome.Initrd initrd : booted.initrds()) {
                step(Kind.INITRD, fetched(downloads, initrd.uri()));
            }
            step(Kind.COMMAND_LINE, booted.commandLine());
            checkInstallTree(booted.commandLine());
            checkKickstart(booted.commandLine());
        }

        private Download fetchInto(Map<URI, Download> downloads, URI uri) throws IOException {
            Download download = Download.fetch(http, uri);
            downloads.put(uri, download);
            return download;
        }

        private void checkInstallTree(String commandLine) throws IOException {
            Optional<URI> tree = argument(commandLine, "inst.repo=", "method=");
            if (tree.isPresent()) {
                Download.length(http, tree.get().resolve(".treeinfo"));
                step(Kind.INSTALL_TREE, tree.get() + " answers");
            }
        }

        private void checkKickstart(String commandLine) throws IOException {
            Optional<URI> uri = argument(commandLine, "inst.ks=", "ks=");
            if (uri.isPresent()) {
                String text = Download.fetch(http, uri.get()).text(uri.get());
                step(Kind.KICKSTART, fileName(uri.get()) + " " + Kickstarts.accept(text));
            }
        }
    }

    /** How a boot server reads what the machine says of itself. */
    private static BootClient asBootClient(ClientIdentity identity) {
        return BootClient.of(DhcpPacket.builder()
                .messageType(MessageType.DISCOVER)
                .clientHardwareAddress(identity.hardwareAddress())
                .addOptions(identity.options())
                .build());
    }

    private static String fetched(Map<URI, Download> downloads, URI uri) {
        return fileName(uri) + " over HTTP, "
                + Objects.requireNonNull(downloads.get(uri)).summary();
    }

    private static Optional<URI> argument(String commandLine, String... names) {
        return Stream.of(commandLine.split(" "))
                .flatMap(word -> Stream.of(names).filter(word::startsWith).map(name -> word.substring(name.length())))
                .filter(value -> value.startsWith("http"))
                .map(URI::create)
                .findFirst();
    }

    private static String fileName(URI uri) {
        return uri.getPath().substring(uri.getPath().lastIndexOf('/') + 1);
    }
}
