package dev.triggers.sending;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import dev.triggers.webhook.Endpoint;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * The request that carries an event: headers, body, and the signatures of
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> over
 * {@code id.timestamp.body}, one for each live secret.
 */
final class WebhookRequest {

    /** JSON has no parameter for its charset, which is UTF-8 (RFC 8259). */
    private static final ContentType JSON = ContentType.create("application/json");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private WebhookRequest() {
    }

    static HttpPost of(Endpoint endpoint, UUID eventId, String type, byte[] body, Instant now, String userAgent) {
        HttpPost request = new HttpPost(endpoint.url().uri());
        String id = eventId.toString();
        String headerType = headerValue(type);
        long timestamp = now.getEpochSecond();
        endpoint.headers().forEach(request::setHeader);
        request.setHeader("User-Agent", userAgent);
        request.setHeader("X-Event-ID", id);
        request.setHeader("X-Event-Type", headerType);
        request.setHeader("X-Zapier-Event-Id", id);
        request.setHeader("X-Zapier-Event-Type", headerType);
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", Long.toString(timestamp));
        byte[] signed = signedContent(id, timestamp, body);
        request.setHeader("webhook-signature",
                endpoint.secrets().stream().map((secret) -> secret.signature(signed)).collect(Collectors.joining(" ")));
        request.setHeader("traceparent", traceparent(id));
        request.setEntity(new ByteArrayEntity(body, JSON));
        return request;
    }

    private static byte[] signedContent(String id, long timestamp, byte[] body) {
        byte[] prefix = (id + "." + timestamp + ".").getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream content = new ByteArrayOutputStream(prefix.length + body.length);
        content.writeBytes(prefix);
        content.writeBytes(body);
        return content.toByteArray();
    }

    /** All attempts of an event belong to one trace (W3C Trace Context), each a span. */
    private static String traceparent(String id) {
        long span = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
        return "00-" + id.replace("-", "") + "-" + HexFormat.of().toHexDigits(span) + "-01";
    }

    /**
     * The type as a header can hold it: percent-encoded UTF-8, if it is not ASCII.
     */
    static String headerValue(String type) {
        if (type.chars().allMatch((c) -> c < 0x7f)) {
            return type;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : type.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '%') {
                encoded.append((char) b);
            }
            else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

}
