package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.VendorClass;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who a {@link Dhcp6Client} is: a DUID, the number of its identity association, and the options that go into each of its messages. The
 * firmware here sends what the real one was seen to send (OVMF 2022.11, iPXE 1.0.0+git-20190125). Immutable.
 */
public final class Client6Identity {

    /** The options that the client sets itself for each message. */
    private static final Set<Integer> OF_EXCHANGE = Set.of(
            Dhcp6Option.CLIENT_IDENTIFIER.code(),
            Dhcp6Option.SERVER_IDENTIFIER.code(),
            Dhcp6Option.IA_NA.code(),
            Dhcp6Option.ELAPSED_TIME.code());

    private static final List<Integer> UEFI_PARAMETERS = List.of(59, 60, 23, 16);
    private static final List<Integer> IPXE_PARAMETERS = List.of(23, 24, 59, 60);

    private final Duid duid;
    private final long iaid;
    private final Dhcp6Options options;

    private Client6Identity(Builder builder) {
        this.duid = builder.duid;
        this.iaid = builder.iaid;
        this.options = builder.options.build();
    }

    /**
     * {@return a builder of an identity that sends no options}
     *
     * @param duid the client's DUID
     */
    public static Builder builder(Duid duid) {
        return new Builder(duid);
    }

    /**
     * {@return a client that does not boot, such as an operating system's}
     *
     * @param hardwareAddress what its DUID is made of (DUID-LL)
     */
    public static Client6Identity plain(HardwareAddress hardwareAddress) {
        return builder(Duid.linkLayer(hardwareAddress))
                .option(Dhcp6Option.OPTION_REQUEST, List.of(23, 24))
                .build();
    }

    /**
     * {@return the PXE client of x64 UEFI}
     *
     * @param uuid the machine's UUID; the DUID has its octets in the order of SMBIOS, as UEFI has it
     */
    public static Client6Identity uefiPxe(UUID uuid) {
        return uefiPxe(uuid, ClientArchitecture.X64_UEFI);
    }

    /**
     * {@return the PXE client of UEFI}
     *
     * @param uuid the machine's UUID
     * @param architecture such as {@link ClientArchitecture#ARM64_UEFI}
     * @throws IllegalArgumentException if it is none of UEFI that boots by PXE
     */
    public static Client6Identity uefiPxe(UUID uuid, ClientArchitecture architecture) {
        return uefi(uuid, FirmwareOptions.PXE_CLIENT, FirmwareOptions.checked(architecture, false));
    }

    /**
     * {@return the HTTP boot client of x64 UEFI}
     *
     * @param uuid the machine's UUID
     */
    public static Client6Identity uefiHttp(UUID uuid) {
        return uefiHttp(uuid, ClientArchitecture.X64_UEFI_HTTP);
    }

    /**
     * {@return the HTTP boot client of UEFI}
     *
     * @param uuid the machine's UUID
     * @param architecture such as {@link ClientArchitecture#ARM64_UEFI_HTTP}
     * @throws IllegalArgumentException if it is none of UEFI that boots from HTTP
     */
    public static Client6Identity uefiHttp(UUID uuid, ClientArchitecture architecture) {
        return uefi(uuid, FirmwareOptions.HTTP_CLIENT, FirmwareOptions.checked(architecture, true));
    }

    private static Client6Identity uefi(UUID uuid, String vendorClass, ClientArchitecture architecture) {
        return builder(duidOf(ClientMachineIdentifier.of(uuid).encode()))
                .option(Dhcp6Option.OPTION_REQUEST, UEFI_PARAMETERS)
                .option(Dhcp6Option.CLIENT_NETWORK_INTERFACE, FirmwareOptions.UNDI_UEFI)
                .option(Dhcp6Option.CLIENT_ARCHITECTURES, List.of(architecture))
                .option(Dhcp6Option.VENDOR_CLASS, vendorClass(vendorClass, architecture, FirmwareOptions.UNDI_UEFI))
                .build();
    }

    /** A DUID-UUID of the octets of option 97, which are in the order of SMBIOS after their type. */
    private static Duid duidOf(byte[] machineIdentifier) {
        ByteBuffer octets = ByteBuffer.wrap(machineIdentifier, 1, machineIdentifier.length - 1);
        return Duid.uuid(new UUID(octets.getLong(), octets.getLong()));
    }

    /**
     * {@return iPXE on x64 UEFI}
     *
     * @param uuid the machine's UUID
     */
    public static Client6Identity uefiIpxe(UUID uuid) {
        return ipxe(uuid, ClientArchitecture.X64_UEFI, FirmwareOptions.UNDI_UEFI_IPXE);
    }

    /**
     * {@return iPXE on an x86 BIOS}
     *
     * @param uuid the machine's UUID
     */
    public static Client6Identity biosIpxe(UUID uuid) {
        return ipxe(uuid, ClientArchitecture.X86_BIOS, FirmwareOptions.UNDI_BIOS);
    }

    private static Client6Identity ipxe(UUID uuid, ClientArchitecture architecture, ClientNetworkInterface undi) {
        return builder(Duid.uuid(uuid))
                .option(Dhcp6Option.OPTION_REQUEST, IPXE_PARAMETERS)
                .option(Dhcp6Option.VENDOR_CLASS, vendorClass(FirmwareOptions.PXE_CLIENT, architecture, undi))
                .option(Dhcp6Option.CLIENT_ARCHITECTURES, List.of(architecture))
                .option(Dhcp6Option.CLIENT_NETWORK_INTERFACE, undi)
                .option(Dhcp6Option.USER_CLASSES, List.of("iPXE"))
                .build();
    }

    private static VendorClass vendorClass(String name, ClientArchitecture architecture, ClientNetworkInterface undi) {
        return new VendorClass(VendorClass.INTEL, List.of(FirmwareOptions.vendorClass(name, architecture, undi)));
    }

    /** {@return a builder that starts with this identity} */
    public Builder toBuilder() {
        Builder builder = new Builder(duid).iaid(iaid);
        builder.options.addAll(options);
        return builder;
    }

    /** {@return the DUID} */
    public Duid duid() {
        return duid;
    }

    /** {@return the number of the identity association, 0 to 4294967295} */
    public long iaid() {
        return iaid;
    }

    /** {@return the options of each message besides those of the exchange itself} */
    public Dhcp6Options options() {
        return options;
    }

    /** Builds an identity. Not safe for use by several threads at once. */
    public static final class Builder {

        private final Dhcp6Options.Builder options = Dhcp6Options.builder();
        private Duid duid;
        private long iaid;

        private Builder(Duid duid) {
            this.duid = duid;
            this.iaid = Integer.toUnsignedLong(Arrays.hashCode(duid.encode()));
        }

        /**
         * Sets the DUID.
         *
         * @param duid the DUID
         * @return this builder
         */
        public Builder duid(Duid duid) {
            this.duid = duid;
            return this;
        }

        /**
         * Sets the number of the identity association for an address (IA_NA); one made of the DUID unless set.
         *
         * @param iaid 0 to 4294967295
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder iaid(long iaid) {
            if (iaid < 0 || iaid > 0xffff_ffffL) {
                throw new IllegalArgumentException("IAID: " + iaid + " (expected: 0..4294967295)");
            }
            this.iaid = iaid;
            return this;
        }

        /**
         * Sets an option of every message; {@link Dhcp6Option#RAPID_COMMIT} goes into SOLICIT alone.
         *
         * @param <T> the type of the value
         * @param option any but those of the exchange itself: 1, 2, 3 and 8
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option is one of the exchange, or the value out of its range
         */
        public <T> Builder option(Dhcp6Option<T> option, T value) {
            if (OF_EXCHANGE.contains(option.code())) {
                throw new IllegalArgumentException(
                        "option " + option.code() + " is set by the client itself for each message");
            }
            options.put(option, value);
            return this;
        }

        /** {@return the identity} */
        public Client6Identity build() {
            return new Client6Identity(this);
        }
    }
}
