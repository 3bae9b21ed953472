package dev.triggers.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A whole answer. */
record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    Answer {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        headers = anyCase;
    }

    boolean success() {
        return this.status / 100 == 2;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(this.headers.get(name)).filter((values) -> !values.isEmpty()).map((values) -> values.get(0));
    }

    String text() {
        return new String(this.body, StandardCharsets.UTF_8);
    }

    @SuppressWarnings("unchecked")
    Optional<Map<String, Object>> members() {
        try {
            return (Json.read(this.body) instanceof Map<?, ?> members) ? Optional.of((Map<String, Object>) members) : Optional.empty();
        }
        catch (IllegalArgumentException ex) {
            return Optional.empty();
        }
    }

}
