package dev.pxekit.ipxe.internal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A setting that iPXE knows by name: it keeps its type whatever it was stored as, and may have a DHCP option number as a
 * second name.
 *
 * @param name its name
 * @param type its type
 * @param option DHCP option number such as {@code 67} or {@code 175.3}; empty if there is none
 */
record PredefinedSetting(String name, SettingType type, String option) {

    /** Name, type and DHCP option of each. */
    private static final List<String> TABLE = List.of(
            "active-scan int8",
            "asset string",
            "board-serial string",
            "buildarch string",
            "busid hex",
            "busloc uint32",
            "bustype string",
            "cert hex 175.91",
            "chip string",
            "cpumodel string",
            "cpuvendor string",
            "crosscert string 175.93",
            "cwduri string",
            "cwuri string",
            "dhcp-server ipv4 54",
            "dmesg string",
            "dns ipv4 6",
            "dns6 ipv6",
            "dnssl dnssl 119",
            "domain string 15",
            "errno uint32",
            "filename string 67",
            "gateway ipv4 3",
            "gateway6 ipv6",
            "gid uint32 175.195",
            "hostname string 12",
            "hwaddr hex",
            "ifname string",
            "initiator-iqn string 203",
            "ip ipv4 175.2",
            "ip6 ipv6",
            "keep-san int8 175.8",
            "key string",
            "keymap string",
            "len6 int8",
            "linktype string",
            "mac hex",
            "manufacturer string",
            "memsize int32",
            "mtu int16 26",
            "netmask ipv4 1",
            "next-server ipv4 175.3",
            "ntp ipv4 42",
            "password string 175.191",
            "peerdist int8",
            "peerhost string",
            "platform string",
            "priority int8 175.1",
            "privkey hex 175.92",
            "product string",
            "reverse-password string 175.193",
            "reverse-username string 175.192",
            "root-path string 17",
            "san-drive uint8 175.189",
            "san-filename string 175.188",
            "san-retries int8 175.187",
            "scriptlet string 175.81",
            "serial string",
            "skip-san-boot int8 175.9",
            "ssid string",
            "static-routes hex 121",
            "syslog ipv4 7",
            "syslog6 ipv6",
            "syslogs string 175.85",
            "sysmac hex",
            "trust hex 175.90",
            "uid uint32 175.194",
            "unixtime uint32",
            "user-class string 77",
            "username string 175.190",
            "uuid uuid",
            "vendor-class string 60",
            "version string",
            "vram base64");

    private static final Map<String, PredefinedSetting> BY_NAME = new HashMap<>();
    private static final Map<String, PredefinedSetting> BY_OPTION = new HashMap<>();

    static {
        for (String row : TABLE) {
            String[] columns = row.split(" ", -1);
            PredefinedSetting setting = new PredefinedSetting(
                    columns[0], SettingType.named(columns[1]).orElseThrow(), columns.length > 2 ? columns[2] : "");
            BY_NAME.put(setting.name(), setting);
            if (!setting.option().isEmpty()) {
                BY_OPTION.put(setting.option(), setting);
            }
        }
    }

    static Optional<PredefinedSetting> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Optional<PredefinedSetting> ofOption(String option) {
        return Optional.ofNullable(BY_OPTION.get(option));
    }
}
