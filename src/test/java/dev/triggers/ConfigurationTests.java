package dev.triggers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings that are described are those that exist, with the defaults they have.
 */
class ConfigurationTests {

    /** A value like {@code ${PORT:8080}}, whose default may itself hold braces. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*):([^${}]*)}");

    private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z][A-Z0-9_]*)=(.*)$");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]*)` \\| (?:`([^`]*)`)? ?\\|");

    @Test
    void theExampleListsEverySettingWithItsDefault() throws IOException {
        assertThat(find(EXAMPLE, ".env.example")).isEqualTo(settings());
    }

    @Test
    void theReadmeListsEverySettingWithItsDefault() throws IOException {
        assertThat(find(ROW, "README.md")).isEqualTo(settings());
    }

    private static Map<String, String> settings() throws IOException {
        return find(PLACEHOLDER, "src/main/resources/application.yaml");
    }

    private static Map<String, String> find(Pattern pattern, String file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        pattern.matcher(Files.readString(Path.of(file)))
            .results()
            .forEach((match) -> found.put(match.group(1), (match.group(2) != null) ? match.group(2) : ""));
        return found;
    }

}
