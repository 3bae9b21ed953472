package dev.triggers.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The members of a small JSON object that a client sent, read strictly: nothing is taken
 * for what it is not, and a wrong member is a 400 that names it. Unknown members are
 * ignored.
 */
public final class JsonFields {

    private static final int DEEPEST = 500;

    private static final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
        // UTF-8 it must be; what looks like UTF-16 is malformed.
        .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
        .build()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final JsonNode object;

    /** Before the names of members in problems. */
    private final String prefix;

    private JsonFields(JsonNode object) {
        this(object, "");
    }

    private JsonFields(JsonNode object, String prefix) {
        this.object = object;
        this.prefix = prefix;
    }

    /**
     * Reads one JSON object.
     * @throws ProblemException 400 if it is anything else
     */
    public static JsonFields parse(byte[] body) {
        Utf8.require(body, 0, body.length);
        try {
            JsonNode node = mapper.readTree(body);
            if (node != null && node.isObject()) {
                return new JsonFields(node);
            }
        }
        catch (JacksonException ex) {
            throw malformed(ex);
        }
        throw ProblemException.of(ProblemKind.MALFORMED, "The body must be a JSON object");
    }

    /**
     * Reads one JSON object; no body at all counts as one without members.
     */
    public static JsonFields parseOptional(byte[] body) {
        return (body.length == 0) ? new JsonFields(mapper.createObjectNode()) : parse(body);
    }

    /**
     * The problem that a parser's complaint stands for, without the client's data.
     */
    public static ProblemException malformed(JacksonException ex) {
        String where = (ex.getLocation() != null && ex.getLocation().getLineNr() > 0)
                ? " at line " + ex.getLocation().getLineNr() + ", column " + ex.getLocation().getColumnNr() : "";
        return ProblemException.of(ProblemKind.MALFORMED, "Malformed JSON" + where);
    }

    /**
     * Whether the member is there, even as null.
     */
    public boolean has(String name) {
        return this.object.has(name);
    }

    /**
     * Whether the member is there with another value than null.
     */
    public boolean hasValue(String name) {
        return value(name) != null;
    }

    /**
     * Which of two names of the same member the client used; the first if neither.
     * @throws ProblemException 400 if both, with different values
     */
    public String either(String name, String alias) {
        if (!has(alias)) {
            return name;
        }
        if (has(name) && !this.object.get(name).equals(this.object.get(alias))) {
            throw ProblemException.invalid(this.prefix + alias, "differs from " + name + ", which means the same");
        }
        return has(name) ? name : alias;
    }

    /**
     * The member's text; null if it is absent or null.
     */
    public @Nullable String text(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw ProblemException.invalid(this.prefix + name, "must be a string");
        }
        return value.stringValue();
    }

    public String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw ProblemException.invalid(this.prefix + name, "is required");
        }
        return text;
    }

    /**
     * The member's boolean; null if it is absent or null.
     */
    public @Nullable Boolean flag(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw ProblemException.invalid(this.prefix + name, "must be true or false");
        }
        return value.booleanValue();
    }

    /**
     * The member's integer; null if it is absent or null.
     */
    public @Nullable Integer integer(String name, int lowest, int highest) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            throw ProblemException.invalid(this.prefix + name, "must be an integer");
        }
        if (!value.canConvertToInt() || value.intValue() < lowest || value.intValue() > highest) {
            throw ProblemException.invalid(this.prefix + name, "must be between " + lowest + " and " + highest);
        }
        return value.intValue();
    }

    /**
     * The member's array of strings; null if it is absent or null.
     */
    public @Nullable List<String> texts(String name) {
        JsonNode value = array(name);
        if (value == null) {
            return null;
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            if (!element.isString()) {
                throw ProblemException.invalid(this.prefix + name, "must be an array of strings");
            }
            texts.add(element.stringValue());
        }
        return texts;
    }

    /**
     * The members of the member, an object; null if it is absent or null.
     */
    public @Nullable JsonFields object(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw ProblemException.invalid(this.prefix + name, "must be an object");
        }
        return new JsonFields(value, this.prefix + name + ".");
    }

    /**
     * The member's object of strings; null if it is absent or null.
     */
    public @Nullable Map<String, String> textMap(String name) {
        JsonNode value = value(name);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw ProblemException.invalid(this.prefix + name, "must be an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        Set<Map.Entry<String, JsonNode>> members = value.properties();
        for (Map.Entry<String, JsonNode> member : members) {
            if (!member.getValue().isString()) {
                throw ProblemException.invalid(this.prefix + name + "." + member.getKey(), "must be a string");
            }
            texts.put(member.getKey(), member.getValue().stringValue());
        }
        return texts;
    }

    /**
     * The member's array; null if it is absent or null.
     */
    public @Nullable JsonNode array(String name) {
        JsonNode value = value(name);
        if (value != null && !value.isArray()) {
            throw ProblemException.invalid(this.prefix + name, "must be an array");
        }
        return value;
    }

    private @Nullable JsonNode value(String name) {
        JsonNode value = this.object.get(name);
        return (value == null || value.isNull()) ? null : value;
    }

}
