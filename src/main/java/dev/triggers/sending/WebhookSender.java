package dev.triggers.sending;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.sending.AttemptDeadlines.Deadline;
import dev.triggers.trace.AttemptSpan;
import dev.triggers.webhook.Endpoint;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/**
 * Makes one attempt: posts an event to an endpoint and says what came of it. It touches
 * no database, and always returns within the timeout and the moment in which that is
 * noticed.
 */
@Component
public class WebhookSender {

    private static final Logger logger = LoggerFactory.getLogger(WebhookSender.class);

    /**
     * Bytes of an answer's body that are read, so that its connection can be used again.
     */
    private static final int READ = 64 * 1024;

    /** What a success that took longer went through is kept too. */
    private static final Duration LONG = Duration.ofSeconds(1);

    /** Bytes of an answer's body that are kept. */
    private static final int KEPT = 1024;

    private static final int LONGEST_LOCATION = 500;

    private final WebhookConnections connections;

    private final InProcessReceiver own;

    private final AttemptDeadlines deadlines;

    private final SendingProperties properties;

    private final Clock clock;

    private final String userAgent;

    WebhookSender(WebhookConnections connections, InProcessReceiver own, AttemptDeadlines deadlines,
            SendingProperties properties, Clock clock, @Nullable BuildProperties build) {
        this.connections = connections;
        this.own = own;
        this.deadlines = deadlines;
        this.properties = properties;
        this.clock = clock;
        this.userAgent = "ZapierTriggers/" + ((build != null) ? build.getVersion() : "development");
    }

    /** After which an attempt is ended. */
    public Duration timeout() {
        return this.properties.timeout();
    }

    /** What the service calls itself in requests. */
    public String userAgent() {
        return this.userAgent;
    }

    /** Whether bodies hold the payload under its other names too. */
    public boolean bodyAliases() {
        return this.properties.bodyAliases();
    }

    /**
     * The present time as attempts begin at it: as exact as it can be stored.
     */
    public Instant now() {
        return this.clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * Makes the attempt.
     * @param endpoint where to
     * @param eventId the event, which is the message's {@code webhook-id}
     * @param type its type
     * @param payload its payload, as posted
     * @param startedAt the present time
     * @param span what records it, if it is traced
     */
    public AttemptResult send(Endpoint endpoint, UUID eventId, String type, String payload, Instant startedAt,
            @Nullable AttemptSpan span) {
        byte[] body = DeliveryBody.of(eventId, type, payload, this.properties.bodyAliases());
        HttpPost request = WebhookRequest.of(endpoint, new RequestHeaders(eventId, endpoint.id(), type, startedAt,
                this.userAgent, (span != null) ? span.sent() : null), body);
        Answer answer = new Answer();
        AttemptResult result = this.own.receives(endpoint.url().uri()) ? handOver(endpoint, request, body)
                : send(request, answer);
        if (span != null) {
            AttemptDetail detail = answer.milestones.detail();
            span.answered(result.status(),
                    (result instanceof AttemptResult.Failure failure) ? failure.failure().code() : null,
                    detail.address(), detail.phases());
        }
        return result;
    }

    private AttemptResult send(HttpPost request, Answer answer) {
        try (Deadline _ = this.deadlines.after(this.properties.timeout(), () -> {
            answer.late = true;
            request.cancel();
        })) {
            post(request, answer);
        }
        catch (IOException | RuntimeException ex) {
            if (ex.getCause() instanceof WebhookRequestExecutor.SwitchedException) {
                answer.status = HttpStatus.SC_SWITCHING_PROTOCOLS;
            }
            // Once the head was there, nothing that the body does matters.
            if (!answer.begun()) {
                return failure(answer, ex);
            }
        }
        return answer.result();
    }

    private AttemptResult handOver(Endpoint endpoint, HttpPost request, byte[] body) {
        List<HeaderLine> headers = new ArrayList<>();
        for (Header header : request.getHeaders()) {
            headers.add(new HeaderLine(header.getName(), header.getValue()));
        }
        InProcessReceiver.Reply reply = this.own.receive(endpoint.url().uri(), headers, body,
                this.properties.timeout());
        Integer status = reply.status();
        if (status == null) {
            return AttemptResult.Failure.of(AttemptFailure.RESPONSE_TIMEOUT);
        }
        byte[] answered = reply.body().getBytes(StandardCharsets.UTF_8);
        Excerpt excerpt = Excerpt.EMPTY.plus(answered, Math.min(answered.length, KEPT));
        if (status / 100 == 2) {
            return new AttemptResult.Success(status, excerpt, null);
        }
        return new AttemptResult.Failure(AttemptFailure.ofStatus(status), status, excerpt,
                RetryAfter.slows(status) ? reply.retryAfter() : null, null, null);
    }

    /** Once more within the same deadline, if the receiver had closed the connection. */
    private void post(HttpPost request, Answer answer) throws IOException {
        try {
            this.connections.exchange(request, answer.context, answer::read);
        }
        catch (WebhookRequestExecutor.ClosedException ex) {
            if (answer.late) {
                throw ex;
            }
            answer.anew();
            this.connections.exchange(request, answer.context, answer::read);
        }
    }

    private static AttemptResult failure(Answer answer, Exception ex) {
        AttemptFailure failure = answer.late ? AttemptFailure.RESPONSE_TIMEOUT : AttemptFailure.of(ex);
        if (failure == AttemptFailure.RESPONSE_TIMEOUT && answer.context.getEndpointDetails() == null) {
            // Set when there is a connection that a request can go over.
            failure = WebhookHttpConfiguration.handshakeBegan(answer.context) ? AttemptFailure.TLS_HANDSHAKE_TIMEOUT
                    : AttemptFailure.CONNECT_TIMEOUT;
        }
        if (failure == AttemptFailure.INTERNAL_ERROR) {
            logger.warn("An attempt failed in a way that has no name", ex);
        }
        return AttemptResult.Failure.of(failure, answer.milestones.detail());
    }

    /** What has arrived of the answer so far. */
    private final class Answer {

        private final long began = System.nanoTime();

        private final Milestones milestones = new Milestones();

        private HttpClientContext context = WebhookRequestExecutor.anyConnection();

        private volatile boolean late;

        private int status;

        private @Nullable Duration retryAfter;

        private @Nullable String location;

        private Excerpt body = Excerpt.EMPTY;

        Answer() {
            this.milestones.attachTo(this.context);
        }

        void anew() {
            this.context = WebhookRequestExecutor.newConnection();
            this.milestones.attachTo(this.context);
        }

        boolean begun() {
            return this.status != 0;
        }

        /** What is left of a long one is not worth reading for the connection's sake. */
        boolean read(ClassicHttpResponse response) throws IOException {
            this.status = response.getCode();
            this.milestones.headers(response.getHeaders());
            this.retryAfter = RetryAfter.of(response, WebhookSender.this.clock);
            this.location = (this.status / 100 == 3) ? location(response.getFirstHeader("Location")) : null;
            HttpEntity entity = response.getEntity();
            return entity == null || readBody(entity.getContent(), entity.getContentLength());
        }

        /**
         * Any bytes may stand there; what is no visible ASCII does not belong into a URL.
         */
        private static @Nullable String location(@Nullable Header header) {
            if (header == null || header.getValue() == null) {
                return null;
            }
            String visible = header.getValue().replaceAll("[^\\x21-\\x7e]", "?");
            return (visible.length() > LONGEST_LOCATION) ? visible.substring(0, LONGEST_LOCATION) + "..." : visible;
        }

        private boolean readBody(InputStream content, long length) throws IOException {
            byte[] buffer = new byte[(length > 0 && length < KEPT) ? (int) length : KEPT];
            int total = 0;
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                if (total < KEPT) {
                    this.body = this.body.plus(buffer, Math.min(n, KEPT - total));
                }
                total += n;
                if (total >= READ) {
                    return false;
                }
            }
            return true;
        }

        AttemptResult result() {
            if (this.status / 100 == 2) {
                boolean slow = System.nanoTime() - this.began > LONG.toNanos();
                return new AttemptResult.Success(this.status, this.body, slow ? this.milestones.detail() : null);
            }
            return new AttemptResult.Failure(AttemptFailure.ofStatus(this.status), this.status, this.body,
                    this.retryAfter, this.location, this.milestones.detail());
        }

    }

}
