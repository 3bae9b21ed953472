package dev.triggers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How the sources are written, where neither compiler nor formatter looks.
 */
class SourceTests {

    /** Text blocks, strings and characters, in which anything may stand. */
    private static final Pattern LITERAL = Pattern.compile("""
            ""\".*?""\"|"[^"\\\\\\n]*+(?:\\\\.[^"\\\\\\n]*+)*+"|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'""",
            Pattern.DOTALL);

    private static final Pattern BEHIND_CODE = Pattern.compile("(?m)^[ \\t]*(?!//|\\*|/\\*)\\S.*?//[ \\t]*\\S.*$");

    /** Behind its code, a comment that is too long is torn into a word a line. */
    @Test
    void commentStandsAboveWhatItExplains() {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("src", "bench", "release")) {
            sources(Path.of(folder))
                .forEach((source) -> behindCode(read(source)).forEach((line) -> found.add(source + ": " + line)));
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "int a = 1; // one", "    foo() // of a chain\n        .bar();", "\"\"; // \"", "} // end",
            "'\"'; // quoted" })
    void commentBehindCodeIsFound(String source) {
        assertThat(behindCode(source)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "// above\nint a = 1;", "String a = \"http://localhost\";", "/** see // there */",
            " * http://localhost", "String a = \"\"\"\n    a // b\n    \"\"\";", "String a = \"\\\" // \";",
            "Map.entry(1, 2), //" })
    void whatIsNoCommentBehindCodePasses(String source) {
        assertThat(behindCode(source)).isEmpty();
    }

    private static List<String> behindCode(String source) {
        String code = LITERAL.matcher(withoutComments(source)).replaceAll("\"\"");
        return BEHIND_CODE.matcher(code).results().map((match) -> match.group().strip()).toList();
    }

    /** Quotation marks in comments are no literals. */
    private static String withoutComments(String source) {
        return source.replaceAll("(?m)^[ \\t]*(//|\\*|/\\*).*$", "");
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter((file) -> file.toString().endsWith(".java")).toList().stream();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
