package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 13, a status code with a text for people (RFC 8415 §21.13). It tells of the message, or of the
 * identity association, address or prefix that it stands in.
 *
 * @param code the code
 * @param message the text, possibly empty
 */
public record Status(StatusCode code, String message) {

    static final OptionFormat<Status> FORMAT = RecordFormat.of(
            field("code", StatusCode.FORMAT, Status::code),
            field("message", OptionFormat.text(), Status::message),
            Status::new);
}
