package dev.pxekit.ipxe;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The snippets of the README. */
class ReadmeTest {

    @Test
    void theFirstSnippetBoots() {
        IpxeScript script = IpxeScript.builder()
                .dhcp()
                .orElseGoto("failed")
                .linux(
                        URI.create("http://10.0.0.1/vmlinuz"),
                        List.of(URI.create("http://10.0.0.1/initrd.img")),
                        "quiet")
                .label("failed")
                .shell()
                .build();

        BootOutcome outcome = IpxeSimulator.builder()
                .setting("net0/mac", "52:54:00:12:34:56")
                .resources(uri -> Optional.of(Resource.of("what the server would send")))
                .build()
                .run(script, URI.create("http://10.0.0.1/boot.ipxe"));

        assertThat(outcome).isInstanceOf(BootOutcome.Booted.class);
    }

    @Test
    void theShellSnippetPrints() {
        IpxeScript script =
                IpxeScript.parse("#!ipxe\nset x 1 && echo x is ${x}\n").orThrow();

        assertThat(IpxeSimulator.builder().build().run(script).transcript()).containsExactly("x is 1");
    }
}
