package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleTests {

    private static final String MAIN = """
            package tiny;

            import dev.triggers.client.Triggers;
            import dev.triggers.client.model.WebhookRequest;

            public class Main {

                public static void main(String[] arguments) {
                    System.out.print(Triggers.class.getModule().getName() + " " + WebhookRequest.of("https://example.com").asMap()
                            + new Triggers("http://127.0.0.1:1", "k"));
                }

            }
            """;

    /** A module of somebody else's, on the module path, with what Java itself has and no more. */
    @Test
    void aModuleRequiresIt(@TempDir Path folder) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("source/tiny"));
        Files.writeString(source.resolve("Main.java"), MAIN);
        Files.writeString(source.resolveSibling("module-info.java"), "module tiny { requires dev.triggers.client; }");
        Path library = Path.of("target", "classes").toAbsolutePath();
        int compiled = ToolProvider.findFirst("javac").orElseThrow().run(System.out, System.err, "-Xlint:all", "-Werror", "-p", library.toString(), "-d",
                folder.resolve("tiny").toString(), source.resolve("Main.java").toString(), source.resolveSibling("module-info.java").toString());
        assertEquals(0, compiled);
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-p",
                library + java.io.File.pathSeparator + folder.resolve("tiny"), "-m", "tiny/tiny.Main").redirectErrorStream(true).start();
        assertEquals("dev.triggers.client {url=https://example.com}Triggers[http://127.0.0.1:1]", new String(process.getInputStream().readAllBytes()));
        assertEquals(0, process.waitFor());
    }

}
