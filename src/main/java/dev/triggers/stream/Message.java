package dev.triggers.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

import dev.triggers.log.LogCursor;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened, in the bytes that go to every stream that shows it. It gives
 * back its memory when the last of those who hold it lets go.
 */
final class Message {

    /** What it costs beside its bytes, generously. */
    static final int OVERHEAD = 256;

    private static final byte[] PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.US_ASCII);

    private final StreamKind kind;

    private final @Nullable String eventType;

    private final @Nullable UUID endpointId;

    /** Where the log goes on behind it. */
    private final @Nullable LogCursor cursor;

    private final @Nullable String cursorText;

    /** A JSON object. */
    private final byte[] data;

    private final byte @Nullable [] payload;

    private final StreamMemory memory;

    /** Whoever makes it is the first. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /**
     * Makes one, for which memory was taken already: as many bytes as its weight says.
     */
    Message(StreamKind kind, @Nullable String eventType, @Nullable UUID endpointId, @Nullable LogCursor cursor,
            byte[] data, byte @Nullable [] payload, StreamMemory memory) {
        this.kind = kind;
        this.eventType = eventType;
        this.endpointId = endpointId;
        this.cursor = cursor;
        this.cursorText = (cursor != null) ? cursor.text() : null;
        this.data = data;
        this.payload = payload;
        this.memory = memory;
    }

    StreamKind kind() {
        return this.kind;
    }

    @Nullable LogCursor cursor() {
        return this.cursor;
    }

    @Nullable String cursorText() {
        return this.cursorText;
    }

    boolean isFor(StreamFilter filter) {
        return filter.shows(this.kind, this.eventType, this.endpointId);
    }

    /** The memory that it takes, for all streams together. */
    int weight() {
        return weight(true);
    }

    /** What a stream is behind by while it has yet to write it. */
    int weight(boolean payloads) {
        int bytes = OVERHEAD + this.data.length;
        return (payloads && this.payload != null) ? bytes + this.payload.length : bytes;
    }

    Message hold() {
        this.holders.incrementAndGet();
        return this;
    }

    void letGo() {
        if (this.holders.decrementAndGet() == 0) {
            this.memory.giveBack(weight());
        }
    }

    /**
     * Writes it as a JSON object.
     * @param lineBreak what stands for a line break, which a payload may have between its
     * tokens
     */
    void writeTo(OutputStream out, boolean payloads, byte[] lineBreak) throws IOException {
        if (!payloads || this.payload == null) {
            out.write(this.data);
            return;
        }
        out.write(this.data, 0, this.data.length - 1);
        out.write(PAYLOAD);
        writeLines(out, this.payload, lineBreak);
        out.write('}');
    }

    private static void writeLines(OutputStream out, byte[] text, byte[] lineBreak) throws IOException {
        int from = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n' || text[i] == '\r') {
                out.write(text, from, i - from);
                out.write(lineBreak);
                if (text[i] == '\r' && i + 1 < text.length && text[i + 1] == '\n') {
                    i++;
                }
                from = i + 1;
            }
        }
        out.write(text, from, text.length - from);
    }

}
