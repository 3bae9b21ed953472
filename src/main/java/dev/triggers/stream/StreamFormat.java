package dev.triggers.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * How a stream is written.
 */
enum StreamFormat {

    /** Server-sent events, as browsers read them. */
    EVENTS("text/event-stream") {

        @Override
        void begin(OutputStream out, @Nullable String cursor) throws IOException {
            put(out, "retry: 1000\n" + id(cursor) + "\n");
        }

        @Override
        void beat(OutputStream out, @Nullable String cursor) throws IOException {
            // An event of an id alone is none, but is where to go on from
            put(out, ":\n" + id(cursor) + "\n");
        }

        @Override
        void write(OutputStream out, Message message, boolean payloads) throws IOException {
            put(out, id(message.cursorText()) + "event: " + message.kind() + "\ndata: ");
            message.writeTo(out, payloads, NEXT_DATA);
            put(out, "\n\n");
        }

        @Override
        void lag(OutputStream out, @Nullable String cursor) throws IOException {
            put(out, "event: " + LAGGING + "\ndata: {" + member(cursor) + "}\n\n");
        }

        @Override
        void gone(OutputStream out, String problem) throws IOException {
            put(out, "event: " + EXPIRED + "\ndata: " + problem + "\n\n");
        }

        private static String id(@Nullable String cursor) {
            return (cursor != null) ? "id: " + cursor + "\n" : "";
        }

    },

    /** A JSON object a line. */
    LINES("application/x-ndjson") {

        @Override
        void begin(OutputStream out, @Nullable String cursor) throws IOException {
            beat(out, cursor);
        }

        @Override
        void beat(OutputStream out, @Nullable String cursor) throws IOException {
            put(out, "{\"kind\":\"stream.heartbeat\"" + andMember(cursor) + "}\n");
        }

        @Override
        void write(OutputStream out, Message message, boolean payloads) throws IOException {
            put(out, "{\"kind\":\"" + message.kind() + "\"" + andMember(message.cursorText()) + ",\"data\":");
            message.writeTo(out, payloads, SPACE);
            put(out, "}\n");
        }

        @Override
        void lag(OutputStream out, @Nullable String cursor) throws IOException {
            put(out, "{\"kind\":\"" + LAGGING + "\"" + andMember(cursor) + ",\"data\":{" + member(cursor) + "}}\n");
        }

        @Override
        void gone(OutputStream out, String problem) throws IOException {
            put(out, "{\"kind\":\"" + EXPIRED + "\",\"data\":" + problem + "}\n");
        }

        private static String andMember(@Nullable String cursor) {
            return (cursor != null) ? "," + member(cursor) : "";
        }

    };

    static final String LAGGING = "stream.lagging";

    static final String EXPIRED = "stream.expired";

    private static final byte[] NEXT_DATA = "\ndata: ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] SPACE = { ' ' };

    private final String mediaType;

    StreamFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /**
     * The one that a client prefers, server-sent events where it does not say.
     */
    static StreamFormat of(@Nullable String accept) {
        if (accept == null) {
            return EVENTS;
        }
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(accept);
            return (quality(accepted, LINES) > quality(accepted, EVENTS)) ? LINES : EVENTS;
        }
        catch (InvalidMediaTypeException ex) {
            return EVENTS;
        }
    }

    private static double quality(List<MediaType> accepted, StreamFormat format) {
        return accepted.stream()
            .filter((type) -> format.mediaType.equals(type.getType() + "/" + type.getSubtype()))
            .mapToDouble(MediaType::getQualityValue)
            .max()
            .orElse(0);
    }

    /** Sets the headers of an answer. */
    void describe(HttpServletResponse response) {
        response.setContentType(this.mediaType);
        response.setHeader("Cache-Control", "no-store");
        // Asks a proxy to pass on each piece as it comes
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** The first bytes, with the cursor to go on from if nothing else ever comes. */
    abstract void begin(OutputStream out, @Nullable String cursor) throws IOException;

    /** A sign of life, with the cursor that it stands at. */
    abstract void beat(OutputStream out, @Nullable String cursor) throws IOException;

    abstract void write(OutputStream out, Message message, boolean payloads) throws IOException;

    /** The last bytes to a stream that is too slow, with the cursor to resume from. */
    abstract void lag(OutputStream out, @Nullable String cursor) throws IOException;

    /** The last bytes to a stream whose cursor leads nowhere any more. */
    abstract void gone(OutputStream out, String problem) throws IOException;

    private static String member(@Nullable String cursor) {
        return (cursor != null) ? "\"cursor\":\"" + cursor + "\"" : "\"cursor\":null";
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

}
