package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.pxe.BootClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps replies within the size that their client takes (option 57, RFC 2132 §9.10). Left out is first what the reply says
 * twice or the client can compute; what is still too much goes to the fields {@code file} and {@code sname} if they are empty
 * (RFC 2132 §9.3); then what the subnet adds is left out, the least wanted first, but never the subnet mask and the routers,
 * without which an address is of no use.
 */
final class ReplySize {

    private static final Logger LOG = LoggerFactory.getLogger(ReplySize.class);

    /** What every client takes: 576 octets with IP and UDP headers (RFC 2131 §2). */
    private static final int SMALLEST_MAXIMUM = 576;

    /** No fragments, whatever the client says. */
    private static final int LARGEST_MAXIMUM = 1500;

    private static final int IP_AND_UDP_HEADERS = 28;

    /** Fixed fields, magic cookie and END (RFC 2131 §2). */
    private static final int WITHOUT_OPTIONS = 241;

    /** The whole of a BOOTP packet (RFC 951 §3). */
    private static final int SMALLEST_BOOTP = 300;

    private ReplySize() {}

    /**
     * The reply, without some of its options if it has to be smaller.
     *
     * @param added the codes of the options that the subnet adds, the most wanted first
     * @return empty if what must be there is too much for the client
     */
    static Optional<DhcpPacket> fit(DhcpPacket reply, DhcpPacket request, List<Integer> added) {
        int excess = WITHOUT_OPTIONS + reply.options().encodedLength() - largest(request);
        if (excess <= 0) {
            return Optional.of(reply);
        }
        DhcpPacket.Builder smaller = reply.toBuilder().maximumMessageSize(largest(request) + IP_AND_UDP_HEADERS);
        for (int code : saidTwice(reply, request)) {
            if (excess > 0) {
                smaller.removeOption(code);
                excess -= length(reply.options(), code);
            }
        }
        Optional<DhcpPacket> fitting = build(smaller);
        List<Integer> dispensable = dispensable(added);
        for (int i = 0; fitting.isEmpty() && i < dispensable.size(); i++) {
            fitting = build(smaller.removeOption(dispensable.get(i)));
        }
        LOG.atDebug()
                .addKeyValue("client", request.clientHardwareAddress())
                .log("the reply is more than the client takes, cut to {}", fitting);
        return fitting;
    }

    /**
     * The reply to a BOOTP client, which takes as much as it sends, and no less than the 64 octets of its vendor field (RFC 951
     * §3, RFC 1542 §2.1); of DHCP's ways to make room it knows none.
     *
     * @param added as above
     * @return empty if what must be there is too much for the client
     */
    static Optional<DhcpPacket> fitBootp(DhcpPacket reply, DhcpPacket request, List<Integer> added) {
        int largest = Math.max(SMALLEST_BOOTP, DhcpCodec.encode(request).length);
        DhcpPacket fitting = reply;
        for (int code : dispensable(added)) {
            if (WITHOUT_OPTIONS + fitting.options().encodedLength() > largest) {
                fitting = fitting.toBuilder().removeOption(code).build();
            }
        }
        return Optional.of(fitting)
                .filter(fit -> WITHOUT_OPTIONS + fit.options().encodedLength() <= largest);
    }

    private static Optional<DhcpPacket> build(DhcpPacket.Builder reply) {
        try {
            return Optional.of(reply.build());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Why a request whose reply does not fit gets none. */
    static String fault(DhcpPacket request) {
        return "the reply is larger than the " + (largest(request) + IP_AND_UDP_HEADERS)
                + " octets that the client takes";
    }

    private static int largest(DhcpPacket request) {
        int asked = request.options().get(DhcpOption.MAXIMUM_MESSAGE_SIZE).orElse(SMALLEST_MAXIMUM);
        return Math.min(asked, LARGEST_MAXIMUM) - IP_AND_UDP_HEADERS;
    }

    private static int length(DhcpOptions options, int code) {
        return options.entries().stream()
                .filter(entry -> entry.code() == code)
                .mapToInt(entry -> 2 + entry.length())
                .sum();
    }

    private static List<Integer> saidTwice(DhcpPacket reply, DhcpPacket request) {
        List<Integer> codes = new ArrayList<>();
        if (reply.options()
                .get(DhcpOption.TFTP_SERVER_NAME)
                .filter(reply.nextServer().getHostAddress()::equals)
                .isPresent()) {
            codes.add(DhcpOption.TFTP_SERVER_NAME.code());
        }
        // HTTP boot firmware takes its URL from the option alone.
        if (!BootClient.of(request).isHttpClient()
                && reply.options().get(DhcpOption.BOOT_FILE_NAME).equals(reply.bootFileName())) {
            codes.add(DhcpOption.BOOT_FILE_NAME.code());
        }
        // A client without them computes the same (RFC 2131 §4.4.5).
        codes.add(DhcpOption.RENEWAL_TIME.code());
        codes.add(DhcpOption.REBINDING_TIME.code());
        return codes;
    }

    /** What can be left out, the least wanted first. */
    private static List<Integer> dispensable(List<Integer> added) {
        List<Integer> codes = new ArrayList<>(added);
        Collections.reverse(codes);
        codes.removeAll(List.of(DhcpOption.SUBNET_MASK.code(), DhcpOption.ROUTERS.code()));
        return codes;
    }
}
