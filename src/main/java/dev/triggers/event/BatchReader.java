package dev.triggers.event;

import java.util.ArrayList;
import java.util.List;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds the events of a batch in the bytes of a request. What each of them holds is read
 * by {@link EventReader}, so that a bad one spoils none of the others.
 */
@Component
class BatchReader {

    static final int MAX_EVENTS = 1_000;

    /** Bytes of a whole batch. */
    static final int MAX_BODY = 8 * 1024 * 1024;

    /** Some levels too deep are still one event's fault; many more are the body's. */
    private final JsonFactory json = EventReader.factory(EventReader.MAX_DEPTH + 100);

    /**
     * The spans of the events in a JSON array, or in the array {@code events} of a JSON
     * object.
     */
    List<Span> read(byte[] bytes) {
        List<Span> spans = new ArrayList<>();
        try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), bytes)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                readArray(parser, spans);
            }
            else if (first == JsonToken.START_OBJECT) {
                readObject(parser, spans);
            }
            else {
                throw ProblemException.invalid("body", "must be an array of events, or an object with events");
            }
            if (parser.nextToken() != null) {
                throw ProblemException.of(ProblemKind.MALFORMED, "The body holds more than one JSON value");
            }
        }
        catch (JacksonException ex) {
            throw EventReader.malformed(ex);
        }
        return checked(spans);
    }

    /**
     * The lines of newline-delimited JSON; empty ones do not count.
     */
    List<Span> readLines(byte[] bytes) {
        List<Span> spans = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '\n') {
                if (!blank(bytes, from, i)) {
                    spans.add(new Span(from, i));
                }
                from = i + 1;
            }
        }
        return checked(spans);
    }

    private static void readObject(JsonParser parser, List<Span> spans) {
        boolean found = false;
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            if (!name.equals("events")) {
                parser.skipChildren();
            }
            else if (value != JsonToken.START_ARRAY) {
                throw ProblemException.invalid("events", "must be an array");
            }
            else if (found) {
                throw ProblemException.invalid("events", "must be given once");
            }
            else {
                found = true;
                readArray(parser, spans);
            }
        }
        if (!found) {
            throw ProblemException.invalid("events", "is required");
        }
    }

    private static void readArray(JsonParser parser, List<Span> spans) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long from = parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            parser.finishToken();
            long to = parser.currentLocation().getByteOffset();
            spans.add(new Span((int) from, (int) to));
        }
    }

    private static List<Span> checked(List<Span> spans) {
        if (spans.isEmpty()) {
            throw ProblemException.invalid("events", "must hold at least one event");
        }
        if (spans.size() > MAX_EVENTS) {
            throw ProblemException.of(ProblemKind.TOO_LARGE, "events: must hold at most " + MAX_EVENTS + " events");
        }
        return spans;
    }

    private static boolean blank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /**
     * Where an event stands.
     *
     * @param from its first byte
     * @param to the byte after its last
     */
    record Span(int from, int to) {

    }

}
