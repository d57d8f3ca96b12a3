package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.Matcher;

/** A source behind rules for names. */
record RewritingFiles(TftpFiles files, List<NameRule> rules) implements TftpFiles {

    @Override
    public TftpFile open(TftpRequest request) throws IOException {
        return files.open(FileName.renamed(request, rewritten(request.fileName())));
    }

    private String rewritten(String asked) throws IOException {
        String name = plainIfAllowed(asked);
        for (NameRule rule : rules) {
            Matcher match = rule.matcher(name);
            if (match.find()) {
                if (rule.refuses()) {
                    throw FileName.refused(asked, "a rule says so");
                }
                name = plainIfAllowed(rule.rewritten(match));
                if (rule.isLast()) {
                    break;
                }
            }
        }
        return name;
    }

    /** The plain form of a name, or the name as it is if only a rule can save it. */
    private static String plainIfAllowed(String name) throws NoSuchFileException {
        try {
            return FileName.plain(name);
        } catch (AccessDeniedException refused) {
            return name;
        }
    }
}
