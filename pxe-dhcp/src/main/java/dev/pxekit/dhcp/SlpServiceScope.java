package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 79: scopes of the service location protocol (RFC 2610 §4). Immutable.
 *
 * @param mandatory whether the client must use these scopes and no others
 * @param scopes scopes with commas between; empty to have the client find them
 */
public record SlpServiceScope(boolean mandatory, String scopes) {

    static final OptionFormat<SlpServiceScope> FORMAT = RecordFormat.of(
            field("mandatory", OptionFormat.flag(), SlpServiceScope::mandatory),
            field("scopes", OptionFormat.text(), SlpServiceScope::scopes),
            SlpServiceScope::new);
}
