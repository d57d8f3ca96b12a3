package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionFormat;
import java.net.Inet6Address;
import java.util.List;

/** What option 56, NTP server, holds: one of these suboptions (RFC 5908 §4), as options with codes of their own. */
public final class NtpServer {

    /** 1, the address of a server (RFC 5908 §4.1). */
    public static final Dhcp6Option<Inet6Address> ADDRESS =
            Dhcp6Option.of(1, "NTP server address", OptionFormat.address6());

    /** 2, a multicast address that a server sends to (RFC 5908 §4.2). */
    public static final Dhcp6Option<Inet6Address> MULTICAST_ADDRESS =
            Dhcp6Option.of(2, "NTP multicast address", OptionFormat.address6());

    /** 3, the name of a server (RFC 5908 §4.3). */
    public static final Dhcp6Option<String> NAME = Dhcp6Option.of(3, "NTP server name", OptionFormat.domainName());

    static final OptionFormat<Dhcp6Options> FORMAT = Dhcp6Options.format(List.of(ADDRESS, MULTICAST_ADDRESS, NAME));

    private NtpServer() {}
}
