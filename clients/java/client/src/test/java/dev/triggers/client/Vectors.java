package dev.triggers.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The files of clients/conformance. */
final class Vectors {

    static final Path FOLDER = Path.of("..", "..", "conformance");

    private Vectors() {
    }

    static Map<String, Object> file(Path path) {
        try {
            return object(Json.read(Files.readAllBytes(path)));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static List<Map<String, Object>> vectors(String file) {
        return objects(file(FOLDER.resolve(file)).get("vectors"));
    }

    /** A member that this test does not know is a failure. */
    static void known(Map<String, Object> members, String... names) {
        assertTrue(Set.of(names).containsAll(members.keySet()), () -> "unknown members: " + members.keySet());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (value != null) ? (Map<String, Object>) value : Map.of();
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Object value) {
        return (value != null) ? (List<Map<String, Object>>) value : List.of();
    }

    static List<String> texts(Object value) {
        List<String> texts = new ArrayList<>();
        ((List<?>) value).forEach((text) -> texts.add((String) text));
        return texts;
    }

    /** These members at least. */
    static void holds(Object expected, Object found) {
        if (expected instanceof Map<?, ?> members) {
            members.forEach((name, value) -> holds(value, object(found).get(name)));
        }
        else if (expected instanceof List<?> values) {
            assertEquals(values.size(), ((List<?>) found).size());
            for (int place = 0; place < values.size(); place++) {
                holds(values.get(place), ((List<?>) found).get(place));
            }
        }
        else {
            assertEquals(String.valueOf(expected), String.valueOf(found));
        }
    }

}
