package dev.triggers.key;

import java.io.IOException;
import java.util.List;
import java.util.UUID;

import dev.triggers.key.KeyIssuer.IssuedKey;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Gives out keys, tells about them, replaces them.
 */
@RestController
@Tag(name = "Keys")
class KeyController {

    private static final int LONGEST_BODY = 16 * 1024;

    private final KeyIssuer issuer;

    private final KeyRepository keys;

    private final Registration registration;

    private final Tiers tiers;

    private final Placement placement;

    private final BodyReader bodies;

    KeyController(KeyIssuer issuer, KeyRepository keys, Registration registration, Tiers tiers, Placement placement,
            BodyReader bodies) {
        this.issuer = issuer;
        this.keys = keys;
        this.registration = registration;
        this.tiers = tiers;
        this.placement = placement;
        this.bodies = bodies;
    }

    @PostMapping("/api/keys/generate")
    @ResponseStatus(HttpStatus.CREATED)
    @Keyless
    @Operation(operationId = "generateKey", summary = "Create an organization and its API key",
            description = "Needs no key. Whether it needs the operator's token, in X-Admin-Token, GET /api/service "
                    + "tells: with registration `closed` always, with `default_tier` for any other tier, with `open` "
                    + "where one is configured. The key may do everything, and is shown once.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = KeyRequest.class))))
    KeyAnswers.@Nullable Generated generate(@Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws IOException {
        boolean operator = this.registration.isOperator(request);
        byte[] body = this.bodies.read(request, LONGEST_BODY);
        KeyRequest asked = KeyRequest.read(JsonFields.parse(body));
        String tier = asked.tierOrDefault();
        this.registration.admit(operator, tier, request);
        if (this.placement.createdElsewhere(null, request, response, body)) {
            return null;
        }
        IssuedKey issued = this.issuer.issue(asked.organizationName(), tier);
        Caller owner = issued.owner();
        return new KeyAnswers.Generated(issued.key().reveal(), owner.organizationId(), owner.organizationName(), tier,
                this.tiers.limitPerMinute(tier), issued.issuedAt(), "API key generated", KeyAnswers.WARNING);
    }

    @GetMapping("/api/keys")
    @Requires(value = {}, restricted = true)
    @Operation(operationId = "getKey", summary = "Show the organization and the public prefix of its key")
    KeyAnswers.Details details(@Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpServletRequest request) {
        OrganizationDetails details = this.keys.details(caller.organizationId());
        UUID[] endpoints = caller.endpoints().ids();
        return new KeyAnswers.Details(AuthenticationFilter.publicPrefix(request), caller.organizationId(),
                caller.organizationName(), caller.tier(), this.tiers.limitPerMinute(caller.tier()),
                caller.access().isRestricted() ? null : details.webhookUrl(), caller.access().scopes().names(),
                caller.types().filters(), (endpoints != null) ? List.of(endpoints) : null, details.createdAt(),
                details.updatedAt(), "The key itself is shown only when it is generated or rotated.");
    }

    @PostMapping("/api/keys/rotate")
    @Requires(value = {}, restricted = true, suspended = true)
    @Operation(operationId = "rotateKey", summary = "Replace the API key",
            description = "The calling key alone: the new one has its name, scopes, restrictions and expiry. The old "
                    + "key stops working at once, on every instance, unless a grace period is asked for.",
            requestBody = @RequestBody(content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = RotationRequest.class))))
    KeyAnswers.Rotated rotate(@Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpServletRequest request) {
        OrganizationKeyController.requireKey(caller);
        RotationRequest asked = RotationRequest.read(JsonFields.parseOptional(this.bodies.read(request, LONGEST_BODY)));
        IssuedKey issued = this.issuer.rotate(caller, asked.gracePeriod());
        Caller owner = issued.owner();
        String message = asked.gracePeriod().isZero() ? "API key rotated; the old key no longer works"
                : "API key rotated; the old key works for " + asked.gracePeriod().toSeconds() + " more seconds";
        return new KeyAnswers.Rotated(issued.key().reveal(), owner.organizationId(), owner.organizationName(),
                issued.issuedAt(), message, KeyAnswers.WARNING);
    }

}
