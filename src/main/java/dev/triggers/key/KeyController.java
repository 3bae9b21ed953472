package dev.triggers.key;

import java.util.Collection;

import dev.triggers.key.KeyIssuer.IssuedKey;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

    private final KeyProperties properties;

    private final Tiers tiers;

    private final AdminToken adminToken;

    private final BodyReader bodies;

    KeyController(KeyIssuer issuer, KeyRepository keys, KeyProperties properties, Tiers tiers, AdminToken adminToken,
            BodyReader bodies) {
        this.issuer = issuer;
        this.keys = keys;
        this.properties = properties;
        this.tiers = tiers;
        this.adminToken = adminToken;
        this.bodies = bodies;
    }

    @PostMapping("/api/keys/generate")
    @ResponseStatus(HttpStatus.CREATED)
    @Keyless
    @Operation(operationId = "generateKey", summary = "Create an organization and its API key",
            description = "Needs no key; where the operator set ADMIN_TOKEN, the header X-Admin-Token must hold it. "
                    + "The key is shown once.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = KeyRequest.class))))
    KeyAnswers.Generated generate(@Parameter(hidden = true) HttpServletRequest request, HttpServletResponse response) {
        this.adminToken.require(request.getHeader("X-Admin-Token"));
        KeyRequest asked = KeyRequest.read(JsonFields.parse(this.bodies.read(request, LONGEST_BODY)));
        String tier = asked.tierOrDefault();
        Collection<String> known = this.properties.tierLimits().names();
        if (!known.contains(tier)) {
            throw ProblemException.unprocessable("tier", "must be one of " + String.join(", ", known));
        }
        IssuedKey issued = this.issuer.issue(asked.organizationName(), tier);
        neverStored(response);
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
        return new KeyAnswers.Details(AuthenticationFilter.publicPrefix(request), caller.organizationId(),
                caller.organizationName(), caller.tier(), this.tiers.limitPerMinute(caller.tier()),
                details.webhookUrl(), details.createdAt(), details.updatedAt(),
                "The key itself is shown only when it is generated or rotated.");
    }

    @PostMapping("/api/keys/rotate")
    @Requires(value = {}, restricted = true)
    @Operation(operationId = "rotateKey", summary = "Replace the API key",
            description = "The old key stops working at once, on every instance, unless a grace period is asked for.",
            requestBody = @RequestBody(content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = RotationRequest.class))))
    KeyAnswers.Rotated rotate(@Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) HttpServletRequest request, HttpServletResponse response) {
        RotationRequest asked = RotationRequest.read(JsonFields.parseOptional(this.bodies.read(request, LONGEST_BODY)));
        IssuedKey issued = this.issuer.rotate(caller, asked.gracePeriod());
        neverStored(response);
        Caller owner = issued.owner();
        String message = asked.gracePeriod().isZero() ? "API key rotated; the old key no longer works"
                : "API key rotated; the old key works for " + asked.gracePeriod().toSeconds() + " more seconds";
        return new KeyAnswers.Rotated(issued.key().reveal(), owner.organizationId(), owner.organizationName(),
                issued.issuedAt(), message, KeyAnswers.WARNING);
    }

    private static void neverStored(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }

}
