package dev.triggers.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;

import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes the answers to posted events. They are many and small, so they are written
 * straight to bytes.
 */
@Component
class EventAnswers {

    private final JsonFactory json = new JsonFactory();

    private final int createdStatus;

    EventAnswers(EventProperties properties) {
        this.createdStatus = properties.createdStatus();
    }

    void accepted(NewEvent event, HttpServletResponse response) throws IOException {
        write(response, this.createdStatus, 384, (json) -> {
            String id = event.id().toString();
            json.writeStringProperty("id", id);
            json.writeStringProperty("event_id", id);
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("status", "accepted");
            json.writeStringProperty("delivery_status", "pending");
            json.writeStringProperty("organization_id", event.organizationId().toString());
            json.writeStringProperty("created_at", UuidV7.instant(event.id()).toString());
            json.writeStringProperty("message", "The event is stored and will be delivered");
        });
    }

    /**
     * @param outcomes for each event of the batch, in its order, either what was to be
     * stored or what was wrong with it
     * @param results what became of those that were to be stored, in their order
     */
    void batch(Object[] outcomes, IngestResult[] results, HttpServletResponse response) throws IOException {
        int accepted = 0;
        int duplicates = 0;
        for (IngestResult result : results) {
            switch (result) {
                case IngestResult.Accepted _ -> accepted++;
                case IngestResult.Duplicate _ -> duplicates++;
                case IngestResult.Rejected _, IngestResult.Unavailable _ -> {
                }
            }
        }
        if (accepted + duplicates == 0 && results.length > 0
                && results[0] instanceof IngestResult.Unavailable unavailable) {
            throw unavailable.problem();
        }
        int storedOrKnown = accepted;
        int known = duplicates;
        write(response, HttpServletResponse.SC_OK, 128 + 96 * outcomes.length, (json) -> {
            json.writeNumberProperty("accepted", storedOrKnown);
            json.writeNumberProperty("duplicates", known);
            json.writeNumberProperty("rejected", outcomes.length - storedOrKnown - known);
            json.writeArrayPropertyStart("results");
            int next = 0;
            for (int i = 0; i < outcomes.length; i++) {
                json.writeStartObject();
                json.writeNumberProperty("index", i);
                switch (outcomes[i]) {
                    case NewEvent event -> writeResult(json, event, results[next++]);
                    case ProblemException problem -> writeRejected(json, problem.message());
                    default -> throw new IllegalStateException();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeResult(JsonGenerator json, NewEvent event, IngestResult result) {
        switch (result) {
            case IngestResult.Accepted _ -> {
                json.writeStringProperty("status", "accepted");
                json.writeStringProperty("id", event.id().toString());
            }
            case IngestResult.Duplicate duplicate -> {
                json.writeStringProperty("status", "duplicate");
                if (duplicate.originalId() != null) {
                    json.writeStringProperty("id", duplicate.originalId().toString());
                }
                json.writeStringProperty("error", "dedup_id was used within the last 24 hours");
            }
            case IngestResult.Rejected _ -> writeRejected(json, IngestResult.Rejected.REASON);
            case IngestResult.Unavailable unavailable -> writeRejected(json, unavailable.reason());
        }
    }

    private static void writeRejected(JsonGenerator json, String error) {
        json.writeStringProperty("status", "rejected");
        json.writeStringProperty("error", error);
    }

    private void write(HttpServletResponse response, int status, int size, Consumer<JsonGenerator> content)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(size);
        try (JsonGenerator generator = this.json.createGenerator(ObjectWriteContext.empty(), bytes)) {
            generator.writeStartObject();
            content.accept(generator);
            generator.writeEndObject();
        }
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.size());
        bytes.writeTo(response.getOutputStream());
    }

}
