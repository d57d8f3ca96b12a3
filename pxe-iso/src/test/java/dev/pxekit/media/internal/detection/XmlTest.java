package dev.pxekit.media.internal.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class XmlTest {

    @Test
    void findsElementsWithAndWithoutAttributes() {
        String xml = "<WIM><IMAGE INDEX=\"1\"><NAME>one</NAME></IMAGE><IMAGES/><IMAGE>two</IMAGE></WIM>";
        assertThat(Xml.contents(xml, "IMAGE", 9)).containsExactly("<NAME>one</NAME>", "two");
        assertThat(Xml.contents(xml, "IMAGE", 1)).hasSize(1);
        assertThat(Xml.content(xml, "NAME")).contains("one");
    }

    @Test
    void endsWithATextThatEndsEarly() {
        for (String xml : new String[] {"", "<IMAGE", "<IMAGE>", "<IMAGE >text", "<IMAGE x"}) {
            assertThat(Xml.contents(xml, "IMAGE", 9)).as(xml).isEmpty();
        }
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesNoLongerWithLongerNamesThanWithOthers() {
        assertThat(Xml.contents("<IMAGEX".repeat(100_000) + ">", "IMAGE", 9)).isEmpty();
    }
}
