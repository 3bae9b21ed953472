package dev.triggers.webhook;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.triggers.key.Caller;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * An organization's endpoints, the default one included.
 */
@RestController
@RequestMapping("/api/webhooks")
@Tag(name = "Webhooks")
class WebhookController {

    private static final int MAX_BODY = 262_144;

    private static final int MAX_PAGE = 1_000;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Endpoints changes;

    private final EndpointRepository endpoints;

    private final EndpointHealthRepository health;

    private final BodyReader bodies;

    private final CallbackUrls urls;

    WebhookController(Endpoints changes, EndpointRepository endpoints, EndpointHealthRepository health,
            BodyReader bodies, CallbackUrls urls) {
        this.changes = changes;
        this.endpoints = endpoints;
        this.health = health;
        this.bodies = bodies;
        this.urls = urls;
    }

    @Operation(operationId = "createWebhook", summary = "Register an endpoint",
            description = "It takes the events accepted from now on that match its `event_types`. The secret is shown "
                    + "in this answer.")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = EndpointRequest.class)))
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Requires(value = Scope.WEBHOOKS_WRITE, restricted = true)
    EndpointView create(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request,
            HttpServletResponse response) {
        EndpointPatch patch = patch(request);
        SignatureScheme signature = patch.signature(SignatureScheme.HMAC_SHA256);
        EndpointSettings settings = patch.create();
        EndpointAccess.requireMaking(caller, settings);
        Endpoint endpoint = this.changes.create(caller.organizationId(), settings, signature);
        response.setHeader(HttpHeaders.LOCATION, "/api/webhooks/" + endpoint.id());
        return EndpointView.withSecret(endpoint, EndpointHealth.GOOD);
    }

    @Operation(operationId = "listWebhooks", summary = "List endpoints",
            description = "In the order of their registration.")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1,000, default 100",
            schema = @Schema(type = "integer"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, description = "`next_cursor` of the page before",
            schema = @Schema(type = "string"))
    @GetMapping
    @Requires(value = Scope.WEBHOOKS_READ, restricted = true)
    EndpointList list(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        QueryParameters query = QueryParameters.of(request);
        int limit = query.clamped("limit", 100, 1, MAX_PAGE);
        String cursor = query.text("cursor");
        UUID after = (cursor != null) ? PathId.parse("cursor", cursor) : BEFORE_ALL;
        List<Endpoint> found = this.endpoints.list(caller, after, limit + 1);
        return EndpointList.of(found, this.health.find(found.stream().map(Endpoint::id).toList()), limit);
    }

    @Operation(operationId = "getWebhook", summary = "Show an endpoint and its health")
    @GetMapping("/{endpoint_id}")
    @Requires(value = Scope.WEBHOOKS_READ, restricted = true)
    EndpointView get(@Parameter(hidden = true) Caller caller, @PathVariable("endpoint_id") String id) {
        return view(find(caller, id));
    }

    @Operation(operationId = "updateWebhook", summary = "Change an endpoint",
            description = "What is absent stays; null goes back to the default. `enabled: true` also closes the "
                    + "circuit and forgets failures. A `url` of another origin drops the custom headers and makes a new "
                    + "secret, unless `keep_credentials` is true, which needs `secrets:read` too: whoever may change a "
                    + "URL must not come by what was meant for the one before. The answer shows a secret that was made, "
                    + "and to who has `secrets:read` the present one if `signature` was given.")
    @RequestBody(required = true,
            content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = EndpointRequest.class)))
    @PatchMapping("/{endpoint_id}")
    @Requires(value = Scope.WEBHOOKS_WRITE, restricted = true)
    EndpointView change(@Parameter(hidden = true) Caller caller, @PathVariable("endpoint_id") String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID endpointId = PathId.parse("endpoint_id", id);
        EndpointPatch patch = patch(request);
        if (patch.keepsCredentials()) {
            caller.require(Scope.SECRETS_READ);
        }
        Endpoints.Change change = this.changes.change(caller, endpointId, patch);
        boolean shown = change.newSecret()
                || (patch.mentionsSignature() && caller.access().scopes().has(Scope.SECRETS_READ));
        Endpoint endpoint = change.endpoint();
        return shown ? EndpointView.withSecret(endpoint, health(endpoint)) : view(endpoint);
    }

    @Operation(operationId = "deleteWebhook", summary = "Delete an endpoint",
            description = "Its open deliveries are cancelled; an event left without any waits in the inbox. An attempt "
                    + "under way still counts if it succeeds.")
    @DeleteMapping("/{endpoint_id}")
    @Requires(value = Scope.WEBHOOKS_WRITE, restricted = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@Parameter(hidden = true) Caller caller, @PathVariable("endpoint_id") String id) {
        this.changes.delete(caller, PathId.parse("endpoint_id", id));
    }

    private EndpointPatch patch(HttpServletRequest request) {
        return new EndpointPatch(JsonFields.parse(this.bodies.read(request, MAX_BODY)), this.urls);
    }

    private Endpoint find(Caller caller, String id) {
        return Endpoints.own(caller, this.endpoints.find(caller.organizationId(), PathId.parse("endpoint_id", id)));
    }

    private EndpointView view(Endpoint endpoint) {
        return EndpointView.of(endpoint, health(endpoint));
    }

    private EndpointHealth health(Endpoint endpoint) {
        return this.health.find(List.of(endpoint.id())).getOrDefault(endpoint.id(), EndpointHealth.GOOD);
    }

    /**
     * A page of endpoints.
     *
     * @param webhooks the endpoints
     * @param count how many these are
     * @param hasMore whether there are further ones
     * @param nextCursor where they begin
     */
    record EndpointList(List<EndpointView> webhooks, int count, boolean hasMore, @Nullable String nextCursor) {

        static EndpointList of(List<Endpoint> found, Map<UUID, EndpointHealth> health, int limit) {
            List<EndpointView> page = found.stream()
                .limit(limit)
                .map((endpoint) -> EndpointView.of(endpoint, health.getOrDefault(endpoint.id(), EndpointHealth.GOOD)))
                .toList();
            boolean more = found.size() > limit;
            return new EndpointList(page, page.size(), more, more ? page.getLast().id().toString() : null);
        }

    }

}
