package dev.triggers.key;

import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.PlainText;
import dev.triggers.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What an operator gives of an organization's access: keys, and ways into its portal.
 */
@RestController
@RequestMapping("/api/admin/organizations/{organization_id}")
@Tag(name = "Operator")
class OperatorKeyController {

    private static final int LONGEST_BODY = 64 * 1024;

    private final KeyIssuer issuer;

    private final OrganizationKeys keys;

    private final PortalSessions sessions;

    private final BodyReader bodies;

    private final Clock clock;

    OperatorKeyController(KeyIssuer issuer, OrganizationKeys keys, PortalSessions sessions, BodyReader bodies,
            Clock clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.sessions = sessions;
        this.bodies = bodies;
        this.clock = clock;
    }

    @PostMapping("/keys")
    @Keyless
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createOrganizationKey", summary = "Make a key of an organization",
            description = "With every scope, unless `scopes` says otherwise. It is shown once.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = OrganizationKeyController.NewKeyRequest.class))))
    OrganizationKeyController.MadeKey createKey(@PathVariable("organization_id") String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID organizationId = require(id);
        JsonFields fields = JsonFields.parse(this.bodies.read(request, LONGEST_BODY));
        String name = PlainText.require("name", fields.requiredText("name"));
        AccessRequest access = AccessRequest.read(fields);
        NewKey made = this.issuer.issue(organizationId, name, access, AccessRequest.expiry(fields, this.clock));
        return OrganizationKeyController.MadeKey.of(made.key(),
                OrganizationKey.of(this.keys.find(organizationId, made.id())));
    }

    @PostMapping("/portal-sessions")
    @Keyless
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createOrganizationSession", summary = "Make a link to an organization's portal",
            description = "It works once, within 10 minutes, and needs no key of the organization.",
            requestBody = @RequestBody(content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = PortalSessionController.NewSession.class))))
    PortalSessionController.SessionLink createSession(@PathVariable("organization_id") String id,
            @Parameter(hidden = true) HttpServletRequest request) {
        UUID organizationId = require(id);
        JsonFields fields = JsonFields.parseOptional(this.bodies.read(request, LONGEST_BODY));
        AccessRequest access = AccessRequest.read(fields);
        Duration lifetime = PortalSessionController.lifetime(fields);
        PortalSessions.Link link = this.sessions.open(organizationId, access, lifetime, fields.text("return_url"));
        return new PortalSessionController.SessionLink(link.url(), link.token(), link.expiresAt());
    }

    private UUID require(String id) {
        UUID organizationId = PathId.parse("organization_id", id);
        if (!this.keys.hasOrganization(organizationId)) {
            throw ProblemException.notFound("Organization");
        }
        return organizationId;
    }

}
