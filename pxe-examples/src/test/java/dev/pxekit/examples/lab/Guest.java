package dev.pxekit.examples.lab;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine in QEMU, with its serial console in a file. Emulated (TCG) unless {@code -Dpxekit.lab.accel} says otherwise: on nested
 * virtualisation KVM often can't run firmware code.
 */
final class Guest implements AutoCloseable {

    private final Process process;
    private final Path serial;
    private final Path errors;

    private Guest(Process process, Path serial, Path errors) {
        this.process = process;
        this.serial = serial;
        this.errors = errors;
    }

    /** A PC with a BIOS. QEMU's boot ROM for its network card is iPXE. */
    static Guest bios(LabNetwork network, Path logs, String name, int megabytes) throws IOException {
        Needs.file("/usr/lib/ipxe/qemu/pxe-virtio.rom", "ipxe-qemu");
        return start(
                network,
                logs,
                name,
                megabytes,
                List.of("-machine", "pc", "-boot", "n", "-device", "virtio-net-pci,netdev=n0,mac=52:54:00:77:00:01"));
    }

    /** A UEFI machine (OVMF) without a boot ROM on its card, so that the firmware's own PXE client talks. */
    static Guest uefi(LabNetwork network, Path logs, String name, int megabytes) throws IOException {
        return start(network, logs, name, megabytes, uefiMachine(logs, name));
    }

    /** As {@link #uefi}, but with PXE switched off, so that the firmware boots over HTTP. */
    static Guest uefiHttp(LabNetwork network, Path logs, String name, int megabytes) throws IOException {
        List<String> machine = new ArrayList<>(uefiMachine(logs, name));
        machine.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n"));
        machine.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=n"));
        return start(network, logs, name, megabytes, machine);
    }

    /** As {@link #uefi}, but with PXE over IPv4 switched off, so that it begins with PXE over IPv6. */
    static Guest uefi6(LabNetwork network, Path logs, String name, int megabytes) throws IOException {
        List<String> machine = new ArrayList<>(uefiMachine(logs, name));
        machine.addAll(List.of("-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=n"));
        return start(network, logs, name, megabytes, machine);
    }

    private static List<String> uefiMachine(Path logs, String name) throws IOException {
        Path code = Needs.file("/usr/share/OVMF/OVMF_CODE_4M.fd", "ovmf");
        Path pristine = Needs.file("/usr/share/OVMF/OVMF_VARS_4M.fd", "ovmf");
        Path variables = Files.createDirectories(logs).resolve(name + ".vars.fd");
        Files.deleteIfExists(variables);
        Files.copy(pristine, variables);
        return List.of(
                "-machine",
                "q35",
                "-drive",
                "if=pflash,format=raw,readonly=on,file=" + code,
                "-drive",
                "if=pflash,format=raw,file=" + variables,
                "-device",
                "virtio-rng-pci",
                "-device",
                "virtio-net-pci,netdev=n0,mac=52:54:00:77:00:03,romfile=");
    }

    private static Guest start(LabNetwork network, Path logs, String name, int megabytes, List<String> machine)
            throws IOException {
        Path qemu = Needs.program("qemu-system-x86_64", "qemu-system-x86");
        Path serial = Files.createDirectories(logs).resolve(name + ".serial.log");
        Path errors = logs.resolve(name + ".qemu.log");
        Files.deleteIfExists(serial);
        List<String> command = new ArrayList<>(List.of(qemu.toString()));
        command.addAll(List.of("-accel", System.getProperty("pxekit.lab.accel", "tcg"), "-m", "" + megabytes));
        command.addAll(List.of("-nographic", "-no-reboot", "-nodefaults", "-monitor", "none", "-serial", "stdio"));
        command.addAll(List.of("-netdev", "tap,id=n0,ifname=" + LabNetwork.TAP + ",script=no,downscript=no"));
        command.addAll(machine);
        Process process = new ProcessBuilder(network.inside(command))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(serial.toFile())
                .redirectError(errors.toFile())
                .start();
        return new Guest(process, serial, errors);
    }

    /** Waits until a line of the serial console matches. */
    Matcher awaitLine(Pattern pattern, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            Matcher matcher = pattern.matcher(Processes.readLog(serial));
            if (matcher.find()) {
                return matcher;
            }
            if (ended || System.nanoTime() > deadline) {
                throw new AssertionError(
                        (ended ? "the guest ended without" : "the guest did not within " + limit + " come to")
                                + " a line like " + pattern + "; the last lines of its console (" + serial + "):\n"
                                + Processes.tail(serial, 30) + "\n" + Processes.tail(errors, 5));
            }
            process.waitFor(250, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        Processes.end(process);
    }
}
