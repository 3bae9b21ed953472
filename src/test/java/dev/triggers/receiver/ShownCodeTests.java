package dev.triggers.receiver;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java code in the documentation is code that works.
 */
class ShownCodeTests {

    private static final Pattern JAVA = Pattern.compile("(?s)```java\n(.*?)```");

    @Test
    void theVerifierThatIsShownIsTheOneThatIsTested() throws IOException {
        String source = Files.readString(Path.of("src/test/java/dev/triggers/receiver/WebhookVerifier.java"));
        assertThat(shown("docs/webhooks.md")).isEqualTo(source.replaceFirst("package .*;\n\n", ""));
    }

    @Test
    void theReceiverThatIsShownCompiles(@TempDir Path classes) throws IOException {
        StringWriter messages = new StringWriter();
        boolean compiles = ToolProvider.getSystemJavaCompiler()
            .getTask(messages, null, null, List.of("-d", classes.toString(), "-proc:none", "-Xlint:all", "-Werror"),
                    null, List.of(source(shown("README.md"))))
            .call();
        assertThat(compiles).as(messages.toString()).isTrue();
    }

    private static String shown(String file) throws IOException {
        Matcher block = JAVA.matcher(Files.readString(Path.of(file)));
        assertThat(block.find()).as("Java in %s", file).isTrue();
        return block.group(1);
    }

    private static JavaFileObject source(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Receiver.java"), JavaFileObject.Kind.SOURCE) {

            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }

        };
    }

}
