package dev.triggers.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.triggers.key.EventTypes;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Settings as a client sends them: what is absent stays, what is null goes back to its
 * default.
 */
final class EndpointPatch {

    private static final int MAX_DESCRIPTION = 1_000;

    private static final int MAX_RATE = 10_000;

    private final JsonFields fields;

    private final CallbackUrls urls;

    EndpointPatch(JsonFields fields, CallbackUrls urls) {
        this.fields = fields;
        this.urls = urls;
    }

    /**
     * The settings of a new endpoint.
     */
    EndpointSettings create() {
        CallbackUrl url = url();
        if (url == null) {
            throw ProblemException.invalid("url", "is required");
        }
        return apply(EndpointSettings.of(url));
    }

    EndpointSettings apply(EndpointSettings current) {
        CallbackUrl url = url();
        return new EndpointSettings((url != null) ? url : current.url(), description(current), eventTypes(current),
                headers(current), flag("enabled", current.enabled(), true),
                flag("operations", current.operations(), false), flag("ordered", current.ordered(), false),
                rate(current), schedule(current));
    }

    /**
     * Whether it moves an endpoint away from whom its secret and headers were meant for.
     */
    boolean leavesCredentials(Endpoint current) {
        CallbackUrl url = url();
        return url != null && !url.hasOriginOf(current.url()) && !keepsCredentials();
    }

    /** Whether secret and headers are to follow to any URL. */
    boolean keepsCredentials() {
        return flag("keep_credentials", false, false);
    }

    /** Whether it asks for the endpoint to be enabled, even if it is. */
    boolean enables() {
        return this.fields.has("enabled") && flag("enabled", true, true);
    }

    boolean mentionsSignature() {
        return this.fields.has("signature");
    }

    SignatureScheme signature(SignatureScheme current) {
        if (!mentionsSignature()) {
            return current;
        }
        String text = this.fields.text("signature");
        try {
            return (text != null) ? SignatureScheme.of(text) : SignatureScheme.HMAC_SHA256;
        }
        catch (IllegalArgumentException ex) {
            throw ProblemException.invalid("signature", "must be hmac-sha256 or ed25519");
        }
    }

    private @Nullable CallbackUrl url() {
        String name = this.fields.either(this.fields.either("url", "webhook_url"), "target_url");
        if (!this.fields.has(name)) {
            return null;
        }
        return this.urls.parse(name, this.fields.requiredText(name));
    }

    private @Nullable String description(EndpointSettings current) {
        if (!this.fields.has("description")) {
            return current.description();
        }
        String text = this.fields.text("description");
        if (text != null && text.codePointCount(0, text.length()) > MAX_DESCRIPTION) {
            throw ProblemException.invalid("description", "must be at most " + MAX_DESCRIPTION + " characters");
        }
        if (text != null && text.codePoints()
            .anyMatch((c) -> (Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')
                    || Character.getType(c) == Character.SURROGATE)) {
            throw ProblemException.invalid("description", "must not contain control characters");
        }
        return text;
    }

    private List<String> eventTypes(EndpointSettings current) {
        if (!this.fields.has("event_types")) {
            return current.eventTypes();
        }
        List<String> types = this.fields.texts("event_types");
        return (types != null) ? EventTypes.check("event_types", types) : List.of();
    }

    private Map<String, String> headers(EndpointSettings current) {
        if (!this.fields.has("headers")) {
            return current.headers();
        }
        Map<String, String> headers = this.fields.textMap("headers");
        return (headers != null) ? CustomHeaders.check("headers", headers, current.headers()) : Map.of();
    }

    private boolean flag(String name, boolean current, boolean byDefault) {
        if (!this.fields.has(name)) {
            return current;
        }
        Boolean flag = this.fields.flag(name);
        return (flag != null) ? flag : byDefault;
    }

    private @Nullable Integer rate(EndpointSettings current) {
        return this.fields.has("rate_limit_per_second") ? this.fields.integer("rate_limit_per_second", 1, MAX_RATE)
                : current.rateLimitPerSecond();
    }

    private @Nullable List<Duration> schedule(EndpointSettings current) {
        if (!this.fields.has("retry_schedule")) {
            return current.retrySchedule();
        }
        JsonNode array = this.fields.array("retry_schedule");
        return (array != null) ? RetryWaits.parse("retry_schedule", array) : null;
    }

}
