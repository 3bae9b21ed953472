package dev.triggers.key;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sessions: access to a portal for somebody who has no key.
 */
@RestController
@RequestMapping("/api/portal/sessions")
@Tag(name = "Keys")
class PortalSessionController {

    private static final int LONGEST_BODY = 64 * 1024;

    private static final int SHORTEST = 60;

    private static final int BY_DEFAULT = 3_600;

    private static final int LONGEST = 86_400;

    private final PortalSessions sessions;

    private final BodyReader bodies;

    private final Elsewhere elsewhere;

    PortalSessionController(PortalSessions sessions, BodyReader bodies, Elsewhere elsewhere) {
        this.sessions = sessions;
        this.bodies = bodies;
        this.elsewhere = elsewhere;
    }

    @PostMapping
    @Requires({})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createSession", summary = "Make a link to the portal",
            description = "It works once, within 10 minutes, and opens a session that may do no more than the calling "
                    + "key, and ends with it. The token is in the URL's fragment, which no server sees.",
            requestBody = @RequestBody(content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = NewSession.class))))
    SessionLink create(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) HttpServletRequest request) {
        OrganizationKeyController.requireKey(caller);
        JsonFields fields = JsonFields.parseOptional(this.bodies.read(request, LONGEST_BODY));
        AccessRequest access = AccessRequest.read(fields);
        PortalSessions.Link link = this.sessions.open(caller, access, lifetime(fields), fields.text("return_url"));
        return new SessionLink(link.url(), link.token(), link.expiresAt());
    }

    static Duration lifetime(JsonFields fields) {
        Integer seconds = fields.integer("expires_in", SHORTEST, LONGEST);
        return Duration.ofSeconds((seconds != null) ? seconds : BY_DEFAULT);
    }

    @PostMapping("/exchange")
    @Keyless
    @Operation(operationId = "exchangeSession", summary = "Exchange a link's token for a session's key",
            description = "Once. The key is used like any other, in `X-API-Key`.",
            requestBody = @RequestBody(required = true,
                    content = @Content(mediaType = "application/json",
                            schema = @Schema(implementation = Exchange.class))))
    @Nullable SessionKey exchange(@Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response) throws IOException {
        byte[] body = this.bodies.read(request, LONGEST_BODY);
        String token = JsonFields.parse(body).requiredText("token");
        PortalSessions.Session session = this.sessions.exchange(token).orElse(null);
        if (session != null) {
            return new SessionKey(session.key().reveal(), session.exchanged().scopes().names(),
                    session.exchanged().expiresAt(), session.exchanged().returnUrl());
        }
        if (this.elsewhere.answer(token, request, response, body)) {
            return null;
        }
        throw ProblemException.of(ProblemKind.UNAUTHORIZED,
                "The link was used, has expired, or never was; ask for another");
    }

    @DeleteMapping
    @Requires(value = Scope.KEYS_WRITE, suspended = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "endSessions", summary = "End all sessions",
            description = "And the links to them, on every instance within a second.")
    void endAll(@Parameter(hidden = true) Caller caller) {
        this.sessions.endAll(caller);
    }

    /**
     * What a session is to be.
     *
     * @param scopes what it may do
     * @param expiresIn seconds until it ends
     * @param types the event types that it is held to
     * @param endpointIds the endpoints that it is held to
     * @param returnUrl where its page leads back to
     */
    @Schema(name = "SessionToMake")
    record NewSession(@Schema(defaultValue = "[\"events:read\", \"webhooks:read\"]") @Nullable List<String> scopes,
            @Schema(minimum = "60", maximum = "86400", defaultValue = "3600") @Nullable Integer expiresIn,
            @Nullable List<String> types, @Nullable List<UUID> endpointIds,
            @Schema(description = "http(s), of the service or of PORTAL_RETURN_ORIGINS") @Nullable String returnUrl) {
    }

    /**
     * A link.
     *
     * @param url what to open
     * @param token its token
     * @param expiresAt when the session ends
     */
    @Schema(name = "SessionLink")
    record SessionLink(String url, String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "SessionLink[****]";
        }

    }

    /**
     * What is exchanged.
     *
     * @param token the token of the link
     */
    @Schema(name = "SessionExchange")
    record Exchange(String token) {
    }

    /**
     * A session's key.
     *
     * @param apiKey the key, shown this once
     * @param scopes what it may do
     * @param expiresAt when it ends
     * @param returnUrl where the page leads back to
     */
    @Schema(name = "SessionKey")
    record SessionKey(String apiKey, List<String> scopes, Instant expiresAt, @Nullable String returnUrl) {

        @Override
        public String toString() {
            return "SessionKey[****]";
        }

    }

}
