package dev.triggers.sending;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.time.UuidV7;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tries an endpoint out, with an event that is signed like any other but stored nowhere.
 */
@RestController
@Tag(name = "Webhooks")
class EndpointTestController {

    private static final String TYPE = "webhook.test";

    private static final String PAYLOAD = "{\"message\":\"A test of your endpoint by Triggers API\"}";

    private final TestPlaces places = new TestPlaces();

    private final EndpointDirectory directory;

    private final WebhookSender sender;

    private final UuidV7 ids;

    EndpointTestController(EndpointDirectory directory, WebhookSender sender, UuidV7 ids) {
        this.directory = directory;
        this.sender = sender;
        this.ids = ids;
    }

    @PostMapping("/api/webhooks/{endpoint_id}/test")
    @Requires(value = Scope.WEBHOOKS_WRITE, restricted = true)
    @Operation(summary = "Try an endpoint out",
            description = "Sends a signed sample event of the type webhook.test at once, and answers with what came "
                    + "of it. Disabled endpoints can be tested too. An organization may have four tests under way at once.",
            operationId = "testWebhook")
    Outcome test(Caller caller, @PathVariable("endpoint_id") String id) {
        Endpoint endpoint = this.directory.require(caller, id);
        this.places.take(caller.organizationId());
        try {
            return send(endpoint);
        }
        finally {
            this.places.leave(caller.organizationId());
        }
    }

    private Outcome send(Endpoint endpoint) {
        UUID eventId = this.ids.next();
        long started = System.nanoTime();
        AttemptResult result = this.sender.send(endpoint, eventId, TYPE, PAYLOAD, this.sender.now(), null);
        long duration = Duration.ofNanos(System.nanoTime() - started).toMillis();
        byte[] body = result.body().bytesOrNull();
        AttemptResult.Failure failure = (result instanceof AttemptResult.Failure failed) ? failed : null;
        return new Outcome(failure == null, eventId, TYPE, result.status(), duration,
                (failure != null) ? failure.failure().code() : null, (failure != null) ? failure.explanation() : null,
                (body != null) ? new String(body, StandardCharsets.UTF_8) : null);
    }

    /**
     * What came of a test.
     *
     * @param success whether the endpoint answered 2xx
     * @param eventId the sample event's identifier
     * @param type its type
     * @param responseStatus the status of the answer, if there was one
     * @param durationMs how long it took
     * @param errorCode why it failed, a stable code
     * @param error the same in words
     * @param responseBody the first KiB of the answer
     */
    @Schema(name = "TestOutcome")
    record Outcome(boolean success, UUID eventId, String type, @Nullable Integer responseStatus, long durationMs,
            @Nullable String errorCode, @Nullable String error, @Nullable String responseBody) {

    }

}
