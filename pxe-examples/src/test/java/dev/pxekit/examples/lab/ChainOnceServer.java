package dev.pxekit.examples.lab;

import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.server.BootDecision;
import dev.pxekit.dhcp.server.BootPolicy;
import dev.pxekit.dhcp.server.Subnet;
import dev.pxekit.examples.BootImage;
import dev.pxekit.examples.BootServer;
import dev.pxekit.examples.BootServerListener;
import dev.pxekit.examples.NetworkBootstrapPrograms;
import dev.pxekit.tftp.TransferResult;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A boot server with a policy for one machine, whose boot ROM is iPXE already: it is chained through {@code undionly.kpxe} all
 * the same. Nothing in its packets tells the ROM from the program that it loads, so the policy goes by the one fact that does: whether
 * the program was fetched.
 *
 * <p>Arguments: image, interface, kernel arguments.
 */
final class ChainOnceServer {

    private ChainOnceServer() {}

    public static void main(String... args) throws Exception {
        AtomicBoolean fetched = new AtomicBoolean();
        BootServerListener listener = new BootServerListener() {
            @Override
            public void ended(TransferResult result) {
                System.out.println("tftp " + result);
                if (result.isCompleted() && result.transfer().fileName().equals("undionly.kpxe")) {
                    fetched.set(true);
                }
            }
        };
        Inet4Address address = NetworkInterface.getByName(args[1])
                .inetAddresses()
                .filter(Inet4Address.class::isInstance)
                .map(Inet4Address.class::cast)
                .findFirst()
                .orElseThrow();
        try (BootImage image = BootImage.open(Path.of(args[0]));
                BootServer server = BootServer.builder()
                        .address(address)
                        .dhcp(Subnet.builder("10.77.0.0/24")
                                .pool("10.77.0.50", "10.77.0.150")
                                .build())
                        .programs(NetworkBootstrapPrograms.installed().orElseThrow())
                        .image(image)
                        .kernelArguments(List.of(args[2].split(" ")))
                        .policy(usual -> chainOnce(usual, fetched))
                        .listener(listener)
                        .build()) {
            System.out.println("ready " + server.start());
            Thread.currentThread().join();
        }
    }

    private static BootPolicy chainOnce(BootPolicy usual, AtomicBoolean fetched) {
        return (BootClient client) -> fetched.get() ? usual.decide(client) : BootDecision.bootFile("undionly.kpxe");
    }
}
