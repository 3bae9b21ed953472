package dev.triggers;

import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code release/Strip.java} on a jar with classes of ours, and whether the image is
 * built with it.
 */
class StripTests {

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = { "event/EventController", "webhook/EndpointRequest" })
    void takesTheDescriptionOutAndLeavesTheRest(String type) throws IOException, InterruptedException {
        String name = "/dev/triggers/" + type + ".class";
        byte[] before = StripTests.class.getResourceAsStream(name).readAllBytes();
        Path jar = this.folder.resolve("service.jar");
        try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Path file = files.getPath(name);
            Files.createDirectories(file.getParent());
            Files.write(file, before);
            Files.setLastModifiedTime(file, TIME);
        }

        strip(jar);

        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Path file = files.getPath(name);
            List<String> found = annotations(ClassFile.of().parse(before));
            List<String> left = annotations(ClassFile.of().parse(Files.readAllBytes(file)));
            assertThat(found).anyMatch(StripTests::describes);
            assertThat(left)
                .containsExactlyElementsOf(found.stream().filter((annotation) -> !describes(annotation)).toList());
            assertThat(Files.getLastModifiedTime(file)).isEqualTo(TIME);
        }
    }

    @Test
    void theImageIsBuiltWithWhatTheScriptsRun() throws IOException {
        String image = Files.readString(Path.of("Dockerfile"));
        for (String script : List.of("assemble", "train")) {
            assertThat(image).containsPattern("COPY .*release/" + script + " ");
            assertThat(Pattern.compile("(\\w+\\.java)\\b")
                .matcher(Files.readString(Path.of("release", script)))
                .results()
                .map((found) -> "release/" + found.group(1))).isNotEmpty()
                .allSatisfy((program) -> assertThat(image).contains(program));
        }
    }

    private static boolean describes(String annotation) {
        return annotation.startsWith("Lio/swagger/");
    }

    private static List<String> annotations(ClassModel type) {
        return Stream.of(Stream.of(type), type.fields().stream(), type.methods().stream())
            .flatMap((elements) -> elements)
            .flatMap(StripTests::annotations)
            .map((annotation) -> annotation.className().stringValue())
            .toList();
    }

    private static Stream<Annotation> annotations(AttributedElement element) {
        return Stream.concat(
                element.findAttribute(Attributes.runtimeVisibleAnnotations())
                    .stream()
                    .flatMap((all) -> all.annotations().stream()),
                element.findAttribute(Attributes.runtimeVisibleParameterAnnotations())
                    .stream()
                    .flatMap((all) -> all.parameterAnnotations().stream().flatMap(List::stream)));
    }

    private static void strip(Path jar) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "release/Strip.java", jar.toString())
            .inheritIO()
            .start();
        assertThat(process.waitFor()).isZero();
    }

}
