package dev.pxekit.examples.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers for the conversations of a capture: messages with the same client and transaction. Remembers the last 1000. */
final class Conversations {

    private static final int REMEMBERED = 1000;

    private final Map<String, Long> numbers = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long count;

    /** The number of the message's conversation, from 1; one above {@link #count} before it begins a new one. */
    long numberOf(DecodedMessage message) {
        return numbers.computeIfAbsent(message.transactionId() + " " + message.client(), key -> ++count);
    }

    /** How many conversations there were. */
    long count() {
        return count;
    }
}
