// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.List;
import java.util.Map;

/** Of the OpenAPI description. */
public final class WebhookRequest extends Fields {

    private WebhookRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static WebhookRequest of(String url) {
        return new WebhookRequest(Map.of()).url(url);
    }

    public WebhookRequest description(String description) {
        return new WebhookRequest(with("description", description));
    }

    public WebhookRequest enabled(Boolean enabled) {
        return new WebhookRequest(with("enabled", enabled));
    }

    public WebhookRequest eventTypes(List<String> eventTypes) {
        return new WebhookRequest(with("event_types", eventTypes));
    }

    public WebhookRequest headers(Map<String, String> headers) {
        return new WebhookRequest(with("headers", headers));
    }

    public WebhookRequest keepCredentials(Boolean keepCredentials) {
        return new WebhookRequest(with("keep_credentials", keepCredentials));
    }

    public WebhookRequest operations(Boolean operations) {
        return new WebhookRequest(with("operations", operations));
    }

    public WebhookRequest ordered(Boolean ordered) {
        return new WebhookRequest(with("ordered", ordered));
    }

    public WebhookRequest rateLimitPerSecond(Number rateLimitPerSecond) {
        return new WebhookRequest(with("rate_limit_per_second", rateLimitPerSecond));
    }

    public WebhookRequest retrySchedule(List<Object> retrySchedule) {
        return new WebhookRequest(with("retry_schedule", retrySchedule));
    }

    public WebhookRequest signature(String signature) {
        return new WebhookRequest(with("signature", signature));
    }

    public WebhookRequest url(String url) {
        return new WebhookRequest(with("url", url));
    }

}
