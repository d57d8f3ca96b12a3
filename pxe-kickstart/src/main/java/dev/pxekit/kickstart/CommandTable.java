package dev.pxekit.kickstart;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which command is there in which syntax version. */
final class CommandTable {

    /** What a version makes of a command. */
    enum Status {
        /** Not a command of the version. */
        ABSENT('-'),
        /** A command like any other. */
        ACTIVE('+'),
        /** Accepted with a warning. */
        DEPRECATED('~'),
        /** Known, and refused. */
        REMOVED('!');

        private final char symbol;

        Status(char symbol) {
            this.symbol = symbol;
        }
    }

    /**
     * A command a line, and how its status changed from version to version, by age: {@code +} active from there on,
     * {@code ~} deprecated, {@code !} removed, {@code -} not there.
     */
    private static final String TABLE = """
            auth +RHEL3 !F35
            authconfig +RHEL3 !F35
            authselect +F28
            autopart +RHEL3
            autostep +RHEL3 ~F34 !F40
            bootc +RHEL10 -F41 +F43
            bootloader +RHEL3
            btrfs +F17 ~RHEL8 +F29 ~RHEL9 +F35 !RHEL10 +F41 !RHEL11
            cdrom +RHEL3
            clearpart +RHEL3
            cmdline +RHEL3
            device +RHEL3 ~F24 !F34
            deviceprobe +RHEL3 ~RHEL8 !F34
            dmraid +FC6 ~F24 !F34
            driverdisk +RHEL3
            eula +F20
            fcoe +F12
            firewall +RHEL3
            firstboot +RHEL3
            graphical +RHEL3
            group +F12
            halt +RHEL3
            harddrive +RHEL3
            hmc +RHEL7 -F22 +F28
            ignoredisk +RHEL3
            install +RHEL3 ~RHEL8 !F34
            interactive +RHEL3 ~F14 !F15 -F16
            iscsi +FC6
            iscsiname +FC6
            key +RHEL5 -F7 +RHEL6 -F14
            keyboard +RHEL3
            lang +RHEL3
            langsupport +RHEL3 ~FC5 !F7 -F8
            lilo +RHEL3 !FC4 -FC5
            lilocheck +RHEL3 !FC4 -FC5
            liveimg +F19
            logging +FC6
            logvol +RHEL3
            mediacheck +FC4
            method +RHEL3 ~F34 !F40
            module +RHEL8 ~RHEL10 !F45
            monitor +RHEL3 ~F10 !F18 -F19
            mount +F27
            mouse +RHEL3 ~FC3 !F7 -F8
            multipath +FC6 ~F24 !F34
            network +RHEL3
            nfs +RHEL3
            nvdimm +RHEL7 -F22 +F28 ~F40 !RHEL10 ~F41 !F45
            ostreecontainer +RHEL9 -F35 +F38
            ostreesetup +F21
            part +RHEL3
            partition +RHEL3
            poweroff +RHEL3
            raid +RHEL3
            rdp +RHEL10 -F41 +F43
            realm +F19
            reboot +RHEL3
            repo +FC6
            reqpart +RHEL7 -F22 +F23
            rescue +F10
            rhsm +RHEL8 -F29 +RHEL9 -F35 +RHEL10 -F41 +RHEL11
            rootpw +RHEL3
            selinux +FC3
            services +FC6
            shutdown +RHEL3
            skipx +RHEL3
            snapshot +RHEL7 -F22 +F26
            sshkey +F22
            sshpw +F13
            syspurpose +RHEL8 -F29 +RHEL9 -F35 +RHEL10 -F41 +RHEL11
            text +RHEL3
            timesource +F33
            timezone +RHEL3
            unsupported_hardware +RHEL6 -F14 +RHEL7 -F22
            updates +F7
            upgrade +RHEL3 ~F20 -RHEL8 !F29 -F30
            url +RHEL3
            user +FC6
            vnc +RHEL3 ~RHEL10 +F41 ~F43 !F45
            volgroup +RHEL3
            xconfig +RHEL3
            zerombr +RHEL3
            zfcp +FC3
            zipl +RHEL8 -F29 +F32
            """;

    private static final Map<String, TreeMap<SyntaxVersion, Status>> HISTORIES = new HashMap<>();

    static {
        for (String row : TABLE.lines().toList()) {
            String[] columns = row.split(" ", -1);
            TreeMap<SyntaxVersion, Status> history = new TreeMap<>();
            for (int i = 1; i < columns.length; i++) {
                history.put(SyntaxVersion.of(columns[i].substring(1)), status(columns[i].charAt(0)));
            }
            HISTORIES.put(columns[0], history);
        }
    }

    private CommandTable() {}

    private static Status status(char symbol) {
        for (Status status : Status.values()) {
            if (status.symbol == symbol) {
                return status;
            }
        }
        throw new IllegalArgumentException("status: " + symbol);
    }

    static Status status(String command, SyntaxVersion version) {
        return Optional.ofNullable(HISTORIES.get(command))
                .map(history -> history.floorEntry(version))
                .map(Map.Entry::getValue)
                .orElse(Status.ABSENT);
    }

    /** The version in which a command that the given one does not have comes, or was last seen, in words. */
    static Optional<String> whereElse(String command, SyntaxVersion version) {
        TreeMap<SyntaxVersion, Status> history = HISTORIES.get(command);
        if (history == null) {
            return Optional.empty();
        }
        if (history.floorEntry(version) == null) {
            return Optional.of("it came with " + history.firstKey());
        }
        return Optional.of("it went with " + history.floorKey(version));
    }
}
