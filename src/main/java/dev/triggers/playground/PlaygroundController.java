package dev.triggers.playground;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.triggers.key.Caller;
import dev.triggers.key.PlaygroundUrls;
import dev.triggers.key.Requires;
import dev.triggers.key.Scope;
import dev.triggers.time.UuidV7;
import dev.triggers.web.BodyReader;
import dev.triggers.web.JsonFields;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.web.QueryParameters;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Receivers for a try, made and looked into.
 */
@RestController
@RequestMapping("/api/playground")
@Tag(name = "Playground")
class PlaygroundController {

    private static final Duration LIFETIME = Duration.ofHours(1);

    /** Of an organization. */
    private static final int MOST = 20;

    private static final int LONGEST_BODY = 4 * 1024;

    private final PlaygroundRepository playgrounds;

    private final PlaygroundUrls urls;

    private final UuidV7 ids;

    private final BodyReader bodies;

    PlaygroundController(PlaygroundRepository playgrounds, PlaygroundUrls urls, UuidV7 ids, BodyReader bodies) {
        this.playgrounds = playgrounds;
        this.urls = urls;
        this.ids = ids;
        this.bodies = bodies;
    }

    @PostMapping
    @Requires(Scope.WEBHOOKS_WRITE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createPlayground", summary = "Make a receiver for a try",
            description = "For an hour; an organization may have 20. Its `url` takes any request, and may be an endpoint's: "
                    + "then deliveries are handed over without a connection, up to 600 a minute. From outside it takes "
                    + "60 a minute. The first 16 KiB of each body and the latest 4 MiB of all are kept. 404 where the "
                    + "operator has no playground.")
    MadePlayground create(@Parameter(hidden = true) Caller caller) {
        requireOn();
        String token = this.urls.newToken();
        String url = this.urls.url(token);
        Instant expiresAt = this.playgrounds.insert(this.ids.next(), caller.organizationId(), token, LIFETIME, MOST)
            .orElseThrow(() -> ProblemException.of(ProblemKind.CONFLICT,
                    "An organization may have " + MOST + " playgrounds at a time"))
            .toInstant();
        return new MadePlayground(url, token, expiresAt);
    }

    @GetMapping
    @Requires(Scope.WEBHOOKS_READ)
    @Operation(operationId = "listPlaygrounds", summary = "List the receivers for a try",
            description = "The newest first.")
    PlaygroundList list(@Parameter(hidden = true) Caller caller) {
        requireOn();
        return new PlaygroundList(this.playgrounds.list(caller.organizationId())
            .stream()
            .map((found) -> new PlaygroundView(this.urls.url(found.token()), found.token(), found.createdAt(),
                    found.expiresAt(), found.received(), found.answer()))
            .toList());
    }

    @DeleteMapping("/{token}")
    @Requires(Scope.WEBHOOKS_WRITE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "deletePlayground", summary = "End a receiver for a try",
            description = "With what it took. Deliveries to it fail with 410 from then on, which disables their endpoint.")
    void delete(@Parameter(hidden = true) Caller caller, @PathVariable String token) {
        requireOn();
        if (!this.playgrounds.delete(caller.organizationId(), token)) {
            throw notFound();
        }
    }

    @PutMapping("/{token}/answer")
    @Requires(Scope.WEBHOOKS_WRITE)
    @Operation(operationId = "setPlaygroundAnswer", summary = "Say what a receiver answers",
            description = "From the next request on; what is absent goes back to its default. 16 requests an instance "
                    + "are kept waiting at a time, by `delay_ms` or `hang`; others hear 503.",
            requestBody = @RequestBody(required = true, content = @Content(mediaType = "application/json",
                    schema = @Schema(implementation = ToAnswer.class))))
    Answer setAnswer(@Parameter(hidden = true) Caller caller, @PathVariable String token,
            @Parameter(hidden = true) HttpServletRequest request) {
        requireOn();
        Answer answer = Answer.read(JsonFields.parse(this.bodies.read(request, LONGEST_BODY)));
        if (!this.playgrounds.setAnswer(caller.organizationId(), token, answer)) {
            throw notFound();
        }
        return answer;
    }

    @GetMapping("/{token}/requests")
    @Requires(Scope.EVENTS_READ)
    @Operation(operationId = "listPlaygroundRequests", summary = "Show what a receiver took",
            description = "The latest first, from any instance.")
    @Parameter(name = "limit", in = ParameterIn.QUERY,
            schema = @Schema(type = "integer", minimum = "1", maximum = "100", defaultValue = "20"))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(type = "string"),
            description = "The next_cursor of an earlier answer")
    PlaygroundRequests requests(@Parameter(hidden = true) Caller caller, @PathVariable String token,
            @Parameter(hidden = true) HttpServletRequest request) {
        requireOn();
        QueryParameters query = QueryParameters.of(request);
        int limit = query.clamped("limit", 20, 1, 100);
        Long before = before(query.text("cursor"));
        Playground playground = this.playgrounds.find(caller.organizationId(), token)
            .orElseThrow(PlaygroundController::notFound);
        List<KeptRequest> found = this.playgrounds.requests(playground.id(), before, limit + 1);
        boolean more = found.size() > limit;
        List<KeptRequest> page = more ? found.subList(0, limit) : found;
        return new PlaygroundRequests(page, more ? Long.toString(page.getLast().id()) : null, more);
    }

    private static @Nullable Long before(@Nullable String cursor) {
        try {
            return (cursor != null) ? Long.valueOf(cursor) : null;
        }
        catch (NumberFormatException ex) {
            throw ProblemException.invalid("cursor", "is none of this listing");
        }
    }

    private void requireOn() {
        if (!this.urls.enabled()) {
            throw ProblemException.of(ProblemKind.NOT_FOUND, "The operator has no playground here");
        }
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("Playground");
    }

    /**
     * What a receiver is to answer; what is left out goes back to its default.
     *
     * @param status the status
     * @param delayMs how long it takes
     * @param failurePercent so many of a hundred requests are answered 500 instead
     * @param retryAfter how many seconds it asks to be left alone
     * @param hang whether it does not answer at all
     */
    @Schema(name = "PlaygroundAnswerRequest")
    record ToAnswer(@Schema(minimum = "200", maximum = "599", defaultValue = "200") @Nullable Integer status,
            @Schema(minimum = "0", maximum = "30000", defaultValue = "0") @Nullable Integer delayMs,
            @Schema(minimum = "0", maximum = "100", defaultValue = "0",
                    description = "So many of a hundred requests are answered 500 instead") @Nullable Integer failurePercent,
            @Schema(minimum = "1", maximum = "86400") @Nullable Integer retryAfter,
            @Schema(defaultValue = "false", description = "Does not answer at all") @Nullable Boolean hang) {

    }

    /**
     * A receiver that was made.
     *
     * @param url where it is
     * @param token what it is called
     * @param expiresAt when it ends
     */
    @Schema(name = "MadePlayground")
    record MadePlayground(String url, String token, Instant expiresAt) {

    }

    /**
     * A receiver.
     *
     * @param url where it is
     * @param token what it is called
     * @param createdAt when it was made
     * @param expiresAt when it ends
     * @param received how many requests it took
     * @param answer what it answers
     */
    @Schema(name = "Playground")
    record PlaygroundView(String url, String token, Instant createdAt, Instant expiresAt, long received,
            Answer answer) {

    }

    /**
     * The receivers that have not ended.
     */
    @Schema(name = "PlaygroundList")
    record PlaygroundList(List<PlaygroundView> playgrounds) {

    }

    /**
     * What a receiver took.
     *
     * @param requests the latest first
     * @param nextCursor where the next ones begin; null: there are none
     * @param hasMore whether there are more
     */
    @Schema(name = "PlaygroundRequests")
    record PlaygroundRequests(List<KeptRequest> requests, @Nullable String nextCursor, boolean hasMore) {

    }

}
