package dev.pxekit.kickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SyntaxVersionTest {

    @Test
    void ordersReleasesByAge() {
        assertThat(SyntaxVersion.rhel(9).isAtLeast(SyntaxVersion.fedora(34))).isTrue();
        assertThat(SyntaxVersion.rhel(9).isAtLeast(SyntaxVersion.fedora(35))).isFalse();
        assertThat(SyntaxVersion.rhel(3)).isLessThan(SyntaxVersion.fedora(3));
        assertThat(SyntaxVersion.all()).hasSize(52).isSorted();
    }

    @Test
    void knowsNamesAndFamilies() {
        assertThat(SyntaxVersion.of("fc6")).isEqualTo(SyntaxVersion.fedora(6)).hasToString("FC6");
        assertThat(SyntaxVersion.fedora(43).release()).isEqualTo(43);
        assertThat(SyntaxVersion.rhel(10).family()).isEqualTo(SyntaxVersion.Family.RHEL);
        assertThat(SyntaxVersion.find("DEVEL")).contains(SyntaxVersion.latestFedora());
        assertThat(SyntaxVersion.latestRhel()).hasToString("RHEL11");
    }

    @Test
    void refusesUnknownReleases() {
        assertThatThrownBy(() -> SyntaxVersion.fedora(99))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("syntax version: F99 (expected: FC3..FC6, F7..F45 or RHEL3..RHEL11)");
        assertThat(SyntaxVersion.find("F6")).isEmpty();
    }
}
