package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MulticastAddressesTest {

    private static InetSocketAddress group(String address) {
        return new InetSocketAddress(address, 1758);
    }

    private static MulticastRange range(String first, int addresses) throws UnknownHostException {
        return new MulticastRange(Addresses.client(first), addresses, 1758, 1);
    }

    @Test
    void eachGroupHasAnAddressOfItsOwn() throws UnknownHostException {
        MulticastAddresses addresses = new MulticastAddresses(range("239.255.0.255", 2));
        assertThat(addresses.take()).contains(group("239.255.0.255"));
        assertThat(addresses.take()).contains(group("239.255.1.0"));
        assertThat(addresses.take()).isEmpty();
        addresses.giveBack(group("239.255.1.0"));
        assertThat(addresses.take()).contains(group("239.255.1.0"));
    }

    @Test
    void addressThatWasGivenBackIsUsedLast() throws UnknownHostException {
        MulticastAddresses addresses = new MulticastAddresses(range("239.255.0.0", 3));
        addresses.take();
        addresses.giveBack(group("239.255.0.0"));
        assertThat(addresses.take()).contains(group("239.255.0.1"));
        assertThat(addresses.take()).contains(group("239.255.0.2"));
        assertThat(addresses.take()).contains(group("239.255.0.0"));
    }

    @Test
    void usualRangeIsThatOfTheAdministrativeScope() {
        assertThat(MulticastRange.DEFAULT.group(0)).isEqualTo(group("239.255.0.0"));
        assertThat(MulticastRange.DEFAULT.group(255)).isEqualTo(group("239.255.0.255"));
        assertThat(MulticastRange.DEFAULT.timeToLive()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 1",
        "224.0.0.0, 1",
        "224.0.0.255, 1",
        "239.255.255.255, 2",
        "ff15::1, 1",
        "239.255.0.0, 0",
        "239.255.0.0, 65537"
    })
    void refusesAddressesThatAreNotForGroups(String first, int addresses) {
        assertThatThrownBy(() -> range(first, addresses))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: ");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "65536, 1", "1758, 0", "1758, 256"})
    void refusesPortsAndTimesToLiveOutOfRange(int port, int timeToLive) throws UnknownHostException {
        InetAddress first = Addresses.client("239.255.0.0");
        assertThatThrownBy(() -> new MulticastRange(first, 1, port, timeToLive))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 1..");
    }
}
