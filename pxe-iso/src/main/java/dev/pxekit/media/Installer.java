package dev.pxekit.media;

import java.net.URI;
import java.util.List;

/** What installers want on the kernel command line; the rules are told at {@link InstallTree}. */
enum Installer {
    ANACONDA {
        @Override
        List<String> bootArguments(URI treeUrl) {
            return List.of("inst.repo=" + treeUrl);
        }

        @Override
        List<String> answerFileArguments(URI answerFileUrl) {
            return List.of("inst.ks=" + answerFileUrl);
        }
    },
    /** Anaconda before its arguments got the prefix {@code inst.}. */
    OLD_ANACONDA {
        @Override
        List<String> bootArguments(URI treeUrl) {
            return List.of("method=" + treeUrl);
        }

        @Override
        List<String> answerFileArguments(URI answerFileUrl) {
            return List.of("ks=" + answerFileUrl);
        }
    },
    DEBIAN_INSTALLER {
        @Override
        List<String> bootArguments(URI treeUrl) {
            return List.of();
        }

        @Override
        List<String> answerFileArguments(URI answerFileUrl) {
            return List.of("auto=true", "priority=critical", "url=" + answerFileUrl);
        }
    },
    /** A live system with subiquity. */
    CASPER {
        @Override
        List<String> bootArguments(URI treeUrl) {
            return casper(treeUrl);
        }

        @Override
        List<String> answerFileArguments(URI answerFileUrl) {
            String directory = answerFileUrl.toString();
            return List.of("autoinstall", "ds=nocloud-net;s=" + directory + (directory.endsWith("/") ? "" : "/"));
        }
    },
    /** A live system with ubiquity. */
    OLD_CASPER {
        @Override
        List<String> bootArguments(URI treeUrl) {
            return casper(treeUrl);
        }

        @Override
        List<String> answerFileArguments(URI answerFileUrl) {
            return List.of("automatic-ubiquity", "url=" + answerFileUrl);
        }
    };

    abstract List<String> bootArguments(URI treeUrl);

    abstract List<String> answerFileArguments(URI answerFileUrl);

    private static List<String> casper(URI url) {
        return "nfs".equalsIgnoreCase(url.getScheme())
                ? List.of("boot=casper", "ip=dhcp", "netboot=nfs", "nfsroot=" + url.getHost() + ":" + url.getPath())
                : List.of("boot=casper", "ip=dhcp", "netboot=url", "url=" + url);
    }
}
