package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * The value of option 16, vendor class (RFC 8415 §21.16). Boot firmware sends enterprise 343 with
 * {@code PXEClient:Arch:00007:UNDI:003016} or {@code HTTPClient:Arch:00016:UNDI:003001} (UEFI, network boot).
 *
 * @param enterprise the vendor's enterprise number, 0 to 4294967295
 * @param classes the classes as text; empty from some clients
 */
public record VendorClass(long enterprise, List<String> classes) {

    /** The enterprise number of Intel, which boot firmware sends: 343. */
    public static final long INTEL = 343;

    static final OptionFormat<VendorClass> FORMAT = RecordFormat.of(
            field("enterprise", OptionFormat.unsignedInt(), VendorClass::enterprise),
            field(
                    "classes",
                    OptionFormat.listOrNone(OptionFormat.prefixed16(OptionFormat.text())),
                    VendorClass::classes),
            VendorClass::new);

    /**
     * Checks the range.
     *
     * @param enterprise the vendor's enterprise number, 0 to 4294967295
     * @param classes the classes as text
     * @throws IllegalArgumentException if the number is out of range
     */
    public VendorClass {
        Ranges.check("enterprise number", enterprise, 0xffff_ffffL);
        classes = List.copyOf(classes);
    }
}
