package dev.triggers.key;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.PlainText;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
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
 * The keys of an organization: several, each with what it may do.
 */
@RestController
@RequestMapping("/api/organization/keys")
@Tag(name = "Keys")
class OrganizationKeyController {

    private static final int LONGEST_BODY = 64 * 1024;

    private final KeyIssuer issuer;

    private final OrganizationKeys keys;

    private final KeyAuthenticator authenticator;

    private final BodyReader bodies;

    private final Clock clock;

    OrganizationKeyController(KeyIssuer issuer, OrganizationKeys keys, KeyAuthenticator authenticator,
            BodyReader bodies, Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.authenticator = authenticator;
        this.bodies = bodies;
        this.clock = clock;
    }

    @PostMapping
    @Requires(Scope.KEYS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createKey", summary = "Make another key",
            description = "With no more than the calling key has: what is absent is as that key has it. The key is "
                    + "shown once. Held to `types` or `endpoint_ids`, it sees only these.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = NewKeyRequest.class))))
    MadeKey create(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        requireKey(caller);
        JsonFields fields = JsonFields.parse(this.bodies.read(request, LONGEST_BODY));
        String name = PlainText.require("name", fields.requiredText("name"));
        AccessRequest access = AccessRequest.read(fields);
        NewKey made = this.issuer.issue(caller, name, access, AccessRequest.expiry(fields, this.clock));
        return MadeKey.of(made.key(), OrganizationKey.of(this.keys.find(caller.organizationId(), made.id())));
    }

    /**
     * @throws ProblemException 403 if a session calls, which makes no keys
     */
    static void requireKey(Caller caller) {
        if (caller.isSession()) {
            throw ProblemException.of(ProblemKind.INSUFFICIENT_SCOPE, "A session makes no keys and no sessions");
        }
    }

    @GetMapping
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "listKeys", summary = "List the organization's keys", description = "Oldest first.")
    KeyList list(@Parameter(hidden = true) Caller caller) {
        return new KeyList(this.keys.list(caller.organizationId()).stream().map(OrganizationKey::of).toList());
    }

    @GetMapping("/{key_id}")
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "getOrganizationKey", summary = "Show one of the organization's keys")
    OrganizationKey get(@Parameter(hidden = true) Caller caller, @PathVariable("key_id") String id) {
        return OrganizationKey.of(this.keys.find(caller.organizationId(), PathId.parse("key_id", id)));
    }

    @PatchMapping("/{key_id}")
    @Requires(Scope.KEYS_WRITE)
    @Operation(operationId = "changeKey", summary = "Change a key's name or scopes",
            description = "What is absent stays. It is given no scope that the calling key has not.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = KeyChange.class))))
    OrganizationKey change(@Parameter(hidden = true) Caller caller, @PathVariable("key_id") String keyId,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID id = PathId.parse("key_id", keyId);
        JsonFields fields = JsonFields.parse(this.bodies.read(request, LONGEST_BODY));
        String name = fields.text("name");
        OrganizationKeyRow changed = this.keys.change(caller, id,
                (name != null) ? PlainText.require("name", name) : null, AccessRequest.scopes(fields));
        this.authenticator.forget(changed.keyId());
        return OrganizationKey.of(changed);
    }

    @DeleteMapping("/{key_id}")
    @Requires(value = Scope.KEYS_WRITE, suspended = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deleteKey", summary = "End a key at once",
            description = "On every instance within a second, with the sessions that it made.")
    void delete(@Parameter(hidden = true) Caller caller, @PathVariable("key_id") String keyId) {
        OrganizationKeyRow deleted = this.keys.delete(caller, PathId.parse("key_id", keyId));
        this.authenticator.forget(deleted.keyId());
    }

    /**
     * What a new key is to be.
     *
     * @param name a name for people
     * @param scopes what it may do
     * @param expiresIn seconds until it ends
     * @param expiresAt when it ends
     * @param types the event types that it is held to
     * @param endpointIds the endpoints that it is held to
     */
    @Schema(name = "KeyToMake")
    record NewKeyRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, minLength = 1, maxLength = 255) String name,
            @Nullable List<String> scopes,
            @Schema(minimum = "1", maximum = "315360000",
                    description = "Seconds; or expires_at") @Nullable Integer expiresIn,
            @Nullable Instant expiresAt, @Nullable List<String> types, @Nullable List<UUID> endpointIds) {
    }

    /**
     * What is to change of a key.
     *
     * @param name its name
     * @param scopes its scopes
     */
    @Schema(name = "KeyChange")
    record KeyChange(@Nullable String name, @Nullable List<String> scopes) {
    }

    /**
     * The keys.
     *
     * @param keys the live ones, oldest first
     */
    @Schema(name = "KeyList")
    record KeyList(List<OrganizationKey> keys) {
    }

    /**
     * A key that was just made.
     *
     * @param apiKey the key, shown this once
     */
    @Schema(name = "MadeKey")
    record MadeKey(UUID id, String apiKey, String name, List<String> scopes, String prefix,
            @Nullable List<String> types, @Nullable List<UUID> endpointIds, Instant createdAt,
            @Nullable Instant expiresAt, String warning) {

        static MadeKey of(ApiKey key, OrganizationKey stored) {
            return new MadeKey(stored.id(), key.reveal(), stored.name(), stored.scopes(), stored.prefix(),
                    stored.types(), stored.endpointIds(), stored.createdAt(), stored.expiresAt(), KeyAnswers.WARNING);
        }

        @Override
        public String toString() {
            return "MadeKey[id=" + this.id + "]";
        }

    }

}
