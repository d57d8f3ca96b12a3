package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import java.util.List;
import java.util.UUID;

/**
 * Who a {@link DhcpClient} is: a hardware address, the options that go into each of its packets, and whether it asks for
 * replies by broadcast. The firmware here sends what the real one was seen to send (OVMF 2022.11, iPXE 1.0.0+git-20190125, Intel's
 * PXE ROM, a Raspberry Pi 3, Windows 10). Immutable.
 */
public final class ClientIdentity {

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
     * {@return Windows 10 and later, or Windows PE}
     *
     * @param hardwareAddress the client's hardware address
     * @param hostName the machine's name
     */
    public static ClientIdentity windows(HardwareAddress hardwareAddress, String hostName) {
        return builder(hardwareAddress)
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(hardwareAddress))
                .option(DhcpOption.HOST_NAME, hostName)
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "MSFT 5.0")
                .option(
                        DhcpOption.PARAMETER_REQUEST_LIST,
                        List.of(1, 3, 6, 15, 31, 33, 43, 44, 46, 47, 119, 121, 249, 252))
                .build();
    }

    /**
     * {@return the PXE ROM of an x86 BIOS that is not iPXE}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity biosPxe(HardwareAddress hardwareAddress, UUID uuid) {
        return FirmwareOptions.biosPxe(hardwareAddress, uuid);
    }

    /**
     * {@return iPXE in the ROM of an x86 BIOS network card}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity biosIpxe(HardwareAddress hardwareAddress, UUID uuid) {
        return FirmwareOptions.ipxe(hardwareAddress, uuid, ClientArchitecture.X86_BIOS);
    }

    /**
     * {@return the PXE client of x64 UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity uefiPxe(HardwareAddress hardwareAddress, UUID uuid) {
        return uefiPxe(hardwareAddress, uuid, ClientArchitecture.X64_UEFI);
    }

    /**
     * {@return the PXE client of UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     * @param architecture such as {@link ClientArchitecture#ARM64_UEFI}, or 9 in place of 7 as some x64 machines have it
     * @throws IllegalArgumentException if it is none of UEFI that boots by PXE
     */
    public static ClientIdentity uefiPxe(HardwareAddress hardwareAddress, UUID uuid, ClientArchitecture architecture) {
        return FirmwareOptions.uefi(hardwareAddress, uuid, architecture, false);
    }

    /**
     * {@return the HTTP boot client of x64 UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity uefiHttp(HardwareAddress hardwareAddress, UUID uuid) {
        return uefiHttp(hardwareAddress, uuid, ClientArchitecture.X64_UEFI_HTTP);
    }

    /**
     * {@return the HTTP boot client of UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     * @param architecture such as {@link ClientArchitecture#ARM64_UEFI_HTTP}
     * @throws IllegalArgumentException if it is none of UEFI that boots from HTTP
     */
    public static ClientIdentity uefiHttp(HardwareAddress hardwareAddress, UUID uuid, ClientArchitecture architecture) {
        return FirmwareOptions.uefi(hardwareAddress, uuid, architecture, true);
    }

    /**
     * {@return iPXE on x64 UEFI, such as {@code snponly.efi}}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     */
    public static ClientIdentity uefiIpxe(HardwareAddress hardwareAddress, UUID uuid) {
        return uefiIpxe(hardwareAddress, uuid, ClientArchitecture.X64_UEFI);
    }

    /**
     * {@return iPXE on UEFI}
     *
     * @param hardwareAddress the client's hardware address
     * @param uuid the machine's UUID
     * @param architecture such as {@link ClientArchitecture#ARM64_UEFI}
     * @throws IllegalArgumentException if it is none of UEFI that boots by PXE
     */
    public static ClientIdentity uefiIpxe(HardwareAddress hardwareAddress, UUID uuid, ClientArchitecture architecture) {
        return FirmwareOptions.ipxe(hardwareAddress, uuid, FirmwareOptions.checked(architecture, false));
    }

    /**
     * {@return the boot ROM of a Raspberry Pi 3} Servers know it by its address, which begins with b8:27:eb.
     *
     * @param hardwareAddress the client's hardware address
     */
    public static ClientIdentity raspberryPi(HardwareAddress hardwareAddress) {
        return FirmwareOptions.raspberryPi(hardwareAddress);
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
