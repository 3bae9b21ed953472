package dev.triggers.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import org.jspecify.annotations.Nullable;

/**
 * Examples of requests and answers, kept as files named after their operation.
 */
final class Examples {

    /** The kind of tree that the description is written with. */
    private static final ObjectMapper json = new ObjectMapper();

    private Examples() {
    }

    static void addTo(Described described) {
        if (described.hasBody()) {
            add(described.operation().getRequestBody().getContent(), request(described.details()));
        }
        described.operation().getResponses().forEach((status, response) -> {
            if (status.startsWith("2") && response.getContent() != null) {
                boolean usual = status.equals(Integer.toString(described.details().success()));
                add(response.getContent(),
                        read(described.details().id() + (usual ? "" : "." + status) + ".response.json"));
            }
        });
    }

    static @Nullable Object request(Operations.Details details) {
        return read(details.id() + ".request.json");
    }

    private static void add(Content content, @Nullable Object example) {
        for (String type : List.of("application/json", "application/x-ndjson")) {
            MediaType media = content.get(type);
            if (media != null && example != null) {
                media.setExample(example);
            }
        }
    }

    private static @Nullable Object read(String name) {
        try (InputStream in = Examples.class.getResourceAsStream("/openapi/" + name)) {
            return (in != null) ? json.readTree(in) : null;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(name, ex);
        }
    }

}
