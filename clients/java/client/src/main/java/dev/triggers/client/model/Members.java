package dev.triggers.client.model;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads members of JSON objects; what has another type than it should is a {@link ClassCastException}. */
final class Members {

    private Members() {
    }

    static String string(Map<String, Object> members, String name) {
        return toString(members.get(name));
    }

    static Instant instant(Map<String, Object> members, String name) {
        return toInstant(members.get(name));
    }

    static long long_(Map<String, Object> members, String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    static Long longOrNull(Map<String, Object> members, String name) {
        return toLong(members.get(name));
    }

    static double double_(Map<String, Object> members, String name) {
        return members.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    static Double doubleOrNull(Map<String, Object> members, String name) {
        return toDouble(members.get(name));
    }

    static boolean boolean_(Map<String, Object> members, String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    static Boolean booleanOrNull(Map<String, Object> members, String name) {
        return toBoolean(members.get(name));
    }

    static <T> T object(Map<String, Object> members, String name, Function<Map<String, Object>, T> reader) {
        Object value = members.get(name);
        return (value != null) ? reader.apply(toObject(value)) : null;
    }

    static <T> List<T> list(Map<String, Object> members, String name, Function<Object, T> reader) {
        if (!(members.get(name) instanceof List<?> values)) {
            return null;
        }
        List<T> read = new ArrayList<>(values.size());
        values.forEach((value) -> read.add(reader.apply(value)));
        return Collections.unmodifiableList(read);
    }

    static <T> Map<String, T> map(Map<String, Object> members, String name, Function<Object, T> reader) {
        if (members.get(name) == null) {
            return null;
        }
        Map<String, T> read = new LinkedHashMap<>();
        toObject(members.get(name)).forEach((key, value) -> read.put(key, reader.apply(value)));
        return Collections.unmodifiableMap(read);
    }

    static String toString(Object value) {
        return (String) value;
    }

    static Instant toInstant(Object value) {
        return (value != null) ? OffsetDateTime.parse((String) value).toInstant() : null;
    }

    static Long toLong(Object value) {
        return (value != null) ? ((Number) value).longValue() : null;
    }

    static Double toDouble(Object value) {
        return (value != null) ? ((Number) value).doubleValue() : null;
    }

    static Boolean toBoolean(Object value) {
        return (Boolean) value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> toObject(Object value) {
        return (Map<String, Object>) value;
    }

}
