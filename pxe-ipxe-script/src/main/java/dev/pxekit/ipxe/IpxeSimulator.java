package dev.pxekit.ipxe;

import dev.pxekit.ipxe.internal.Machine;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Runs a script in memory as a machine would, and tells what it boots. Nothing waits, nothing touches a network: time
 * does not pass in {@code sleep}, and downloads are answered by a {@link ResourceFetcher}.
 *
 * <pre>{@code
 * BootOutcome outcome = IpxeSimulator.builder()
 *         .setting("net0/mac", "52:54:00:12:34:56")
 *         .resources(uri -> Optional.of(Resource.of("kernel or initrd")))
 *         .build()
 *         .run(script, URI.create("http://10.0.0.1/boot.ipxe"));
 * }</pre>
 *
 * <p>Simulated are settings and their types, expansion, operators and labels, {@code echo set clear inc show isset iseq
 * goto exit sleep dhcp ifconf ifopen imgfetch initrd module kernel imgload imgselect imgargs imgstat imgfree chain
 * imgexec boot}. A script that runs another of iPXE's commands (a menu, say) ends in {@link BootOutcome.Stopped}; one
 * that iPXE does not know is "command not found", as there. Every image that is not a script counts as bootable
 * on the platforms {@code pcbios} and {@code efi}, without a look at its format.
 *
 * <p>Immutable and safe for use by several threads, if the fetcher is. A run always ends: steps, depth of chained
 * scripts, the work of expansions and the bytes that settings and images hold (16 MiB) have bounds; beyond one of them it
 * is {@link BootOutcome.Stopped}.
 */
public final class IpxeSimulator {

    private final Map<String, String> settings;
    private final ResourceFetcher resources;
    private final String platform;
    private final String buildArchitecture;
    private final int maxSteps;
    private final int maxChainDepth;

    private IpxeSimulator(Builder builder) {
        this.settings = new LinkedHashMap<>(builder.settings);
        this.resources = builder.resources;
        this.platform = builder.platform;
        this.buildArchitecture = builder.buildArchitecture;
        this.maxSteps = builder.maxSteps;
        this.maxChainDepth = builder.maxChainDepth;
    }

    /** {@return a builder of a simulator of a BIOS machine without resources and settings} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Runs a script that was not downloaded: relative URIs in it fail.
     *
     * @param script the script
     * @return how it ended
     */
    public BootOutcome run(IpxeScript script) {
        return machine().run(script.toBytes(), Optional.empty());
    }

    /**
     * Runs a script.
     *
     * @param script the script
     * @param uri where it was downloaded from; absolute. Relative URIs in it are resolved against it
     * @return how it ended
     */
    public BootOutcome run(IpxeScript script, URI uri) {
        if (!uri.isAbsolute()) {
            throw new IllegalArgumentException("uri: " + uri + " (expected: absolute, with a scheme)");
        }
        return machine().run(script.toBytes(), Optional.of(uri.toString()));
    }

    private Machine machine() {
        return new Machine(settings, resources, platform, buildArchitecture, maxSteps, maxChainDepth);
    }

    /** Describes the simulated machine. Not safe for use by several threads. */
    public static final class Builder {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private ResourceFetcher resources = uri -> Optional.empty();
        private String platform = "pcbios";
        private String buildArchitecture = "i386";
        private int maxSteps = 10_000;
        private int maxChainDepth = 16;

        private Builder() {}

        /**
         * Stores a setting before the script starts, as {@code set} would.
         *
         * @param name {@code [scope/]name[:type]}, such as {@code net0/mac} or {@code 209:string}
         * @param value in the notation of the type; that of {@code net0/mac} is {@code 52:54:00:12:34:56}
         * @return this builder
         */
        public Builder setting(String name, String value) {
            Machine.checkSetting(name, value);
            settings.put(name, value);
            return this;
        }

        /**
         * Stores settings, each as {@link #setting} does.
         *
         * @param settings names and values
         * @return this builder
         */
        public Builder settings(Map<String, String> settings) {
            settings.forEach(this::setting);
            return this;
        }

        /**
         * Sets what answers downloads. Default: nothing is there.
         *
         * @param resources answers downloads
         * @return this builder
         */
        public Builder resources(ResourceFetcher resources) {
            this.resources = Objects.requireNonNull(resources, "resources");
            return this;
        }

        /**
         * Sets the settings {@code platform} and {@code buildarch}.
         *
         * @param platform {@code pcbios}, {@code efi}, or {@code linux} for the userspace build, which boots scripts only
         * @param buildArchitecture such as {@code i386}, {@code x86_64}, {@code arm64}
         * @return this builder
         */
        public Builder platform(String platform, String buildArchitecture) {
            this.platform = Objects.requireNonNull(platform, "platform");
            this.buildArchitecture = Objects.requireNonNull(buildArchitecture, "buildArchitecture");
            return this;
        }

        /**
         * Sets how many commands may run before the simulation stops.
         *
         * @param maxSteps 1 to 1,000,000; default 10,000
         * @return this builder
         */
        public Builder maxSteps(int maxSteps) {
            if (maxSteps < 1 || maxSteps > 1_000_000) {
                throw new IllegalArgumentException("maxSteps: " + maxSteps + " (expected: 1..1000000)");
            }
            this.maxSteps = maxSteps;
            return this;
        }

        /**
         * Sets how deep scripts may chain scripts.
         *
         * @param maxChainDepth 0 to 64; default 16
         * @return this builder
         */
        public Builder maxChainDepth(int maxChainDepth) {
            if (maxChainDepth < 0 || maxChainDepth > 64) {
                throw new IllegalArgumentException("maxChainDepth: " + maxChainDepth + " (expected: 0..64)");
            }
            this.maxChainDepth = maxChainDepth;
            return this;
        }

        /** {@return the simulator} */
        public IpxeSimulator build() {
            return new IpxeSimulator(this);
        }
    }
}
