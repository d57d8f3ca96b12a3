package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootFirmware;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The messages of one DHCPv6 client: what RFC 8415 §18.2 asks for in each, and how UEFI was seen to fill them. */
final class Client6Messages {

    private static final int TRANSACTION_IDS = 1 << 24;
    private static final Duration INFINITE = Duration.ofSeconds(0xffff_ffffL);

    /** Messages that have no use for the options which tell who the client is (RFC 8415 §18.2.7, §18.2.8). */
    private static final Set<Dhcp6MessageType> BARE = Set.of(Dhcp6MessageType.RELEASE, Dhcp6MessageType.DECLINE);

    private final Client6Identity identity;
    private final RandomGenerator random;
    private final boolean uefi;

    Client6Messages(Client6Identity identity, RandomGenerator random) {
        this.identity = identity;
        this.random = random;
        BootFirmware firmware =
                BootClient.of(start(Dhcp6MessageType.SOLICIT).build()).firmware();
        this.uefi = firmware.equals(BootFirmware.PXE_UEFI) || firmware.equals(BootFirmware.HTTP_BOOT);
    }

    Dhcp6Message solicit(boolean rapidCommit) {
        Dhcp6Message.Builder message = start(Dhcp6MessageType.SOLICIT)
                .option(Dhcp6Option.IA_NA, association(uefi ? INFINITE : Duration.ZERO, Dhcp6Options.EMPTY));
        if (rapidCommit && identity.options().contains(Dhcp6Option.RAPID_COMMIT)) {
            message.option(Dhcp6Option.RAPID_COMMIT, true);
        }
        return message.build();
    }

    Dhcp6Message informationRequest() {
        return start(Dhcp6MessageType.INFORMATION_REQUEST).build();
    }

    /** A message about the addresses of another one, to the server that sent it. */
    Dhcp6Message toServer(Dhcp6MessageType type, Dhcp6Message received) throws DhcpFormatException {
        return about(type, received)
                .option(Dhcp6Option.SERVER_IDENTIFIER, received.options().require(Dhcp6Option.SERVER_IDENTIFIER))
                .build();
    }

    /** A message about the addresses of another one, to any server. */
    Dhcp6Message toAll(Dhcp6MessageType type, Dhcp6Message received) {
        return about(type, received).build();
    }

    private Dhcp6Message.Builder about(Dhcp6MessageType type, Dhcp6Message received) {
        Dhcp6Message.Builder message = start(type);
        association(received).ifPresent(given -> message.option(Dhcp6Option.IA_NA, of(given, type)));
        return message;
    }

    /** The addresses alone: times are for servers to say; but UEFI gives back what it got. */
    private IaNa of(IaNa given, Dhcp6MessageType type) {
        if (uefi && type.equals(Dhcp6MessageType.REQUEST)) {
            return given;
        }
        Dhcp6Options.Builder addresses = Dhcp6Options.builder();
        for (IaAddress address : given.addresses()) {
            addresses.add(
                    Dhcp6Option.IA_ADDRESS,
                    uefi
                            ? address
                            : new IaAddress(address.address(), Duration.ZERO, Duration.ZERO, Dhcp6Options.EMPTY));
        }
        return association(uefi ? INFINITE : Duration.ZERO, addresses.build());
    }

    private IaNa association(Duration times, Dhcp6Options addresses) {
        return new IaNa(identity.iaid(), times, times, addresses);
    }

    /** The client's identity association in a message. */
    Optional<IaNa> association(Dhcp6Message received) {
        return received.options().getAll(Dhcp6Option.IA_NA).stream()
                .filter(given -> given.iaid() == identity.iaid())
                .findFirst();
    }

    private Dhcp6Message.Builder start(Dhcp6MessageType type) {
        Dhcp6Message.Builder message = Dhcp6Message.builder(type)
                .transactionId(random.nextInt(TRANSACTION_IDS))
                .option(Dhcp6Option.CLIENT_IDENTIFIER, identity.duid());
        if (!BARE.contains(type)) {
            message.addOptions(identity.options()).removeOption(Dhcp6Option.RAPID_COMMIT.code());
        }
        return message;
    }
}
