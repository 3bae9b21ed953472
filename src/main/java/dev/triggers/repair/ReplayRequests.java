package dev.triggers.repair;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

import dev.triggers.database.DatabaseProperties;
import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Caller;
import dev.triggers.web.JsonFields;
import dev.triggers.web.PathId;
import dev.triggers.web.PointInTime;
import dev.triggers.web.ProblemException;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointDirectory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads what a replay is asked for with.
 */
@Component
class ReplayRequests {

    private static final int HIGHEST_RATE = 10_000;

    private static final int LONGEST_CODE = 64;

    private final EndpointDirectory directory;

    private final DatabaseProperties database;

    private final Clock clock;

    ReplayRequests(EndpointDirectory directory, DatabaseProperties database, Clock clock) {
        this.directory = directory;
        this.database = database;
        this.clock = clock;
    }

    ReplayOrder parse(Caller caller, JsonFields fields) {
        JsonFields given = fields.object("filter");
        if (given == null) {
            throw ProblemException.invalid("filter", "is required");
        }
        Instant since = PointInTime.parse("filter.since", given.requiredText("since"));
        Instant kept = kept();
        ReplayFilter filter = filter(caller, given, since.isBefore(kept) ? kept : since);
        UUID to = endpoint(caller, "to_endpoint_id", fields.text("to_endpoint_id"));
        boolean again = Boolean.TRUE.equals(fields.flag("again"));
        if (again && to == null) {
            throw ProblemException.invalid("again", "has a meaning only beside to_endpoint_id");
        }
        return new ReplayOrder(caller.organizationId(), filter, since.isBefore(kept), false,
                fields.integer("rate_per_second", 1, HIGHEST_RATE), to, again);
    }

    private ReplayFilter filter(Caller caller, JsonFields given, Instant since) {
        UUID endpoint = endpoint(caller, "filter.endpoint_id", given.text("endpoint_id"));
        return new ReplayFilter(endpoint, type(given.text("type")), caller.types(),
                ReplayOutcome.parse(given.text("outcome")), errorCode(given.text("error_code")), since,
                until(given.text("until"), since));
    }

    /** Ids of this millisecond are behind it. */
    private Instant until(@Nullable String text, Instant since) {
        Instant latest = this.clock.instant().plusMillis(1);
        Instant until = (text != null) ? PointInTime.parse("filter.until", text) : latest;
        if (!until.isAfter(since)) {
            throw ProblemException.invalid((text != null) ? "filter.until" : "filter.since",
                    "leaves no time between since and until");
        }
        return until.isAfter(latest) ? latest : until;
    }

    private static @Nullable String type(@Nullable String text) {
        try {
            return (TypeFilter.parse(text) != null) ? text : null;
        }
        catch (ProblemException ex) {
            throw ProblemException.invalid("filter.type",
                    "must be 1 to 255 characters, none of them a control character");
        }
    }

    private static @Nullable String errorCode(@Nullable String text) {
        if (text != null && (text.isEmpty() || text.length() > LONGEST_CODE
                || !text.chars().allMatch((c) -> c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))) {
            throw ProblemException.invalid("filter.error_code", "must be an error code of an attempt");
        }
        return text;
    }

    private @Nullable UUID endpoint(Caller caller, String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        UUID id = PathId.parse(text);
        if (id == null) {
            throw ProblemException.invalid(field, "must be a UUID");
        }
        Endpoint endpoint = this.directory.find(id);
        if (endpoint == null || !endpoint.organizationId().equals(caller.organizationId())) {
            throw ProblemException.notFound("Webhook");
        }
        return endpoint.id();
    }

    private Instant kept() {
        return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC)
            .minusDays(this.database.retentionDays())
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    }

}
