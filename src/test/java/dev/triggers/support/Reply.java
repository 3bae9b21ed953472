package dev.triggers.support;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the service answered.
 *
 * @param response the response as it came
 */
public record Reply(HttpResponse<byte[]> response) {

    private static final JsonMapper json = new JsonMapper();

    public int status() {
        return this.response.statusCode();
    }

    public String body() {
        return new String(this.response.body(), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return json.readTree(this.response.body());
    }

    /**
     * The member at a path like {@code /events/0/id}, or at a plain name.
     */
    public JsonNode at(String path) {
        return json().at(path.startsWith("/") ? path : "/" + path);
    }

    public String text(String path) {
        JsonNode node = at(path);
        if (!node.isString()) {
            throw new AssertionError("No text at " + path + " in " + this);
        }
        return node.stringValue();
    }

    public @Nullable String header(String name) {
        return this.response.headers().firstValue(name).orElse(null);
    }

    @Override
    public String toString() {
        return status() + " " + body();
    }

}
