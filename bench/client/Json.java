import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An object of JSON, to be printed on one line.
 */
final class Json {

    private final Map<String, Object> members = new LinkedHashMap<>();

    Json put(String name, Object value) {
        this.members.put(name, value);
        return this;
    }

    @Override
    public String toString() {
        return this.members.entrySet()
            .stream()
            .map((member) -> quoted(member.getKey()) + ":" + text(member.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
    }

    private static String text(Object value) {
        return switch (value) {
            case Double number -> String.format(Locale.ROOT, "%.3f", number);
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case Json object -> object.toString();
            case Collection<?> many -> many.stream().map(Json::text).collect(Collectors.joining(",", "[", "]"));
            case Map<?, ?> map -> map.entrySet()
                .stream()
                .map((entry) -> quoted(entry.getKey().toString()) + ":" + text(entry.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "") + '"';
    }

}
