package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.pxekit.tftp.TransferMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs of RFC 3617, servers and names. */
class RemoteFileTest {

    @ParameterizedTest
    @CsvSource({
        "tftp://example.com/myfile,             example.com, 69,   myfile",
        "TFTP://example.com/dir/myfile,         example.com, 69,   dir/myfile",
        "tftp://example.com//etc/motd,          example.com, 69,   /etc/motd",
        "tftp://192.0.2.1:6969/a%20b+c,         192.0.2.1,   6969, a b+c",
        "tftp://[2001:db8::1]/x,                2001:db8::1, 69,   x",
        "tftp://[2001:db8::1]:70/x,             2001:db8::1, 70,   x",
        "tftp://boot_server/x,                  boot_server, 69,   x",
        "tftp://h/gr%C3%BC%C3%9Fe,              h,           69,   grüße",
        "tftp://h/a%3Bmode=octet,               h,           69,   a;mode=octet",
        "tftp://h/a%3Fb%23c,                    h,           69,   a?b#c"
    })
    void readsUrls(String url, String host, int port, String name) {
        RemoteFile file = RemoteFile.parseUrl(url);
        assertThat(file.server()).isEqualTo(new HostAndPort(host, port));
        assertThat(file.name()).isEqualTo(name);
        assertThat(file.mode()).isEmpty();
    }

    @Test
    void readsTheModeOfAUrl() {
        RemoteFile file = RemoteFile.parseUrl("tftp://h/dir/f.txt;mode=netascii");
        assertThat(file.name()).isEqualTo("dir/f.txt");
        assertThat(file.mode()).contains(TransferMode.NETASCII);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tftp://h",
                "tftp://h/",
                "tftp:///f",
                "tftp://h:0/f",
                "tftp://h:65536/f",
                "tftp://user@h:x/f",
                "tftp://h/a?b",
                "tftp://h/a#b",
                "tftp://h/a b",
                "tftp://h/%zz",
                "tftp://[2001:db8::1/f"
            })
    void refusesWhatIsNoSuchUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RemoteFile.parseUrl(url))
                .withMessageMatching("(?s).*('|port ).*");
    }

    @ParameterizedTest
    @CsvSource({
        "boot.example.com,    boot.example.com, 69,   boot.example.com:69",
        "192.0.2.1:6969,      192.0.2.1,        6969, 192.0.2.1:6969",
        "2001:db8::1,         2001:db8::1,      69,   [2001:db8::1]:69",
        "::1,                 ::1,              69,   [::1]:69",
        "fe80::1%eth0,        fe80::1%eth0,     69,   [fe80::1%eth0]:69",
        "[::1],               ::1,              69,   [::1]:69",
        "[fe80::1%eth0]:70,   fe80::1%eth0,     70,   [fe80::1%eth0]:70"
    })
    void readsServers(String text, String host, int port, String written) {
        assertThat(HostAndPort.parse(text))
                .isEqualTo(new HostAndPort(host, port))
                .hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "h:", "h:x", "h:0", "h:65536", "h:123456", "[::1", "[::1]:", "[h]", "a b", "h/f", "user:h:9"
            })
    void refusesWhatIsNoServer(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HostAndPort.parse(text))
                .withMessageContaining("expected: ");
    }

    @Test
    void writesAnAddressWithoutLookingUpItsName() {
        assertThat(HostAndPort.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 7)))
                .hasToString("127.0.0.1:7");
        assertThat(HostAndPort.of(InetSocketAddress.createUnresolved("h", 7))).hasToString("h:7");
    }

    @ParameterizedTest
    @CsvSource({"a,a", "dir/a,a", "/dir//a,a", "\\Boot\\BCD,BCD", "dir/a/,a"})
    void theLastPartOfANameIsTheLocalOne(String name, String last) {
        assertThat(RemoteFile.of("h", name).lastName()).contains(last);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "..", "a/..", "a/.", "\\"})
    void someNamesAreNoLocalOnes(String name) {
        assertThat(RemoteFile.of("h", name).lastName()).isEmpty();
    }
}
