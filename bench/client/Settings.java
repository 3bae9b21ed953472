import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a load is to be, given as {@code name=value} words.
 */
final class Settings {

    private final Map<String, String> values = new HashMap<>();

    Settings(List<String> words) {
        for (String word : words) {
            int equals = word.indexOf('=');
            this.values.put(word.substring(0, equals), word.substring(equals + 1));
        }
    }

    String text(String name, String otherwise) {
        return this.values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return this.values.containsKey(name) ? Integer.parseInt(this.values.get(name)) : otherwise;
    }

    double decimal(String name, double otherwise) {
        return this.values.containsKey(name) ? Double.parseDouble(this.values.get(name)) : otherwise;
    }

    boolean flag(String name) {
        return number(name, 0) != 0;
    }

    /** One a line, in a file, since there may be a thousand. */
    List<String> keys() {
        try {
            return Files.readAllLines(Path.of(this.values.get("keys")));
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
