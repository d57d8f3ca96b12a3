package dev.pxekit.tftp;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides, client by client, which of the options that it asks for a server takes into account: for firmware that asks for what
 * it cannot do. Called on the server's executor, several calls at once.
 *
 * <pre>{@code
 * OptionPolicy policy = request -> request.client().getAddress().equals(oldMachine)
 *         ? TftpOptions.none()
 *         : request.options();
 * }</pre>
 */
@FunctionalInterface
public interface OptionPolicy {

    /**
     * The options to take into account. An option that is left out is not answered, as if the server did not know it. A lower
     * {@code blksize}, {@code blksize2} or {@code windowsize} is the most that the server agrees to; of other options only the
     * presence counts. The server never agrees to what was not asked for, nor to more than was asked for, than is returned
     * here, or than its own limits allow.
     *
     * @param request who asks for what; {@link TftpRequest#options} is what is asked
     * @return the options as they are to be treated
     */
    TftpOptions allow(TftpRequest request);

    /**
     * Everything that is asked for, within the limits of the server.
     *
     * @return a policy that changes nothing
     */
    static OptionPolicy all() {
        return TftpRequest::options;
    }

    /**
     * Everything but some options, for all clients, as {@code --refuse} of tftp-hpa and {@code --tftp-no-blocksize} of dnsmasq.
     *
     * @param names of the options to ignore, such as {@code blksize}, in any case
     * @return a policy without them
     */
    static OptionPolicy refusing(String... names) {
        Set<String> refused = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        refused.addAll(Arrays.asList(names));
        return request -> {
            TftpOptions.Builder options = TftpOptions.builder();
            for (TftpOptions.Entry entry : request.options().entries()) {
                if (!refused.contains(entry.name())) {
                    options.add(entry);
                }
            }
            return options.build();
        };
    }
}
