package dev.triggers.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to hear of.
 *
 * @param kinds of what happens; empty: all
 * @param type of events, or null
 * @param endpointId that it is about, or null
 * @param payloads whether payloads come along
 * @param cursor of the log to begin from, or null: now
 */
public record StreamOptions(List<String> kinds, String type, String endpointId, boolean payloads, String cursor) {

    /** Copied. */
    public StreamOptions {
        kinds = List.copyOf(kinds);
    }

    /** Everything, from now on. */
    public static StreamOptions defaults() {
        return new StreamOptions(List.of(), null, null, true, null);
    }

    /** Of these kinds alone. */
    public StreamOptions withKinds(String... wanted) {
        return new StreamOptions(List.of(wanted), this.type, this.endpointId, this.payloads, this.cursor);
    }

    /** Of this type of events alone. */
    public StreamOptions withType(String wanted) {
        return new StreamOptions(this.kinds, wanted, this.endpointId, this.payloads, this.cursor);
    }

    /** Of this endpoint alone. */
    public StreamOptions withEndpointId(String wanted) {
        return new StreamOptions(this.kinds, this.type, wanted, this.payloads, this.cursor);
    }

    /** With payloads, or without. */
    public StreamOptions withPayloads(boolean wanted) {
        return new StreamOptions(this.kinds, this.type, this.endpointId, wanted, this.cursor);
    }

    /** From a position of the log. */
    public StreamOptions withCursor(String position) {
        return new StreamOptions(this.kinds, this.type, this.endpointId, this.payloads, position);
    }

    Map<String, Object> query() {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("kinds", this.kinds.isEmpty() ? null : String.join(",", this.kinds));
        query.put("type", this.type);
        query.put("endpoint_id", this.endpointId);
        query.put("payloads", this.payloads ? null : "false");
        query.put("cursor", this.cursor);
        return query;
    }

}
