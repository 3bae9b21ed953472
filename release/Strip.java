import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldTransform;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleParameterAnnotationsAttribute;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes out of the service's classes the annotations that describe its API. The build has read them; a JVM would read
 * them again at every start, and nobody asks. Usage: java Strip.java triggers-api.jar
 */
final class Strip {

    private static final String DESCRIPTION = "Lio/swagger/";

    private static final MethodTransform OF_METHOD = (builder, element) -> {
        switch (element) {
            case RuntimeVisibleAnnotationsAttribute all -> without(all).ifPresent(builder::with);
            case RuntimeVisibleParameterAnnotationsAttribute all -> builder.with(without(all));
            default -> builder.with(element);
        }
    };

    private static final FieldTransform OF_FIELD = (builder, element) -> {
        switch (element) {
            case RuntimeVisibleAnnotationsAttribute all -> without(all).ifPresent(builder::with);
            default -> builder.with(element);
        }
    };

    private static final ClassTransform OF_CLASS = (builder, element) -> {
        switch (element) {
            case RuntimeVisibleAnnotationsAttribute all -> without(all).ifPresent(builder::with);
            default -> builder.with(element);
        }
    };

    private static final ClassTransform WITHOUT_DESCRIPTION = ClassTransform.transformingMethods(OF_METHOD)
        .andThen(ClassTransform.transformingFields(OF_FIELD))
        .andThen(OF_CLASS);

    public static void main(String[] args) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(args[0]));
                Stream<Path> files = Files.walk(jar.getPath("/dev"))) {
            for (Path file : files.filter((path) -> path.toString().endsWith(".class")).toList()) {
                strip(file);
            }
        }
    }

    /** Keeps the time of what it changes, so that the same source makes the same image. */
    private static void strip(Path file) throws IOException {
        byte[] found = Files.readAllBytes(file);
        if (!new String(found, StandardCharsets.ISO_8859_1).contains(DESCRIPTION)) {
            return;
        }
        FileTime time = Files.getLastModifiedTime(file);
        ClassFile classes = ClassFile.of();
        Files.write(file, classes.transformClass(classes.parse(found), WITHOUT_DESCRIPTION));
        Files.setLastModifiedTime(file, time);
    }

    private static Optional<RuntimeVisibleAnnotationsAttribute> without(RuntimeVisibleAnnotationsAttribute all) {
        List<Annotation> kept = without(all.annotations());
        return kept.isEmpty() ? Optional.empty() : Optional.of(RuntimeVisibleAnnotationsAttribute.of(kept));
    }

    private static RuntimeVisibleParameterAnnotationsAttribute without(
            RuntimeVisibleParameterAnnotationsAttribute all) {
        return RuntimeVisibleParameterAnnotationsAttribute
            .of(all.parameterAnnotations().stream().map(Strip::without).toList());
    }

    private static List<Annotation> without(List<Annotation> all) {
        return all.stream().filter((each) -> !each.className().stringValue().startsWith(DESCRIPTION)).toList();
    }

}
