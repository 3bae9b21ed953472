package dev.triggers.attempt;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.time.UuidV7;
import dev.triggers.web.PathId;
import dev.triggers.web.PlainText;
import dev.triggers.web.PointInTime;
import dev.triggers.web.ProblemException;
import dev.triggers.web.QueryParameters;
import org.jspecify.annotations.Nullable;

/**
 * Which attempts a listing shows.
 *
 * @param endpointId of which endpoint; null: all
 * @param low the lowest event
 * @param high the highest event
 * @param type of which types; null: all
 * @param outcomes how they ended, by the letters that are stored
 * @param lowestStatus the range of the answers' statuses; null: with and without an
 * answer
 * @param highestStatus its end
 * @param errorCode why they failed; null: whether they failed or not
 * @param since when they began, at the earliest
 * @param until before when they began
 */
record AttemptFilter(@Nullable UUID endpointId, UUID low, UUID high, @Nullable TypeFilter type, List<String> outcomes,
        @Nullable Integer lowestStatus, @Nullable Integer highestStatus, @Nullable String errorCode, Instant since,
        Instant until) {

    private static final UUID LAST = new UUID(-1, -1);

    private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

    private static final Map<String, List<String>> OUTCOMES = Map.of("all", AttemptOutcomes.ALL, "succeeded",
            List.of("d"), "failed", AttemptOutcomes.FAILED, "retrying", List.of("r"), "dead", List.of("f"));

    private static final Pattern STATUS = Pattern.compile("([1-9])(?:xx|([0-9]{2}))");

    /**
     * Those of one endpoint, of events accepted since.
     */
    static AttemptFilter of(UUID endpointId, Instant acceptedSince, List<String> outcomes) {
        return new AttemptFilter(endpointId, UuidV7.floor(acceptedSince), LAST, null, outcomes, null, null, null,
                Instant.EPOCH, END);
    }

    static AttemptFilter of(QueryParameters query) {
        String endpoint = query.text("endpoint_id");
        String event = query.text("event_id");
        String since = query.text("since");
        String until = query.text("until");
        Instant from = (since != null) ? PointInTime.parse("since", since) : Instant.EPOCH;
        Instant to = (until != null) ? PointInTime.parse("until", until) : END;
        UUID eventId = (event != null) ? PathId.parse("event_id", event) : null;
        Range status = Range.parse(query.text("status"));
        String code = query.text("error_code");
        return new AttemptFilter((endpoint != null) ? PathId.parse("endpoint_id", endpoint) : null,
                (eventId != null) ? eventId : UuidV7.floor(from.truncatedTo(ChronoUnit.DAYS)),
                (eventId != null) ? eventId : (until != null) ? UuidV7.floor(to) : LAST,
                TypeFilter.parse(query.text("type")), outcomes(query.text("outcome")), status.low, status.high,
                (code != null) ? PlainText.require("error_code", code) : null, from, to);
    }

    private static List<String> outcomes(@Nullable String text) {
        List<String> outcomes = OUTCOMES.get((text != null) ? text : "all");
        if (outcomes == null) {
            throw ProblemException.invalid("outcome", "must be all, succeeded, failed, retrying or dead");
        }
        return outcomes;
    }

    private record Range(@Nullable Integer low, @Nullable Integer high) {

        static Range parse(@Nullable String text) {
            if (text == null) {
                return new Range(null, null);
            }
            var matcher = STATUS.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw ProblemException.invalid("status", "must be a status like 503, or a class of them like 5xx");
            }
            int hundreds = Integer.parseInt(matcher.group(1)) * 100;
            return (matcher.group(2) == null) ? new Range(hundreds, hundreds + 99)
                    : new Range(Integer.parseInt(text), Integer.parseInt(text));
        }

    }

}
