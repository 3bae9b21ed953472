package dev.triggers.attempt;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import dev.triggers.attempt.AttemptRequests.SentRequest;
import dev.triggers.sending.AttemptDetail;
import dev.triggers.sending.AttemptFailure;
import dev.triggers.sending.HeaderLine;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An attempt with all that is known of it.
 *
 * @param eventId the event
 * @param endpointId the endpoint
 * @param number its number among the attempts of this delivery
 * @param type the event's type
 * @param outcome how it ended: a delivery that is retrying is tried again
 * @param startedAt when it began
 * @param durationMs how long it took
 * @param errorCode why it failed, a stable code
 * @param error the same in words
 * @param advice what its owner can do
 * @param request what was sent
 * @param response what was answered; null if nothing was
 * @param phases where the time went, in milliseconds
 * @param connection what it went over; null where it is not kept
 * @param traceId the trace that its request told the receiver of
 * @param previous the number of the attempt before
 * @param next the number of the attempt behind
 * @param nextAttemptAt when the next one is due
 * @param curl a command that sends the event again, signed anew; null without an endpoint
 * to send to, and for keys that may not write webhooks
 */
@Schema(name = "AttemptInFull")
record FullAttempt(UUID eventId, UUID endpointId, int number, String type, @Schema(allowableValues = {
        "succeeded", "retrying", "dead" }) String outcome, Instant startedAt, int durationMs,
        @Nullable String errorCode, @Nullable String error, @Nullable String advice, Request request,
        @Nullable Response response, Phases phases, @Nullable Connection connection, String traceId,
        @Nullable Integer previous, @Nullable Integer next, @Nullable Instant nextAttemptAt, @Nullable String curl){

    static FullAttempt of(AttemptRecord attempt, SentRequest request, @Nullable String curl) {
        AttemptFailure failure = AttemptFailure.ofCode(attempt.errorCode());
        AttemptDetail detail = attempt.detail();
        Integer status = attempt.responseStatus();
        return new FullAttempt(attempt.eventId(), attempt.endpointId(), attempt.number(), attempt.type(),
                AttemptOutcomes.name(attempt.outcome()), attempt.startedAt(), attempt.durationMs(), attempt.errorCode(),
                attempt.error(), (failure != null) ? failure.advice() : null, Request.of(request),
                (status != null) ? new Response(status, (detail != null) ? named(detail.headers()) : null,
                        attempt.responseBody()) : null,
                Phases.of(attempt, detail), (detail != null) ? new Connection(detail.kept(), detail.address()) : null,
                AttemptRequests.traceId(attempt), (attempt.previous() != null) ? attempt.previous().number() : null,
                attempt.next(), attempt.nextAttemptAt(), curl);
    }

    private static List<Header> named(@Nullable List<HeaderLine> lines) {
        return (lines != null) ? lines.stream().map((line) -> new Header(line.name(), line.value())).toList()
                : List.of();
    }

    /**
     * A header.
     *
     * @param name its name
     * @param value its value; null if it is not known any more
     */
    @Schema(name = "AttemptHeader")
    record Header(String name, @Nullable String value) {

    }

    /**
     * What was sent.
     *
     * @param method the method
     * @param url where it went; null if that is not known any more
     * @param headers the headers as they were sent; values of the endpoint's own are
     * masked
     * @param body the body
     * @param signatureMissing why the signature is null, if it is
     */
    @Schema(name = "AttemptRequest")
    record Request(String method, @Nullable String url, List<Header> headers, String body,
            @Nullable String signatureMissing) {

        static Request of(SentRequest sent) {
            return new Request(sent.method(), sent.url(), named(sent.headers()), sent.body(), sent.signatureMissing());
        }

    }

    /**
     * What was answered.
     *
     * @param status the status
     * @param headers the first 4 KiB of the headers; null where they are not kept
     * @param body the first KiB of the body
     */
    @Schema(name = "AttemptResponse")
    record Response(int status, @Nullable List<Header> headers, @Nullable String body) {

    }

    /**
     * Where the time went, in milliseconds; null where it is not known, or did not come
     * to it.
     *
     * @param queued from when it was due until it began
     * @param dns looking up the host
     * @param connect connecting
     * @param tls the TLS handshake
     * @param firstByte from the request to the end of the answer's head
     * @param total all of the attempt
     */
    @Schema(name = "AttemptPhases")
    record Phases(@Nullable Long queued, @Nullable Integer dns, @Nullable Integer connect, @Nullable Integer tls,
            @Nullable Integer firstByte, int total) {

        static Phases of(AttemptRecord attempt, @Nullable AttemptDetail detail) {
            if (detail == null) {
                return new Phases(attempt.queuedMs(), null, null, null, null, attempt.durationMs());
            }
            return new Phases(attempt.queuedMs(), detail.dnsMs(), detail.connectMs(), detail.tlsMs(),
                    detail.firstByteMs(), attempt.durationMs());
        }

    }

    /**
     * What the attempt went over.
     *
     * @param kept whether the connection was kept from an earlier request
     * @param address what was connected to; null if nothing was
     */
    @Schema(name = "AttemptConnection")
    record Connection(boolean kept, @Nullable String address) {

    }

}
