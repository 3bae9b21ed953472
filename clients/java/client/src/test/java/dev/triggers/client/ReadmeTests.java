package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.triggers.client.model.KeyRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Every snippet of the README, as it stands there; that of Spring MVC has its test beside the resolver. */
class ReadmeTests {

    private static final List<Snippet> SNIPPETS = snippets();

    private static String readme() {
        try {
            return Files.readString(Path.of("..", "README.md"));
        }
        catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static List<Snippet> snippets() {
        List<Snippet> snippets = new ArrayList<>();
        Matcher found = Pattern.compile("(?:<!-- ([^>]+) -->\n)?```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
        while (found.find()) {
            Matcher name = Pattern.compile("class (\\w+)").matcher(found.group(2));
            assertTrue(name.find());
            snippets.add(new Snippet((found.group(1) != null) ? found.group(1) : "", name.group(1), found.group(2)));
        }
        return snippets;
    }

    @Test
    void allAreFound() {
        assertEquals(readme().split("```java\n", -1).length - 1, SNIPPETS.size());
        assertEquals(List.of("", "until SIGTERM", "until SIGTERM", "", "spring", ""), SNIPPETS.stream().map(Snippet::kind).toList());
    }

    @TestFactory
    @EnabledIfEnvironmentVariable(named = "TRIGGERS_URL", matches = "http.+")
    Stream<DynamicTest> snippetRuns() {
        return SNIPPETS.stream().filter((snippet) -> !snippet.kind().equals("spring")).map((snippet) -> DynamicTest.dynamicTest(snippet.name(), snippet::run));
    }

    private record Snippet(String kind, String name, String code) {

        void run() throws Exception {
            Path folder = Files.createTempDirectory("snippet");
            Path library = Path.of("target", "classes").toAbsolutePath();
            Path source = folder.resolve(this.name + ".java");
            Files.writeString(source, this.code);
            int compiled = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-Xlint:all", "-Werror", "-cp", library.toString(), "-d",
                    folder.toString(), source.toString());
            assertEquals(0, compiled);
            String url = System.getenv("TRIGGERS_URL");
            String key = new Triggers(url, null).generateKey(KeyRequest.of("java " + UUID.randomUUID()).tier("enterprise")).apiKey();
            Triggers triggers = new Triggers(url, key);
            triggers.send("user.created", Map.of("seen", "by the snippet"));
            ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                    library + java.io.File.pathSeparator + folder, this.name);
            builder.environment().putAll(Map.of("TRIGGERS_KEY", key, "TRIGGERS_SECRET", "whsec_" + "a".repeat(32)));
            builder.environment().remove("JDK_JAVA_OPTIONS");
            Path errors = folder.resolve("errors");
            Process process = builder.redirectError(errors.toFile()).start();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                String line = output.readLine();
                assertTrue(line != null, () -> read(errors));
                if (this.kind.equals("until SIGTERM")) {
                    while (line != null && !line.contains("by the snippet")) {
                        line = output.readLine();
                    }
                    while (triggers.listConsumers().consumers().isEmpty() && triggers.listInbox().count() > 0) {
                        Thread.sleep(20);
                    }
                    // Of the process itself this would close its output, too.
                    process.toHandle().destroy();
                }
                while (line != null) {
                    line = output.readLine();
                }
            }
            // What ends by a signal says which.
            assertEquals(this.kind.isEmpty() ? 0 : 143, process.waitFor(), () -> read(errors));
            assertFalse(read(errors).contains("Exception"), () -> read(errors));
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            }
            catch (IOException ex) {
                throw new java.io.UncheckedIOException(ex);
            }
        }

    }

}
