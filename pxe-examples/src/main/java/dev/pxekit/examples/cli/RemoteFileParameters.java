package dev.pxekit.examples.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The file to fetch, as a URL or as a server and a name. */
final class RemoteFileParameters {

    @Parameters(
            index = "0",
            paramLabel = "URL|HOST[:PORT]",
            description = "tftp://HOST[:PORT]/FILE, or the server alone, whose port is 69 if none is given.")
    private String source = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "FILE", description = "Its name, as the server has it.")
    private @Nullable String name;

    /**
     * The file that is meant.
     *
     * @throws ParameterException if it is not said, or said twice
     */
    RemoteFile parse(CommandLine command) {
        return parse(command, source, name);
    }

    /** As {@link #parse(CommandLine)}, for parameters that a command has in other places. */
    static RemoteFile parse(CommandLine command, String source, @Nullable String name) {
        boolean url = RemoteFile.isUrl(source);
        if (url && name != null) {
            throw new ParameterException(command, "the URL names the file: what is " + name + " for?");
        }
        if (!url && (name == null || name.isEmpty())) {
            throw new ParameterException(command, "say which FILE of " + source + ", or give a URL tftp://HOST/FILE");
        }
        try {
            return url ? RemoteFile.parseUrl(source) : RemoteFile.of(source, String.valueOf(name));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }
}
