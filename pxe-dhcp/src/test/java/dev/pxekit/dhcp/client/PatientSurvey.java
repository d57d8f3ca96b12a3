package dev.pxekit.dhcp.client;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A survey, which ends by the clock, in a window that is long enough for the machine. */
final class PatientSurvey {

    private static final Duration FIRST = Duration.ofMillis(100);

    /** Ends before the clients of the tests ask again, which is after 7.5 seconds or more. */
    private static final Duration LAST = Duration.ofMillis(6400);

    /** What a client does in a window. */
    interface Survey<M> {
        List<Answer<M>> in(Duration window) throws IOException;
    }

    private PatientSurvey() {}

    /** What is found, with a longer window as long as it is less than some number. */
    static <M> List<Answer<M>> find(int least, Survey<M> survey) throws IOException {
        Duration window = FIRST;
        List<Answer<M>> found = survey.in(window);
        while (found.size() < least && window.compareTo(LAST) < 0) {
            window = window.multipliedBy(4);
            found = survey.in(window);
        }
        return found;
    }
}
