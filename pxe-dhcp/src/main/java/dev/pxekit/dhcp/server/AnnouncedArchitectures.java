package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What machines say of their architecture on port 67. Some firmware says x86 BIOS on port 4011, or nothing at all, after it said
 * UEFI in its DISCOVER (danderson/netboot, issue 132, is of type 0 on port 4011): what it said first holds. Thread safe; of more
 * machines than it holds, those that asked last.
 */
final class AnnouncedArchitectures {

    private static final float LOAD_FACTOR = 0.75f;

    private final Map<HardwareAddress, List<ClientArchitecture>> announced;

    AnnouncedArchitectures(int most) {
        announced = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<HardwareAddress, List<ClientArchitecture>> eldest) {
                return size() > most;
            }
        };
    }

    /** Remembers what a DISCOVER says; x86 BIOS needs no remembering. */
    void hear(BootClient client) {
        synchronized (announced) {
            if (saysLittle(client)) {
                announced.remove(client.hardwareAddress());
            } else {
                announced.put(client.hardwareAddress(), client.architectures());
            }
        }
    }

    /** Who asks on port 4011, with the architecture that it had on port 67 if it says less now. */
    BootClient recall(DhcpPacket request) {
        BootClient client = BootClient.of(request);
        if (!saysLittle(client)) {
            return client;
        }
        List<ClientArchitecture> before;
        synchronized (announced) {
            before = announced.get(client.hardwareAddress());
        }
        return before == null
                ? client
                : BootClient.of(request.toBuilder()
                        .option(DhcpOption.CLIENT_ARCHITECTURES, before)
                        .build());
    }

    private static boolean saysLittle(BootClient client) {
        return client.architecture()
                .filter(architecture -> !architecture.equals(ClientArchitecture.X86_BIOS))
                .isEmpty();
    }
}
