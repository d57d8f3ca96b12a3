package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KickstartBuilderTest {

    private static final URI TREE = URI.create("http://10.0.0.1/fedora/");

    @Test
    void writesEveryCommand() {
        Kickstart kickstart = Kickstart.builder()
                .version(SyntaxVersion.rhel(9))
                .comment("made for\ntests")
                .text()
                .lang("en_US.UTF-8")
                .keyboard("cz (qwerty)")
                .timezone("Europe/Prague", true)
                .networkDhcp("link")
                .networkStatic("eth1", "10.0.0.2", "255.0.0.0", "10.0.0.1", List.of("10.0.0.1", "10.0.0.3"))
                .hostname("node1.example.org")
                .url(TREE)
                .repo("extras", TREE.resolve("extras/"))
                .cryptedRootPassword("$6$salt$hash")
                .user("admin", "$6$salt$hash", List.of("wheel"))
                .zerombr()
                .clearpart(true, true)
                .autopart("lvm")
                .bootloader("console=ttyS0 quiet")
                .firewall(true)
                .selinux("enforcing")
                .command("services", "--enabled=sshd,chronyd")
                .poweroff()
                .packages(packages -> packages.environment("minimal-environment")
                        .group("core")
                        .add("vim-minimal", "kde*")
                        .exclude("nano")
                        .excludeGroup("fonts")
                        .ignoreMissing()
                        .excludeDocumentation())
                .pre("lsblk")
                .post("echo \"hi\" > /etc/motd\n# done\n")
                .section("%addon", List.of("com_example", "--x=a b"), List.of("KEY=V"))
                .build();

        assertThat(kickstart).hasToString("""
                #version=RHEL9
                # made for
                # tests
                text
                lang en_US.UTF-8
                keyboard --xlayouts="cz (qwerty)"
                timezone Europe/Prague --utc
                network --bootproto=dhcp --device=link --activate
                network --bootproto=static --device=eth1 --ip=10.0.0.2 --netmask=255.0.0.0 --gateway=10.0.0.1 \
                --nameserver=10.0.0.1,10.0.0.3 --activate
                network --hostname=node1.example.org
                url --url=http://10.0.0.1/fedora/
                repo --name=extras --baseurl=http://10.0.0.1/fedora/extras/
                rootpw --iscrypted $6$salt$hash
                user --name=admin --password=$6$salt$hash --iscrypted --groups=wheel
                zerombr
                clearpart --all --initlabel
                autopart --type=lvm
                bootloader --append="console=ttyS0 quiet"
                firewall --enabled
                selinux --enforcing
                services --enabled=sshd,chronyd
                poweroff

                %packages --ignoremissing --excludedocs
                @^minimal-environment
                @core
                vim-minimal
                kde*
                -nano
                -@fonts
                %end

                %pre
                lsblk
                %end

                %post
                echo "hi" > /etc/motd
                # done
                %end

                %addon com_example --x="a b"
                KEY=V
                %end
                """);
    }

    @Test
    void writesForOldVersionsWhatTheyKnow() {
        Kickstart kickstart = Kickstart.builder(SyntaxVersion.fedora(7))
                .graphical()
                .keyboard("us")
                .timezone("UTC", false)
                .networkDhcp("eth0")
                .nfs("10.0.0.1", "/OS ISO")
                .plainRootPassword("-p#w")
                .clearpart(false, false)
                .autopart()
                .bootloader("")
                .reboot()
                .build();

        assertThat(kickstart).hasToString("""
                #version=F7
                graphical
                keyboard us
                timezone UTC
                network --bootproto=dhcp --device=eth0
                nfs --server=10.0.0.1 --dir="/OS ISO"
                rootpw -- "-p#w"
                clearpart --none
                autopart
                bootloader
                reboot
                """);
    }

    @Test
    void buildsADocumentThatIsValidInEveryVersionSinceFedoraCore6() {
        for (SyntaxVersion version : SyntaxVersion.all()) {
            if (!version.isAtLeast(SyntaxVersion.fedora(6))) {
                continue;
            }
            Kickstart kickstart = Kickstart.builder(version)
                    .cmdline()
                    .lang("en_US")
                    .keyboard("us")
                    .timezone("UTC", true)
                    .networkDhcp("link")
                    .url(TREE)
                    .repo("r", TREE)
                    .plainRootPassword("secret")
                    .user("a", "hash", List.of())
                    .cdrom()
                    .zerombr()
                    .clearpart(true, true)
                    .autopart()
                    .firewall(false)
                    .selinux("permissive")
                    .packages(packages -> packages.group("core"))
                    .post("true")
                    .build();

            assertThat(KickstartValidator.of(version).validate(kickstart))
                    .as(version.name())
                    .isEmpty();
            assertThat(KickstartParser.parse(kickstart.toString()).kickstart()).isEqualTo(kickstart);
        }
    }

    @Test
    void refusesCommandsThatTheVersionDoesNotHave() {
        assertThatThrownBy(() -> Kickstart.builder(SyntaxVersion.rhel(3))
                        .selinux("enforcing")
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no command selinux in RHEL3: it came with FC3");
        assertThatThrownBy(() -> Kickstart.builder(SyntaxVersion.fedora(43))
                        .command("install")
                        .build())
                .hasMessageContaining("[removed-command]");
    }

    @Test
    void refusesOptionsThatTheVersionDoesNotHave() {
        assertThatThrownBy(() -> Kickstart.builder(SyntaxVersion.fedora(7)).lockRootPassword())
                .hasMessage("rootpw --lock is not in F7: it came with F8");
        assertThatThrownBy(() -> Kickstart.builder(SyntaxVersion.fedora(16)).autopart("lvm"))
                .hasMessage("autopart --type is not in F16: it came with F17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%end", "  %end # x", "%post", "echo\f%end"})
    void refusesScriptsThatWouldEndTheirSection(String line) {
        assertThatThrownBy(() -> Kickstart.builder().post("true\n" + line + "\nfalse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would end the section early");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", " vim", "-vim", "@core", "%end", "a\nb", "# x", "a#b"})
    void refusesPackageNamesThatMeanSomethingElse(String name) {
        assertThatThrownBy(() -> Kickstart.builder().packages(packages -> packages.add(name)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesLineEndsInWords() {
        assertThatThrownBy(() -> Kickstart.builder().lang("en\nreboot")).hasMessageContaining("line end");
        assertThatThrownBy(() -> Kickstart.builder().command("two words")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Kickstart.builder().hostname(" ")).hasMessage("hostname: blank");
    }

    @Test
    void refusesAChangeOfVersionInTheMiddle() {
        assertThatThrownBy(() -> Kickstart.builder().text().version(SyntaxVersion.rhel(9)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void startsAnotherCommentAtEveryLineEndThatTheInstallerKnows() {
        Kickstart kickstart = Kickstart.builder()
                .comment("generated\u0085reboot\fzerombr\u2028clearpart --all\r\n\u000btext\rcdrom")
                .build();

        assertThat(kickstart.commands()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2028", "\u2029", "\u0085", "\u001d", "\n"})
    void refusesLineEndsInNamesOfPackages(String lineEnd) {
        assertThatThrownBy(() -> Kickstart.builder().packages(packages -> packages.add("bash" + lineEnd + "-kernel")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line end");
    }

    @Test
    void refusesBlankElementsAndEmptyUris() {
        List<String> servers = List.of("", "8.8.8.8");
        assertThatThrownBy(
                        () -> Kickstart.builder().networkStatic("link", "10.0.0.2", "255.0.0.0", "10.0.0.1", servers))
                .hasMessage("name server: blank");
        assertThatThrownBy(() -> Kickstart.builder().user("admin", "$6$salt$hash", List.of("")))
                .hasMessage("group: blank");
        assertThatThrownBy(() -> Kickstart.builder().url(URI.create(""))).hasMessage("url: blank");
        assertThatThrownBy(() -> Kickstart.builder().repo("extras", URI.create("")))
                .hasMessage("baseurl: blank");
    }
}
