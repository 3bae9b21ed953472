package dev.triggers.attempt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.triggers.sending.HeaderLine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real shell reads the command; what it would call is replaced by what tells how.
 */
class CurlCommandTests {

    private static final List<String> HOSTILE = List.of("'; touch owned; '", "$(touch owned)", "`touch owned`",
            "\"; touch owned; \"", "\\'; touch owned #", "a\nb", "!!", "$IFS", "* ~ | & > owned", "%s %d");

    @TempDir
    private Path folder;

    @Test
    void shellTakesEverythingAsItIs() throws IOException, InterruptedException {
        for (String text : HOSTILE) {
            String command = CurlCommand.of("https://example.com/?q=" + text, List.of("X-Key", "X'Key`$"),
                    List.of(new HeaderLine("X-Event-Type", text)), text);
            List<String> said = run(command);
            assertThat(said).as(text)
                .contains("https://example.com/?q=" + text, "X-Event-Type: " + text, "X-Key: the value of $X_KEY",
                        "X'Key`$: another")
                .endsWith(text);
            assertThat(this.folder.resolve("owned")).doesNotExist();
        }
    }

    @Test
    void bodyOfAnySizePasses() throws IOException, InterruptedException {
        String body = "\"" + "x".repeat(300_000) + "\"";
        assertThat(run(CurlCommand.of("https://example.com/", List.of(), List.of(), body)).getLast()).isEqualTo(body);
    }

    @Test
    void headersThatLookAlikeHaveVariablesOfTheirOwn() {
        assertThat(CurlCommand.of("https://example.com/", List.of("a-b", "a_b", "1"), List.of(), "{}"))
            .contains("'a-b: '\"$A_B\"", "'a_b: '\"$A_B_2\"", "'1: '\"$_1\"");
    }

    /** The arguments and then the input of curl, each as it came. */
    private List<String> run(String command) throws IOException, InterruptedException {
        Path script = Files.writeString(this.folder.resolve("script.sh"), """
                X_KEY='the value of $X_KEY'; X_KEY__='another'
                curl() { for a in "$@"; do printf '%s\\000' "$a"; done; cat; }
                """ + command + "\n");
        Path said = this.folder.resolve("said");
        Process shell = new ProcessBuilder("sh", script.toString()).directory(this.folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
        assertThat(shell.waitFor()).isZero();
        return List.of(Files.readString(said, StandardCharsets.UTF_8).split("\0", -1));
    }

}
