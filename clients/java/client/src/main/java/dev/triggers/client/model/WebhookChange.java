// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class WebhookChange extends Fields {

    private WebhookChange(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static WebhookChange of() {
        return new WebhookChange(Map.of());
    }

    public WebhookChange description(String description) {
        return new WebhookChange(with("description", description));
    }

    public WebhookChange enabled(Boolean enabled) {
        return new WebhookChange(with("enabled", enabled));
    }

    public WebhookChange eventTypes(List<String> eventTypes) {
        return new WebhookChange(with("event_types", eventTypes));
    }

    public WebhookChange headers(Map<String, String> headers) {
        return new WebhookChange(with("headers", headers));
    }

    public WebhookChange keepCredentials(Boolean keepCredentials) {
        return new WebhookChange(with("keep_credentials", keepCredentials));
    }

    public WebhookChange operations(Boolean operations) {
        return new WebhookChange(with("operations", operations));
    }

    public WebhookChange ordered(Boolean ordered) {
        return new WebhookChange(with("ordered", ordered));
    }

    public WebhookChange rateLimitPerSecond(Number rateLimitPerSecond) {
        return new WebhookChange(with("rate_limit_per_second", rateLimitPerSecond));
    }

    public WebhookChange retrySchedule(List<Object> retrySchedule) {
        return new WebhookChange(with("retry_schedule", retrySchedule));
    }

    public WebhookChange signature(String signature) {
        return new WebhookChange(with("signature", signature));
    }

    public WebhookChange url(String url) {
        return new WebhookChange(with("url", url));
    }

}
