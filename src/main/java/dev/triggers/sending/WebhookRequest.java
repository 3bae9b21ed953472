package dev.triggers.sending;

import java.util.StringJoiner;
import java.util.TreeMap;

import dev.triggers.webhook.Endpoint;
import dev.triggers.webhook.SigningSecret;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * The request that carries an event: headers, body, and the signatures of
 * <a href="https://www.standardwebhooks.com">Standard Webhooks</a> over
 * {@code id.timestamp.body}, one for each live secret.
 */
final class WebhookRequest {

    private WebhookRequest() {
    }

    static HttpPost of(Endpoint endpoint, RequestHeaders headers, byte[] body) {
        HttpPost request = new HttpPost(endpoint.url().uri());
        // In an order that can be told later
        new TreeMap<>(endpoint.headers()).forEach(request::setHeader);
        byte[] signed = headers.signedContent(body);
        StringJoiner signatures = new StringJoiner(" ");
        for (SigningSecret secret : endpoint.secrets()) {
            signatures.add(secret.signature(signed));
        }
        for (HeaderLine line : headers.lines(signatures.toString())) {
            request.setHeader(line.name(), line.value());
        }
        for (HeaderLine line : RequestHeaders.ofHttp(request.getAuthority().toString(), body.length)) {
            request.setHeader(line.name(), line.value());
        }
        request.setEntity(new ByteArrayEntity(body, null));
        return request;
    }

}
