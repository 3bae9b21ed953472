package dev.triggers.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.SchemaProperty;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The organization's default endpoint, for which events wait until it is set.
 */
@RestController
@RequestMapping("/api/webhook/config")
@Tag(name = "Webhooks")
class WebhookConfigController {

    private static final int MAX_BODY = 16_384;

    private final Endpoints changes;

    private final EndpointRepository endpoints;

    private final EndpointHealthRepository health;

    private final BodyReader bodies;

    private final CallbackUrls urls;

    private final Clock clock;

    WebhookConfigController(Endpoints changes, EndpointRepository endpoints, EndpointHealthRepository health,
            BodyReader bodies, CallbackUrls urls, Clock clock) {
        this.changes = changes;
        this.endpoints = endpoints;
        this.health = health;
        this.bodies = bodies;
        this.urls = urls;
        this.clock = clock;
    }

    @Operation(operationId = "setDefaultWebhook", summary = "Set or remove the default endpoint",
            description = "Also enables it again. Another URL keeps the secret, which is shown where it is new, or to who "
                    + "has `secrets:read`; one of another origin drops custom headers. null removes the endpoint.")
    @RequestBody(required = true, content = @Content(mediaType = "application/json", schemaProperties = @SchemaProperty(
            name = "webhook_url",
            schema = @Schema(types = { "string", "null" }, maxLength = CallbackUrl.MAX_LENGTH,
                    description = "Absolute http(s) URL; `url` means the same", example = "https://example.com/hook"))))
    @PostMapping
    @Requires(Scope.WEBHOOKS_WRITE)
    WebhookConfig set(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        JsonFields fields = JsonFields.parse(this.bodies.read(request, MAX_BODY));
        String name = fields.either("webhook_url", "url");
        if (!fields.has(name)) {
            throw ProblemException.invalid(name, "is required; null removes the webhook");
        }
        String text = fields.text(name);
        UUID organization = caller.organizationId();
        if (text == null) {
            this.changes.removeDefault(organization);
            return WebhookConfig.none(organization, "Webhook removed; events wait in the inbox", this.clock.instant());
        }
        Endpoints.Change change = this.changes.setDefault(organization, this.urls.parse(name, text));
        Endpoint endpoint = change.endpoint();
        boolean shown = change.newSecret() || caller.access().scopes().has(Scope.SECRETS_READ);
        return WebhookConfig.of(endpoint, "Webhook configured", shown ? endpoint.secret().reveal() : null,
                EndpointHealth.GOOD);
    }

    @Operation(operationId = "getDefaultWebhook", summary = "Show the default endpoint")
    @GetMapping
    @Requires(Scope.WEBHOOKS_READ)
    WebhookConfig get(@Parameter(hidden = true) Caller caller) {
        Endpoint endpoint = this.endpoints.findDefault(caller.organizationId());
        if (endpoint == null) {
            return WebhookConfig.none(caller.organizationId(), "No webhook configured", null);
        }
        return WebhookConfig.of(endpoint, "Webhook configured", null,
                this.health.find(List.of(endpoint.id())).getOrDefault(endpoint.id(), EndpointHealth.GOOD));
    }

    /**
     * The default endpoint, or that there is none.
     *
     * @param success always true
     * @param message what is the case
     * @param organizationId its owner
     * @param id the endpoint
     * @param webhookUrl where it is; null: none
     * @param url the same
     * @param secret only in the answer to a change
     * @param enabled whether deliveries are sent
     * @param disabledReason why the service disabled it
     * @param health what its attempts have shown
     * @param updatedAt when it was last changed
     */
    record WebhookConfig(boolean success, String message, UUID organizationId, @Nullable UUID id,
            @Nullable String webhookUrl, @Nullable String url, @JsonInclude(Include.NON_NULL) @Nullable String secret,
            @Nullable Boolean enabled, @Nullable String disabledReason, @Nullable EndpointHealth health,
            @Nullable Instant updatedAt) {

        static WebhookConfig none(UUID organizationId, String message, @Nullable Instant updatedAt) {
            return new WebhookConfig(true, message, organizationId, null, null, null, null, null, null, null,
                    updatedAt);
        }

        static WebhookConfig of(Endpoint endpoint, String message, @Nullable String secret, EndpointHealth health) {
            String url = endpoint.url().toString();
            return new WebhookConfig(true, message, endpoint.organizationId(), endpoint.id(), url, url, secret,
                    endpoint.enabled(), endpoint.disabledReason(), health, endpoint.updatedAt());
        }

        @Override
        public String toString() {
            return "WebhookConfig[organizationId=" + this.organizationId + ", url=" + this.url + "]";
        }

    }

}
