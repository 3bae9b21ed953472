package dev.triggers.event;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.triggers.time.UuidV7;
import dev.triggers.web.FieldError;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.web.Utf8;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads an event from the bytes of a request in one pass: the payload is checked to be
 * JSON and its span taken, but no tree of it is built.
 */
@Component
class EventReader {

    /** Bytes of a payload, as posted. */
    static final int MAX_PAYLOAD = 262_144;

    static final int MAX_DEPTH = 500;

    static final Duration MAX_DELAY = Duration.ofDays(30);

    private static final int MAX_NAME = 255;

    /** What would make the parser more lenient, which its user can do, but no client. */
    private static final Pattern PARSER_ADVICE = Pattern.compile(": enable `.*| \\(not recognized as one since .*");

    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder().parseCaseInsensitive()
        .append(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
        .toFormatter(Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);

    // And the event around it
    private final JsonFactory json = factory(MAX_DEPTH + 1);

    private final UuidV7 ids;

    private final Clock clock;

    EventReader(UuidV7 ids, Clock clock) {
        this.ids = ids;
        this.clock = clock;
    }

    static JsonFactory factory(int depth) {
        return JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxNumberLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxStringLength(Integer.MAX_VALUE)
                .build())
            .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            // What looks like UTF-16 is malformed
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
    }

    /**
     * Reads the event that stands at {@code [from, to)} of the bytes.
     * @throws ProblemException if it is no event, with all that is wrong with it
     */
    NewEvent read(UUID organizationId, byte[] bytes, int from, int to) {
        Utf8.require(bytes, from, to);
        Fields fields = new Fields(bytes, from);
        try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ProblemException.invalid("body", "must be a JSON object");
            }
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                fields.read(name, parser);
            }
            if (parser.nextToken() != null) {
                throw ProblemException.of(ProblemKind.MALFORMED, "The body holds more than one JSON value");
            }
        }
        catch (JacksonException ex) {
            throw malformed(ex);
        }
        return fields.toEvent(organizationId);
    }

    static ProblemException malformed(JacksonException ex) {
        if (ex instanceof StreamConstraintsException) {
            return ProblemException.of(ProblemKind.MALFORMED,
                    "The body is nested deeper than " + MAX_DEPTH + " levels");
        }
        String reason = PARSER_ADVICE.matcher(ex.getOriginalMessage()).replaceFirst("");
        return ProblemException.of(ProblemKind.MALFORMED, "The body is not valid JSON: " + reason);
    }

    private static String printable(String field, String value) {
        int length = value.codePointCount(0, value.length());
        if (length < 1 || length > MAX_NAME) {
            throw new Unacceptable(field, "must have 1 to 255 characters");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isISOControl(c)) {
                throw new Unacceptable(field, "must not contain control characters");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new Unacceptable(field, "must not contain unpaired surrogates");
                }
                i++;
            }
        }
        return value;
    }

    /** What is wrong with one field; the others are still looked at. */
    private static final class Unacceptable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String field;

        Unacceptable(String field, String message) {
            super(message, null, false, false);
            this.field = field;
        }

        FieldError toFieldError() {
            return new FieldError(this.field, String.valueOf(getMessage()));
        }

    }

    /** The members of an event as they come by. */
    private final class Fields {

        private final byte[] bytes;

        /** The parser counts from where it began. */
        private final int start;

        private @Nullable String type;

        private @Nullable String eventType;

        private @Nullable String payload;

        private @Nullable String payloadField;

        private @Nullable String dedupId;

        private @Nullable Instant deliverAt;

        private boolean tooLarge;

        private boolean tooLate;

        private final List<FieldError> errors = new ArrayList<>(0);

        Fields(byte[] bytes, int start) {
            this.bytes = bytes;
            this.start = start;
        }

        void read(String name, JsonParser parser) {
            try {
                switch (name) {
                    case "type" -> this.type = once(name, this.type, text(name, parser));
                    case "event_type" -> this.eventType = once(name, this.eventType, text(name, parser));
                    case "dedup_id" -> this.dedupId = once(name, this.dedupId, text(name, parser));
                    case "payload", "data" -> readPayload(name, parser);
                    case "deliver_at" -> readDeliverAt(name, parser);
                    default -> parser.skipChildren();
                }
            }
            catch (Unacceptable ex) {
                this.errors.add(ex.toFieldError());
            }
        }

        private @Nullable String text(String name, JsonParser parser) {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> printable(name, parser.getString());
                case VALUE_NULL -> null;
                default -> {
                    parser.skipChildren();
                    throw new Unacceptable(name, "must be a string");
                }
            };
        }

        private @Nullable String once(String name, @Nullable String before, @Nullable String value) {
            if (before != null) {
                throw new Unacceptable(name, "must be given once");
            }
            return value;
        }

        private void readPayload(String name, JsonParser parser) {
            long from = parser.currentTokenLocation().getByteOffset();
            boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
            parser.skipChildren();
            // Strings and numbers are read lazily
            parser.finishToken();
            long to = parser.currentLocation().getByteOffset();
            if (absent) {
                return;
            }
            if (this.payloadField != null) {
                throw new Unacceptable(name, "must be given once, as payload or as data");
            }
            this.payloadField = name;
            if (to - from > MAX_PAYLOAD) {
                this.tooLarge = true;
                return;
            }
            this.payload = new String(this.bytes, this.start + (int) from, (int) (to - from), StandardCharsets.UTF_8);
        }

        private void readDeliverAt(String name, JsonParser parser) {
            String text = text(name, parser);
            if (text == null) {
                return;
            }
            if (this.deliverAt != null) {
                throw new Unacceptable(name, "must be given once");
            }
            try {
                Instant at = Instant.from(RFC_3339.parse(text));
                Instant now = EventReader.this.clock.instant();
                this.tooLate = at.isAfter(now.plus(MAX_DELAY));
                this.deliverAt = at.isAfter(now) ? at : null;
            }
            catch (DateTimeException ex) {
                throw new Unacceptable(name, "must be a time as in RFC 3339, like 2026-01-31T12:00:00Z");
            }
        }

        NewEvent toEvent(UUID organizationId) {
            String type = type();
            if (this.payloadField == null && !named("payload")) {
                this.errors.add(new FieldError("payload", "is required, and must not be null"));
            }
            if (!this.errors.isEmpty()) {
                throw ProblemException.invalid(this.errors);
            }
            if (this.tooLarge) {
                throw ProblemException.of(ProblemKind.TOO_LARGE,
                        "payload: must have at most " + MAX_PAYLOAD + " bytes as posted");
            }
            if (this.tooLate) {
                throw ProblemException.unprocessable("deliver_at", "must be at most 30 days ahead");
            }
            if (type == null || this.payload == null) {
                throw new IllegalStateException("validated above");
            }
            return new NewEvent(organizationId, EventReader.this.ids.next(), type, this.dedupId, this.deliverAt,
                    this.payload);
        }

        private @Nullable String type() {
            if (this.type != null && this.eventType != null && !this.type.equals(this.eventType)) {
                this.errors.add(new FieldError("event_type", "must equal type where both are given"));
            }
            String either = (this.type != null) ? this.type : this.eventType;
            if (either == null && !named("type") && !named("event_type")) {
                this.errors.add(new FieldError("type", "is required"));
            }
            return either;
        }

        private boolean named(String field) {
            return this.errors.stream().anyMatch((error) -> error.field().equals(field));
        }

    }

}
