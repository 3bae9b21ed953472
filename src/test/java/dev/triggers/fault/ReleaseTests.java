package dev.triggers.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a release is made from: see "Making a release" in {@code docs/operations.md}.
 */
class ReleaseTests {

    @Test
    void versionHasItsPartInTheChanges() throws IOException {
        String version = Pattern.compile("<artifactId>triggers-api</artifactId>\\s*<version>(.*?)</version>")
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(Files.readAllLines(Path.of("CHANGELOG.md"))).contains("## " + version);
    }

    /** A tag can be moved. */
    @Test
    void releaseBeforeIsNamedByItsCommit() throws IOException {
        assertThat(Files.readString(Path.of("release", "previous")).strip()).matches("[0-9a-f]{40}");
    }

}
