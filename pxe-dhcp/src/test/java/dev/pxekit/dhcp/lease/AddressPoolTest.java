package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.internal.Addresses;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressPoolTest {

    @ParameterizedTest
    @CsvSource({
        "10.77.0.9, 10.77.0.8, put the lower address first",
        "10.0.0.0, 11.0.0.0, at most 16777216 addresses",
        "0.0.0.0, 255.255.255.255, at most 16777216 addresses",
        "fd77::, fd77::ffff:ffff, at most 16777216 addresses",
        "fd77::, fd77:0:0:1::, IPv6 addresses of one /64",
        "10.77.0.9, fd77::1, IPv6 addresses of one /64",
        "host, fd77::1, expected",
    })
    void refusesRangesThatCannotBeLeased(String first, String last, String why) {
        assertThatThrownBy(() -> AddressPool.of(first, last))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    @Test
    void countsAndFindsAddressesOfBothFamilies() {
        AddressPool four = AddressPool.of("10.255.255.254", "11.0.0.1");
        assertThat(four.span()).isEqualTo(4);
        assertThat(four.address(2)).isEqualTo(Addresses.parse("11.0.0.0"));
        assertThat(four.contains(Addresses.parse("11.0.0.2"))).isFalse();
        AddressPool six = AddressPool.of("fd77::7fff:ffff:ffff:ffff", "fd77::8000:0:0:1");
        assertThat(six.span()).isEqualTo(3);
        assertThat(six.address(1)).isEqualTo(Addresses.parse("fd77::8000:0:0:0"));
        assertThat(six.contains(Addresses.parse("10.255.255.254"))).isFalse();
        assertThat(six).hasToString("fd77::7fff:ffff:ffff:ffff-fd77::8000:0:0:1");
        assertThatThrownBy(() -> six.address(3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void leavesAddressesOut() {
        AddressPool pool = AddressPool.of("10.0.0.1", "10.0.0.3")
                .without(Set.of(Addresses.parse("10.0.0.2"), Addresses.parse("10.0.0.9")));
        assertThat(pool.size()).isEqualTo(2);
        assertThat(pool.span()).isEqualTo(3);
        assertThat(pool.excluded()).containsExactly(Addresses.parse("10.0.0.2"));
        assertThat(pool.contains(Addresses.parse("10.0.0.2"))).isFalse();
        assertThat(pool.overlaps(AddressPool.of("10.0.0.3", "10.0.0.4"))).isTrue();
        assertThat(pool.overlaps(AddressPool.of("10.0.0.4", "10.0.0.4"))).isFalse();
    }
}
