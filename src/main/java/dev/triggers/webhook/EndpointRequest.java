package dev.triggers.webhook;

import java.util.List;
import java.util.Map;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client may send about an endpoint, for the reference. It is read as an
 * {@link EndpointPatch}, which tells an absent member from null.
 */
@Schema(name = "WebhookRequest")
record EndpointRequest(
        @Schema(description = "Absolute http(s) URL without credentials and fragment; `webhook_url` and `target_url` "
                + "mean the same", maxLength = CallbackUrl.MAX_LENGTH, example = "https://example.com/hook") String url,
        @Nullable String description,
        @Schema(description = "Exact types, `prefix.*`, or `*`; null or empty: every type",
                example = "[\"user.*\", \"order.paid\"]") @Nullable List<String> eventTypes,
        @Schema(description = "Added to every delivery; stored encrypted",
                example = "{\"Authorization\": \"Bearer …\"}") @Nullable Map<String, String> headers,
        @Schema(description = "A disabled endpoint keeps collecting deliveries, which wait; true also closes its "
                + "circuit and forgets its failures", defaultValue = "true") @Nullable Boolean enabled,
        @Schema(description = "Take operational events (`endpoint.disabled`, `endpoint.recovered`, "
                + "`delivery.exhausted`) and only these", defaultValue = "false") @Nullable Boolean operations,
        @Schema(description = "Deliver one event after the other, in the order of acceptance",
                defaultValue = "false") @Nullable Boolean ordered,
        @Schema(minimum = "1", maximum = "10000") @Nullable Integer rateLimitPerSecond,
        @Schema(description = "Waits between attempts, at most 20: seconds, or texts like `30s`, `5m`, `2h`, `PT5M`, "
                + "each at most 7 days. Standard Webhooks' example is `[\"5s\", \"5m\", \"30m\", \"2h\", \"5h\", "
                + "\"10h\", \"14h\", \"20h\", \"24h\"]`; `[]` means one attempt; null: the service's own",
                example = "[5, \"5m\", \"PT2H\"]") @Nullable List<Object> retrySchedule,
        @Schema(description = "Changing it makes a new secret; the old one signs too for 24 hours", allowableValues = {
                "hmac-sha256", "ed25519" }, defaultValue = "hmac-sha256") @Nullable String signature,
        @Schema(description = "Of a change: headers and secret follow to a `url` of another origin; needs "
                + "`secrets:read` too", defaultValue = "false") @Nullable Boolean keepCredentials){
}
