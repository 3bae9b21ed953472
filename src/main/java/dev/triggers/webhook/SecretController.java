package dev.triggers.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.triggers.audit.AuditTrail;
import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The secrets that sign the deliveries to an endpoint.
 */
@RestController
@RequestMapping("/api/webhooks/{endpoint_id}/secret")
@Tag(name = "Webhooks")
class SecretController {

    private static final int MAX_BODY = 16_384;

    private final Endpoints changes;

    private final EndpointRepository endpoints;

    private final AuditTrail audit;

    private final BodyReader bodies;

    SecretController(Endpoints changes, EndpointRepository endpoints, AuditTrail audit, BodyReader bodies) {
        this.changes = changes;
        this.endpoints = endpoints;
        this.audit = audit;
        this.bodies = bodies;
    }

    @Operation(operationId = "getWebhookSecret", summary = "Show an endpoint's secret")
    @GetMapping
    @Requires(value = Scope.SECRETS_READ, restricted = true)
    SecretView get(@Parameter(hidden = true) Caller caller, @PathVariable("endpoint_id") String id) {
        UUID endpointId = PathId.parse("endpoint_id", id);
        Endpoint endpoint = Endpoints.own(caller, this.endpoints.find(caller.organizationId(), endpointId));
        this.audit.note(caller.organizationId(), "secret.read", endpointId, null, null);
        return answer(endpoint, null);
    }

    @Operation(operationId = "rotateWebhookSecret", summary = "Replace an endpoint's secret",
            description = "The old secret signs beside the new one for 24 hours. After a leak, `{\"revoke\": true}` "
                    + "ends it at once, with every secret before it.")
    @RequestBody(content = @Content(mediaType = "application/json", schemaProperties = @SchemaProperty(name = "revoke",
            schema = @Schema(type = "boolean", defaultValue = "false", description = "End the old secret at once"))))
    @PostMapping("/rotate")
    @Requires(value = Scope.WEBHOOKS_WRITE, restricted = true)
    SecretView rotate(@Parameter(hidden = true) Caller caller, @PathVariable("endpoint_id") String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID endpointId = PathId.parse("endpoint_id", id);
        Boolean revoke = JsonFields.parseOptional(this.bodies.read(request, MAX_BODY)).flag("revoke");
        Duration overlap = Boolean.TRUE.equals(revoke) ? Duration.ZERO : Endpoints.OVERLAP;
        Endpoint endpoint = this.changes.rotateSecret(caller, endpointId, overlap);
        return answer(endpoint, overlap.isZero() ? "The old secret does not sign any more"
                : "The old secret signs beside the new one for 24 hours");
    }

    private static SecretView answer(Endpoint endpoint, @Nullable String message) {
        SigningSecret secret = endpoint.secret();
        return new SecretView(endpoint.id(), secret.scheme().toString(), secret.reveal(), secret.publicKey(),
                endpoint.previousSecretExpiresAt(), endpoint.updatedAt(), message);
    }

    /**
     * A secret, shown to its owner.
     *
     * @param id the endpoint
     * @param signature the scheme
     * @param secret the secret, or the private key
     * @param publicKey the key to verify with, if there are two
     * @param previousSecretExpiresAt until when the one before signs too; null: it does
     * not
     * @param updatedAt when the endpoint last changed
     * @param message what happened, after a change
     */
    @Schema(name = "WebhookSecret")
    record SecretView(UUID id, String signature, String secret, @Nullable String publicKey,
            @Nullable Instant previousSecretExpiresAt, Instant updatedAt,
            @JsonInclude(Include.NON_NULL) @Nullable String message) {

        @Override
        public String toString() {
            return "SecretView[id=" + this.id + "]";
        }

    }

}
