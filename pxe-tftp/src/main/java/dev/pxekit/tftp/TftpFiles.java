package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the file that a client asks for. Called on the server's executor, so it may block; several calls run at once.
 *
 * <pre>{@code
 * TftpFiles files = TftpFiles.under(Path.of("/srv/boot"))
 *         .ignoringCase()
 *         .orElse(TftpFiles.generated("boot.ipxe", request -> scriptFor(request.client()).getBytes(UTF_8)))
 *         .rewriting(NameRule.rewrite("^x86PC/(.*)", "bios/$1"));
 * }</pre>
 */
@FunctionalInterface
public interface TftpFiles {

    /**
     * Opens a file for one transfer. What is thrown decides what the client is told, and no message but that of a
     * {@link TftpErrorException} reaches it.
     *
     * @param request who asks for what
     * @return the file; the server closes it
     * @throws NoSuchFileException if it is not here: ERROR 1, or the next of {@link #orElse}
     * @throws AccessDeniedException if it may not be read: ERROR 2
     * @throws TftpErrorException to choose the ERROR
     * @throws IOException for any other trouble: ERROR 0
     */
    TftpFile open(TftpRequest request) throws IOException;

    /**
     * The files under a directory of any file system.
     *
     * <p>{@code /} and {@code \} both separate, and both may lead. Names that climb ({@code ..}, also percent-encoded), UNC
     * names, drive letters and control characters are refused, as is a symbolic link that leads outside: the real path has to
     * be under the real path of the root. Only regular files are served, so a directory or a device is "no such file", as is
     * a name of more than 1024 characters. Whoever may change the directories under the root while they are served is trusted
     * not to race with this check.
     *
     * <p>Transfers of one file share what is read from it for as long as its real path, size, time of last modification and
     * file key (the inode, on Unix) are the same. To replace a file, move the new one into its place: running transfers then
     * get the old content to its end, and later ones the new. A file that is changed in place reaches the clients of that
     * moment as a mixture of both.
     *
     * @param root the directory; looked up again for each request, so it may be replaced
     * @return the files under it
     */
    static DirectoryFiles under(Path root) {
        return new DirectoryFiles(root);
    }

    /**
     * One file in memory.
     *
     * @param name its name; separators compare as in {@link #under}
     * @param content its bytes, copied
     * @return a source with this file only
     * @throws IllegalArgumentException if {@link #under} would refuse the name
     */
    static TftpFiles of(String name, byte[] content) {
        return new SingleFile(name, content.clone());
    }

    /**
     * One file whose content depends on who asks, such as a script for each client. The function is called once for each
     * request, which may be several for one transfer as a client sees it: UEFI asks for the size first. All of them should get
     * the same bytes.
     *
     * @param name its name; separators compare as in {@link #under}
     * @param content the bytes for a request, not changed afterwards. Called as {@link #open} is; what it throws costs only
     *     this client its answer
     * @return a source with this file only
     * @throws IllegalArgumentException if {@link #under} would refuse the name
     */
    static TftpFiles generated(String name, Function<TftpRequest, byte[]> content) {
        String plain = FileName.ofProgram(name);
        return generated(
                request -> request.fileName().equals(plain) ? Optional.of(content.apply(request)) : Optional.empty());
    }

    /**
     * Files of any name whose content a function makes, as in {@link #generated(String, Function)}.
     *
     * @param content the bytes for a request, or empty if there is no such file. The name in the request is in plain form,
     *     {@code Boot/BCD} for {@code \Boot\BCD}; names that {@link #under} refuses are refused here, too
     * @return a source with these files
     */
    static TftpFiles generated(Function<TftpRequest, Optional<byte[]>> content) {
        return request -> {
            TftpRequest plain = FileName.renamed(request, FileName.plain(request.fileName()));
            return TftpFile.of(
                    content.apply(plain).orElseThrow(() -> new NoSuchFileException(Printable.of(request.fileName()))));
        };
    }

    /**
     * No files at all.
     *
     * @return a source where every file is missing
     */
    static TftpFiles none() {
        return request -> {
            throw new NoSuchFileException(Printable.of(request.fileName()));
        };
    }

    /**
     * This source, and where it has no such file, another. A refusal is final: it does not go on to the other.
     *
     * @param next asked when this one throws {@link NoSuchFileException}
     * @return both together
     */
    default TftpFiles orElse(TftpFiles next) {
        return request -> {
            try {
                return open(request);
            } catch (NoSuchFileException notHere) {
                try {
                    return next.open(request);
                } catch (IOException e) {
                    e.addSuppressed(notHere);
                    throw e;
                }
            }
        };
    }

    /**
     * This source, asked for another name where rules say so. Each rule in its order sees what the ones before it made of the
     * name, until one of them ends the rules ({@link NameRule#last()}, {@link NameRule#refuse}). This source then checks the
     * name that comes out, as if the client had sent it.
     *
     * <p>Rules see names in plain form, so that no spelling slips past them: {@code Boot/BCD} for {@code \Boot\BCD} or
     * {@code //./Boot/BCD}. Only a name that {@link #under} refuses is shown as it is; a rule may repair it
     * ({@code C:\Boot\BCD}). A name that has or gets more than 1024 characters is "no such file".
     *
     * @param rules the rules in their order
     * @return this source behind the rules
     */
    default TftpFiles rewriting(NameRule... rules) {
        return new RewritingFiles(this, List.of(rules));
    }
}
