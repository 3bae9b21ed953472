package dev.triggers.attempt;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import dev.triggers.sending.DeliveryBody;
import dev.triggers.sending.HeaderLine;
import dev.triggers.sending.RequestHeaders;
import dev.triggers.sending.WebhookSender;
import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.EndpointRevision;
import dev.triggers.webhook.EndpointRevisionRepository;
import dev.triggers.webhook.SigningSecret;
import dev.triggers.webhook.UnreadableSecretException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What requests were, told from what is known of their attempts: nothing of them is
 * stored.
 */
@Component
class AttemptRequests {

    /** Stands for the value of a header of the endpoint's own. */
    private static final String MASK = "****";

    private final EndpointRevisionRepository revisions;

    private final WebhookSender sender;

    AttemptRequests(EndpointRevisionRepository revisions, WebhookSender sender) {
        this.revisions = revisions;
        this.sender = sender;
    }

    SentRequest sent(AttemptRecord attempt, String payload) {
        Integer number = attempt.revision();
        EndpointRevision revision = (number != null) ? this.revisions.find(attempt.endpointId(), number) : null;
        String agent = attempt.userAgent();
        byte[] body = DeliveryBody.of(attempt.eventId(), attempt.type(), payload, attempt.bodyAliases());
        String text = new String(body, StandardCharsets.UTF_8);
        if (revision == null || agent == null) {
            return new SentRequest("POST", null, List.of(), text, "what the request was made of is not known any more");
        }
        RequestHeaders headers = new RequestHeaders(attempt.eventId(), attempt.endpointId(), attempt.type(),
                attempt.startedAt(), agent, attempt.trace());
        List<SigningSecret> secrets = secrets(attempt.endpointId(), revision.secretIds());
        boolean signed = !secrets.isEmpty();
        List<HeaderLine> lines = lines(revision.headerNames(),
                headers.lines(signed ? signature(headers, body, secrets) : null), body.length,
                authority(revision.url()));
        return new SentRequest("POST", revision.url(), lines, text,
                signed ? null : "a secret that made the signature does not exist any more");
    }

    /** The trace that the receiver was told of. */
    static String traceId(AttemptRecord attempt) {
        return new RequestHeaders(attempt.eventId(), attempt.endpointId(), attempt.type(), attempt.startedAt(), "",
                attempt.trace())
            .trace()
            .traceId();
    }

    /** In the order in which they are sent. */
    private static List<HeaderLine> lines(List<String> own, List<HeaderLine> ours, int bodyBytes,
            @Nullable String host) {
        List<HeaderLine> lines = new ArrayList<>();
        own.forEach((name) -> lines.add(new HeaderLine(name, MASK)));
        lines.addAll(ours);
        lines.addAll(RequestHeaders.ofHttp(host, bodyBytes));
        return lines;
    }

    private static @Nullable String authority(String url) {
        URI uri = URI.create(url);
        return (uri.getPort() < 0) ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** All that are named; none if one is gone. */
    private List<SigningSecret> secrets(UUID endpointId, List<String> ids) {
        try {
            Map<String, SigningSecret> existing = this.revisions.secrets(endpointId);
            return existing.keySet().containsAll(ids)
                    ? ids.stream().map(existing::get).filter((secret) -> secret != null).toList() : List.of();
        }
        catch (UnreadableSecretException ex) {
            return List.of();
        }
    }

    private static String signature(RequestHeaders headers, byte[] body, List<SigningSecret> secrets) {
        byte[] content = headers.signedContent(body);
        return secrets.stream().map((secret) -> secret.signature(content)).collect(Collectors.joining(" "));
    }

    /**
     * A command that sends the event to the endpoint as it is now, signed at the given
     * time.
     */
    String curl(Endpoint endpoint, AttemptRecord attempt, String payload, Instant now) {
        byte[] body = DeliveryBody.of(attempt.eventId(), attempt.type(), payload, this.sender.bodyAliases());
        RequestHeaders headers = new RequestHeaders(attempt.eventId(), endpoint.id(), attempt.type(), now,
                this.sender.userAgent(), null);
        return CurlCommand.of(endpoint.url().toString(), endpoint.headers().keySet().stream().sorted().toList(),
                headers.lines(signature(headers, body, endpoint.secrets())), new String(body, StandardCharsets.UTF_8));
    }

    /**
     * A request as it was sent.
     *
     * @param method its method
     * @param url where it went; null if it is not known any more
     * @param headers its headers
     * @param body its body
     * @param signatureMissing why the signature can't be told; null if it can
     */
    record SentRequest(String method, @Nullable String url, List<HeaderLine> headers, String body,
            @Nullable String signatureMissing) {

    }

}
