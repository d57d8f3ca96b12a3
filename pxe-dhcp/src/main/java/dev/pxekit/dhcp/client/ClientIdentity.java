package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who a {@link DhcpClient} is: a hardware address, the options that go into each of its packets, and whether it asks for
 * replies by broadcast. The firmware here sends what the real one was seen to send (OVMF 2022.11, iPXE 1.0.0+git-20190125).
 * Immutable.
 */
public final class ClientIdentity {

    /** The user class of iPXE, bare text without the length that RFC 3004 asks for. */
    private static final byte[] IPXE_USER_CLASS = "iPXE".getBytes(StandardCharsets.US_ASCII);

    private static final List<Integer> UEFI_PARAMETERS = List.of(
            1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 66, 67, 97, 128,
            129, 130, 131, 132, 133, 134, 135);
    private static final List<Integer> IPXE_PARAMETERS =
            List.of(1, 3, 6, 7, 12, 15, 17, 26, 43, 60, 66, 67, 119, 128, 129, 130, 131, 132, 133, 134, 135, 175, 203);
    private static final int ETHERNET_PAYLOAD = 1472;

    private final HardwareAddress hardwareAddress;
    private final boolean broadcast;
    private final DhcpOptions options;

    private ClientIdentity(Builder builder) {
        this.hardwareAddress = builder.hardwareAddress;
        this.broadcast = builder.broadcast;
        this.options = builder.options.build();
    }

    /**
     * {@return a builder of an identity that sends no options}
     *
     * @param hardwareAddress the client's hardware address
     */
    public static Builder builder(HardwareAddress hardwareAddress) {
        return new Builder(hardwareAddress);
    }

    /**
     * {@return a client that does not boot, such as an operating system's}
     *
     * @param hardwareAddress the client's hardware address
     */
    public static ClientIdentity plain(HardwareAddress hardwareAddress) {
        return builder(hardwareAddress)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, List.of(1, 3, 6, 15))
                .build();
    }

    /**
     * {@return the PXE ROM of an x86 BIOS that is not iPXE}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity biosPxe(HardwareAddress hardwareAddress, UUID uuid) {
        return firmware(hardwareAddress, uuid, "PXEClient", ClientArchitecture.X86_BIOS, 2, 1)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, UEFI_PARAMETERS)
                .broadcast(true)
                .build();
    }

    /**
     * {@return iPXE in the ROM of an x86 BIOS network card}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity biosIpxe(HardwareAddress hardwareAddress, UUID uuid) {
        return ipxe(firmware(hardwareAddress, uuid, "PXEClient", ClientArchitecture.X86_BIOS, 2, 1), hardwareAddress);
    }

    /**
     * {@return the PXE client of x64 UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity uefiPxe(HardwareAddress hardwareAddress, UUID uuid) {
        return firmware(hardwareAddress, uuid, "PXEClient", ClientArchitecture.X64_UEFI, 3, 0)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, UEFI_PARAMETERS)
                .broadcast(true)
                .build();
    }

    /**
     * {@return the HTTP boot client of x64 UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity uefiHttp(HardwareAddress hardwareAddress, UUID uuid) {
        return firmware(hardwareAddress, uuid, "HTTPClient", ClientArchitecture.X64_UEFI_HTTP, 3, 0)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, UEFI_PARAMETERS)
                .broadcast(true)
                .build();
    }

    /**
     * {@return iPXE on x64 UEFI, such as {@code snponly.efi}}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity uefiIpxe(HardwareAddress hardwareAddress, UUID uuid) {
        return ipxe(firmware(hardwareAddress, uuid, "PXEClient", ClientArchitecture.X64_UEFI, 3, 16), hardwareAddress);
    }

    private static Builder firmware(
            HardwareAddress hardwareAddress,
            UUID uuid,
            String vendorClass,
            ClientArchitecture architecture,
            int undiMajor,
            int undiMinor) {
        String text = String.format(
                Locale.ROOT, "%s:Arch:%05d:UNDI:%03d%03d", vendorClass, architecture.code(), undiMajor, undiMinor);
        return builder(hardwareAddress)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, ETHERNET_PAYLOAD)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(uuid))
                .option(DhcpOption.CLIENT_NETWORK_INTERFACE, new ClientNetworkInterface(1, undiMajor, undiMinor))
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(architecture))
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, text);
    }

    private static ClientIdentity ipxe(Builder firmware, HardwareAddress hardwareAddress) {
        EncapsulatedOptions.Builder<IpxeOptions> features = IpxeOptions.builder()
                .put(IpxeOptions.BUS_ID, new IpxeOptions.BusId(1, 0x1af4, 0x1000))
                .put(IpxeOptions.VERSION, new IpxeOptions.Version(1, 0, 0));
        Stream.of(
                        IpxeOptions.FEATURE_DNS,
                        IpxeOptions.FEATURE_HTTP,
                        IpxeOptions.FEATURE_TFTP,
                        IpxeOptions.FEATURE_MENU,
                        IpxeOptions.FEATURE_ISCSI)
                .forEach(feature -> features.put(feature, 1));
        return firmware.option(DhcpOption.USER_CLASSES.code(), IPXE_USER_CLASS)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, IPXE_PARAMETERS)
                .option(DhcpOption.IPXE, features.build())
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(hardwareAddress))
                .build();
    }

    /** {@return a builder that starts with this identity} */
    public Builder toBuilder() {
        Builder builder = new Builder(hardwareAddress).broadcast(broadcast);
        builder.options.putAll(options);
        return builder;
    }

    /** {@return the hardware address} */
    public HardwareAddress hardwareAddress() {
        return hardwareAddress;
    }

    /** {@return whether packets ask for replies by broadcast} */
    public boolean isBroadcast() {
        return broadcast;
    }

    /** {@return the options of each packet besides those of the exchange itself} */
    public DhcpOptions options() {
        return options;
    }

    /** Builds an identity. Not safe for use by several threads at once. */
    public static final class Builder {

        private final HardwareAddress hardwareAddress;
        private final DhcpOptions.Builder options = DhcpOptions.builder();
        private boolean broadcast;

        private Builder(HardwareAddress hardwareAddress) {
            this.hardwareAddress = hardwareAddress;
        }

        /**
         * Sets whether packets ask for replies by broadcast.
         *
         * @param broadcast false unless set
         * @return this builder
         */
        public Builder broadcast(boolean broadcast) {
            this.broadcast = broadcast;
            return this;
        }

        /**
         * Sets an option of every packet.
         *
         * @param <T> the type of the value
         * @param option any but those of the exchange itself: 50, 53 and 54
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the option is one of the exchange, or the value out of its range
         */
        public <T> Builder option(DhcpOption<T> option, T value) {
            return option(option.code(), option.encode(value));
        }

        /**
         * Sets an option of every packet.
         *
         * @param code any but those of the exchange itself: 50, 53 and 54
         * @param value its octets
         * @return this builder
         * @throws IllegalArgumentException if the option is one of the exchange, or the code not 1 to 254
         */
        public Builder option(int code, byte[] value) {
            if (code == DhcpOption.MESSAGE_TYPE.code()
                    || code == DhcpOption.REQUESTED_ADDRESS.code()
                    || code == DhcpOption.SERVER_IDENTIFIER.code()) {
                throw new IllegalArgumentException("option " + code + " is set by the client itself for each packet");
            }
            options.put(code, value);
            return this;
        }

        /** {@return the identity} */
        public ClientIdentity build() {
            return new ClientIdentity(this);
        }
    }
}
