package dev.triggers.search;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Looks for terms in a payload, in one pass and without a tree of it. Whatever was
 * accepted as a payload can be read, numbers of any length included.
 */
final class PayloadMatcher {

    private static final JsonFactory json = JsonFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(1_000)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build())
        .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
        .build();

    private final List<Term.OfPayload> terms;

    private final boolean[] found;

    /** Where the parser is; null: in an array. */
    private final List<@Nullable String> path = new ArrayList<>();

    private int missing;

    private PayloadMatcher(List<Term.OfPayload> terms) {
        this.terms = terms;
        this.found = new boolean[terms.size()];
        this.missing = this.found.length;
    }

    /**
     * Which of the terms the payload has.
     */
    static boolean[] find(String payload, List<Term.OfPayload> terms) {
        PayloadMatcher matcher = new PayloadMatcher(terms);
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), payload)) {
            matcher.read(parser);
        }
        catch (JacksonException ex) {
            // Not stored by this service: what was read counts
        }
        return matcher.found;
    }

    private void read(JsonParser parser) {
        for (JsonToken token = parser.nextToken(); token != null && this.missing > 0; token = parser.nextToken()) {
            switch (token) {
                case START_OBJECT -> this.path.add("");
                case START_ARRAY -> this.path.add(null);
                case END_OBJECT, END_ARRAY -> this.path.removeLast();
                case PROPERTY_NAME -> name(parser.currentName());
                default -> value(token, parser.getString());
            }
        }
    }

    private void name(String name) {
        this.path.set(this.path.size() - 1, name);
        for (int i = 0; i < this.found.length; i++) {
            if (this.terms.get(i) instanceof Term.Word word && name.contains(word.text())) {
                mark(i);
            }
        }
    }

    private void value(JsonToken token, String text) {
        for (int i = 0; i < this.found.length; i++) {
            boolean holds = !this.found[i] && switch (this.terms.get(i)) {
                case Term.Word word -> text.contains(word.text());
                case Term.Member member -> member.path().equals(this.path) && equal(member.value(), token, text);
            };
            if (holds) {
                mark(i);
            }
        }
    }

    private static boolean equal(Term.Value value, JsonToken token, String text) {
        if (token == JsonToken.VALUE_STRING) {
            return value.equalsString(text);
        }
        return token.isNumeric() ? value.equalsNumber(text) : value.equalsLiteral(text);
    }

    private void mark(int term) {
        if (!this.found[term]) {
            this.found[term] = true;
            this.missing--;
        }
    }

}
