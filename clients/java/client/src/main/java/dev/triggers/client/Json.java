package dev.triggers.client;

import dev.triggers.client.model.Fields;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * JSON as {@code Map}, {@code List}, {@code String}, {@code Long} or {@link JsonNumber}, {@code Boolean} and null: nothing is
 * lost on the way, whatever a payload holds.
 */
public final class Json {

    // A payload's 500, which is what the service takes, and what stands around it.
    private static final int DEEPEST = 512;

    private static final String HEX = "0123456789abcdef";

    private final String text;

    private int at;

    private int depth;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads one value.
     * @throws IllegalArgumentException if it is none
     */
    public static Object read(byte[] bytes) {
        try {
            return read(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        }
        catch (CharacterCodingException ex) {
            throw new IllegalArgumentException("no UTF-8", ex);
        }
    }

    /**
     * Reads one value.
     * @throws IllegalArgumentException if it is none
     */
    public static Object read(String text) {
        Json json = new Json(text);
        Object value = json.value();
        json.space();
        if (json.at < text.length()) {
            throw json.wrong();
        }
        return value;
    }

    /**
     * Writes maps, collections, arrays of objects, texts, numbers, booleans, null, times, UUIDs and enumerations.
     * @throws IllegalArgumentException for anything else
     */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder(128);
        write(value, out, 0);
        return out.toString();
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("no JSON at character " + this.at);
    }

    private char next() {
        if (this.at >= this.text.length()) {
            throw wrong();
        }
        return this.text.charAt(this.at);
    }

    private void space() {
        while (this.at < this.text.length() && " \t\n\r".indexOf(this.text.charAt(this.at)) >= 0) {
            this.at++;
        }
    }

    private boolean taken(char wanted) {
        space();
        if (this.at < this.text.length() && this.text.charAt(this.at) == wanted) {
            this.at++;
            return true;
        }
        return false;
    }

    private void take(char wanted) {
        if (!taken(wanted)) {
            throw wrong();
        }
    }

    private Object value() {
        space();
        return switch (next()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", Boolean.TRUE);
            case 'f' -> word("false", Boolean.FALSE);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Object word(String word, Object value) {
        if (!this.text.startsWith(word, this.at)) {
            throw wrong();
        }
        this.at += word.length();
        return value;
    }

    private Map<String, Object> object() {
        deeper();
        Map<String, Object> members = new LinkedHashMap<>();
        take('{');
        if (!taken('}')) {
            do {
                space();
                String name = string();
                take(':');
                members.put(name, value());
            }
            while (taken(','));
            take('}');
        }
        this.depth--;
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array() {
        deeper();
        List<Object> values = new ArrayList<>();
        take('[');
        if (!taken(']')) {
            do {
                values.add(value());
            }
            while (taken(','));
            take(']');
        }
        this.depth--;
        return Collections.unmodifiableList(values);
    }

    private void deeper() {
        if (++this.depth > DEEPEST) {
            throw wrong();
        }
    }

    private String string() {
        if (next() != '"') {
            throw wrong();
        }
        int from = ++this.at;
        while (next() != '"' && next() != '\\' && next() >= ' ') {
            this.at++;
        }
        if (next() == '"') {
            return this.text.substring(from, this.at++);
        }
        StringBuilder out = new StringBuilder(this.text.substring(from, this.at));
        while (next() != '"') {
            char letter = next();
            if (letter < ' ') {
                throw wrong();
            }
            this.at++;
            out.append((letter == '\\') ? escaped() : letter);
        }
        this.at++;
        return out.toString();
    }

    private char escaped() {
        char letter = next();
        this.at++;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int place = 0; place < 4; place++) {
                    int digit = HEX.indexOf(Character.toLowerCase(next()));
                    if (digit < 0) {
                        throw wrong();
                    }
                    code = code * 16 + digit;
                    this.at++;
                }
                yield (char) code;
            }
            default -> throw wrong();
        };
    }

    private Number number() {
        int from = this.at;
        boolean whole = true;
        skip("-");
        if (next() == '0') {
            this.at++;
        }
        else {
            digits();
        }
        if (skip(".")) {
            whole = false;
            digits();
        }
        if (skip("eE")) {
            whole = false;
            skip("+-");
            digits();
        }
        String number = this.text.substring(from, this.at);
        if (whole && number.length() <= 19 && !number.equals("-0")) {
            try {
                return Long.valueOf(number);
            }
            catch (NumberFormatException ex) {
                // Larger than a long.
                return new JsonNumber(number);
            }
        }
        return new JsonNumber(number);
    }

    private boolean skip(String letters) {
        if (this.at < this.text.length() && letters.indexOf(this.text.charAt(this.at)) >= 0) {
            this.at++;
            return true;
        }
        return false;
    }

    private void digits() {
        int from = this.at;
        while (skip("0123456789")) {
            continue;
        }
        if (this.at == from) {
            throw wrong();
        }
    }

    private static void write(Object value, StringBuilder out, int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested too deep");
        }
        if (value == null || value instanceof Boolean) {
            out.append(value);
        }
        else if (value instanceof CharSequence || value instanceof UUID || value instanceof TemporalAccessor || value instanceof Enum<?>
                || value instanceof Character) {
            string(value.toString(), out);
        }
        else if (value instanceof Number number) {
            number(number, out);
        }
        else if (value instanceof Fields fields) {
            object(fields.asMap(), out, depth);
        }
        else if (value instanceof Map<?, ?> map) {
            object(map, out, depth);
        }
        else if (value instanceof Iterable<?> values) {
            array(values, out, depth);
        }
        else if (value instanceof Object[] values) {
            array(List.of(values), out, depth);
        }
        else {
            throw new IllegalArgumentException("no JSON: " + value.getClass().getName());
        }
    }

    private static void number(Number number, StringBuilder out) {
        if ((number instanceof Double || number instanceof Float) && !Double.isFinite(number.doubleValue())) {
            throw new IllegalArgumentException("no JSON: " + number);
        }
        boolean known = number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte
                || number instanceof Double || number instanceof Float || number instanceof BigDecimal || number instanceof BigInteger
                || number instanceof JsonNumber;
        if (!known) {
            throw new IllegalArgumentException("no JSON: " + number.getClass().getName());
        }
        out.append(number);
    }

    private static void object(Map<?, ?> members, StringBuilder out, int depth) {
        char before = '{';
        for (Map.Entry<?, ?> member : members.entrySet()) {
            out.append(before);
            string(String.valueOf(member.getKey()), out);
            out.append(':');
            write(member.getValue(), out, depth + 1);
            before = ',';
        }
        out.append((before == '{') ? "{}" : "}");
    }

    private static void array(Iterable<?> values, StringBuilder out, int depth) {
        char before = '[';
        for (Object value : values) {
            out.append(before);
            write(value, out, depth + 1);
            before = ',';
        }
        out.append((before == '[') ? "[]" : "]");
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            char letter = text.charAt(index);
            if (letter == '"' || letter == '\\') {
                out.append('\\').append(letter);
            }
            else if (letter < ' ' || alone(text, index, letter)) {
                out.append(String.format("\\u%04x", (int) letter));
            }
            else {
                out.append(letter);
            }
        }
        out.append('"');
    }

    /** Half of a pair, which UTF-8 cannot hold. */
    private static boolean alone(String text, int index, char letter) {
        if (Character.isHighSurrogate(letter)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(letter) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

}
