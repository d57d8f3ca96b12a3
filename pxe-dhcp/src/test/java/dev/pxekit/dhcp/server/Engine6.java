package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.v6.Dhcp6Message;
import java.util.Optional;

/** A server's engine, and what it sends in the end. */
record Engine6(Dhcp6Responder responder) {

    Optional<Dhcp6Message> respond(Dhcp6Message request, Arrival6 arrival) {
        Answer<Dhcp6Message> answer = responder.respond(request, arrival);
        Answer<Dhcp6Message> told = answer.failure()
                .map(failure -> responder.failed(request, failure))
                .orElse(answer);
        told.announcement().run();
        return told.reply();
    }
}
