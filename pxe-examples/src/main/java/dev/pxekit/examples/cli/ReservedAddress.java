package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.server.Reservation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a reservation, such as {@code 52:54:00:77:00:01=10.77.0.20} or {@code 52:54:00:77:00:01=10.77.0.20,node1}. */
final class ReservedAddress implements ITypeConverter<Reservation> {

    @Override
    public Reservation convert(String text) {
        int equals = text.indexOf('=');
        int comma = text.indexOf(',');
        if (equals < 0) {
            throw new TypeConversionException("'" + text + "' (expected: MAC=ADDRESS or MAC=ADDRESS,NAME)");
        }
        try {
            Reservation.Builder reservation = Reservation.builder(HardwareAddress.parse(text.substring(0, equals)))
                    .address(text.substring(equals + 1, comma < 0 ? text.length() : comma));
            if (comma >= 0) {
                reservation.hostName(text.substring(comma + 1));
            }
            return reservation.build();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "': " + e.getMessage());
        }
    }
}
