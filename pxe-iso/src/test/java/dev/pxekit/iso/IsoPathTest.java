package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.pxekit.media.Overlay;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Path algebra, against another file system of the same rules where that is possible. */
class IsoPathTest {

    private static final List<String> PATHS = List.of(
            "",
            "/",
            "a",
            "/a",
            "a/b",
            "/a/b",
            "..",
            "../a",
            "/..",
            "/../a",
            "a/..",
            "a/../b",
            "./a",
            "a/.",
            "/a/./b/../c",
            "a//b/",
            "a/b/c/d");

    private FileSystem iso;
    private FileSystem reference;

    @BeforeEach
    void open() throws IOException {
        iso = Images.open(new TestImage());
        reference = Jimfs.newFileSystem(
                Configuration.unix().toBuilder().setWorkingDirectory("/").build());
    }

    @AfterEach
    void close() throws IOException {
        iso.close();
        reference.close();
    }

    @Test
    void parsesAndPrintsAsTheReference() {
        for (String text : PATHS) {
            Path path = iso.getPath(text);
            Path expected = reference.getPath(text);
            assertThat(path).as(text).hasToString(expected.toString());
            assertThat(path.isAbsolute()).as(text).isEqualTo(expected.isAbsolute());
            assertThat(path.getNameCount()).as(text).isEqualTo(expected.getNameCount());
            assertThat(String.valueOf(path.getFileName())).as(text).isEqualTo(String.valueOf(expected.getFileName()));
            assertThat(String.valueOf(path.getParent())).as(text).isEqualTo(String.valueOf(expected.getParent()));
            assertThat(String.valueOf(path.getRoot())).as(text).isEqualTo(String.valueOf(expected.getRoot()));
            assertThat(path.normalize())
                    .as(text)
                    .hasToString(expected.normalize().toString());
            assertThat(path.toAbsolutePath().normalize())
                    .as(text)
                    .hasToString(expected.toAbsolutePath().normalize().toString());
        }
    }

    @Test
    void normalizesDotToNothing() {
        assertThat(iso.getPath(".").normalize()).hasToString("").isEqualTo(iso.getPath(""));
    }

    @Test
    void combinesAsTheReference() {
        for (String first : PATHS) {
            for (String second : PATHS) {
                Path path = iso.getPath(first);
                Path expected = reference.getPath(first);
                String both = first + " + " + second;
                assertThat(path.resolve(second))
                        .as(both)
                        .hasToString(expected.resolve(second).toString());
                assertThat(path.resolveSibling(second))
                        .as(both)
                        .hasToString(expected.resolveSibling(second).toString());
                assertThat(path.startsWith(second)).as(both).isEqualTo(expected.startsWith(second));
                assertThat(path.endsWith(second)).as(both).isEqualTo(expected.endsWith(second));
                assertThat(path.equals(iso.getPath(second)))
                        .as(both)
                        .isEqualTo(expected.equals(reference.getPath(second)));
            }
        }
    }

    @Test
    void relativizesSoThatResolvingLeadsBack() {
        for (String first : List.of("/", "/a", "/a/b", "/a/b/c", "/x")) {
            for (String second : List.of("/", "/a", "/a/b", "/a/c", "/x/y/z")) {
                Path from = iso.getPath(first);
                Path to = iso.getPath(second);
                assertThat(from.resolve(from.relativize(to)).normalize()).isEqualTo(to);
            }
        }
        assertThat(iso.getPath("").relativize(iso.getPath("a/b"))).hasToString("a/b");
        assertThat(iso.getPath("a/b").relativize(iso.getPath("a/c"))).hasToString("../c");
        assertThat(iso.getPath("a").relativize(iso.getPath("a"))).hasToString("");
    }

    @Test
    void refusesToRelativizeWhatHasNoRelation() {
        assertThatThrownBy(() -> iso.getPath("/a").relativize(iso.getPath("b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> iso.getPath("../a").relativize(iso.getPath("b")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> iso.getPath("/a").relativize(reference.getPath("/a")))
                .isInstanceOf(ProviderMismatchException.class);
    }

    @Test
    void refusesToCompareWithPathOfAnotherProvider() {
        assertThatThrownBy(() -> iso.getPath("/a").compareTo(reference.getPath("/a")))
                .isInstanceOf(ClassCastException.class);
    }

    @Test
    void refusesPathsOfAnotherProvider() {
        for (Path other : List.of(Path.of("/a"), reference.getPath("/a"))) {
            assertThatThrownBy(() -> iso.getPath("/a").resolve(other)).isInstanceOf(ProviderMismatchException.class);
            assertThatThrownBy(() -> iso.provider().checkAccess(other)).isInstanceOf(ProviderMismatchException.class);
            assertThat(iso.getPath("/a")).isNotEqualTo(other);
            assertThat(iso.getPath("/a").startsWith(other)).isFalse();
            assertThat(iso.getPath("/a").endsWith(other)).isFalse();
        }
    }

    @Test
    void refusesToCompareWithPathOfAnotherTree() throws IOException {
        try (FileSystem overlay = Overlay.of(iso.getPath("/"))) {
            assertThatThrownBy(() -> iso.getPath("/a").compareTo(overlay.getPath("/a")))
                    .isInstanceOf(ClassCastException.class);
            assertThatThrownBy(() -> iso.getPath("/a").resolve(overlay.getPath("/a")))
                    .isInstanceOf(ProviderMismatchException.class);
        }
    }

    @Test
    void comparesAsItsText() {
        for (String first : PATHS) {
            for (String second : PATHS) {
                assertThat(Integer.signum(iso.getPath(first).compareTo(iso.getPath(second))))
                        .as(first + " to " + second)
                        .isEqualTo(Integer.signum(iso.getPath(first)
                                .toString()
                                .compareTo(iso.getPath(second).toString())));
            }
            assertThat(iso.getPath(first)).hasSameHashCodeAs(iso.getPath(first));
        }
    }

    @Test
    void refusesNul() {
        assertThatThrownBy(() -> iso.getPath("a\0b")).isInstanceOf(InvalidPathException.class);
    }

    @Test
    void refusesNamesOutOfRange() {
        assertThatThrownBy(() -> iso.getPath("/a").getName(1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> iso.getPath("/").getName(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> iso.getPath("/a/b").subpath(1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThat(iso.getPath("/a/b/c").subpath(1, 3)).hasToString("b/c");
    }

    @Test
    void isEqualToNoPathOfAnotherImage() throws IOException {
        try (FileSystem other = Images.open(new TestImage())) {
            assertThat(iso.getPath("/a")).isNotEqualTo(other.getPath("/a"));
            assertThat(iso.getPath("/a").startsWith(other.getPath("/"))).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "glob:*",
                "glob:*.txt",
                "glob:**.txt",
                "glob:**/*.txt",
                "glob:a?c",
                "glob:{a,b*}/c",
                "glob:[a-c]*",
                "glob:[!a-c]*",
                "glob:\\*",
                "glob:a.b",
                "glob:[*]",
                "glob:[a-]x",
                "glob:{*.rpm,*.txt}",
                "glob:a,b",
                "regex:.*c",
                "GLOB:a*"
            })
    void matchesAsTheReference(String pattern) throws IOException {
        List<String> names = List.of(
                "a",
                "abc",
                "a.txt",
                "dir/a.txt",
                "dir/sub/a.txt",
                "a/c",
                "bcd/c",
                "*",
                "-x",
                "ax",
                "x.rpm",
                "]x",
                "x",
                "a.b",
                "axb",
                "a,b",
                "ü.txt");
        for (String name : names) {
            assertThat(rockRidgeMatcherAccepts(pattern, name))
                    .as(pattern + " on " + name)
                    .isEqualTo(java.nio.file.FileSystems.getDefault()
                            .getPathMatcher(pattern)
                            .matches(Path.of(name)));
        }
    }

    private static boolean rockRidgeMatcherAccepts(String pattern, String name) throws IOException {
        try (FileSystem image = Images.open(new TestImage().rockRidge())) {
            return image.getPathMatcher(pattern).matches(image.getPath(name));
        }
    }

    @Test
    void refusesBrokenPatterns() {
        for (String pattern : List.of("glob:{a", "glob:[a", "glob:a\\", "glob:{a,{b}}", "glob:[/]", "regex:(")) {
            assertThatThrownBy(() -> iso.getPathMatcher(pattern))
                    .as(pattern)
                    .isInstanceOf(java.util.regex.PatternSyntaxException.class);
        }
        assertThatThrownBy(() -> iso.getPathMatcher("*.txt")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> iso.getPathMatcher("sql:%")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void matchesRegardlessOfCaseWhereLookupDoes() {
        assertThat(iso.getPathMatcher("glob:*.img").matches(iso.getPath("INITRD.IMG")))
                .isTrue();
    }
}
