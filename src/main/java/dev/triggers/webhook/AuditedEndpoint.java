package dev.triggers.webhook;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the audit may show of an endpoint: of its URL neither user nor query, of its
 * headers the names, of its secrets nothing.
 */
final class AuditedEndpoint {

    private AuditedEndpoint() {
    }

    static Map<String, Object> of(Endpoint endpoint) {
        Map<String, Object> members = new LinkedHashMap<>();
        String url = endpoint.url().toString();
        int query = url.indexOf('?');
        members.put("url", (query < 0) ? url : url.substring(0, query));
        members.put("is_default", endpoint.isDefault());
        members.put("event_types", endpoint.eventTypes());
        members.put("headers", endpoint.headers().keySet().stream().sorted().toList());
        members.put("enabled", endpoint.enabled());
        members.put("operations", endpoint.operations());
        members.put("ordered", endpoint.ordered());
        if (endpoint.rateLimitPerSecond() != null) {
            members.put("rate_limit_per_second", endpoint.rateLimitPerSecond());
        }
        members.put("signature", endpoint.signature().toString());
        return members;
    }

}
