package dev.triggers.client.spring;

import dev.triggers.client.Webhook;
import dev.triggers.client.WebhookException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.server.ResponseStatusException;

/** Gives controllers a {@link Webhook.Delivery} that was checked, and answers 401 to what is none. */
public final class DeliveryArgumentResolver implements HandlerMethodArgumentResolver {

    private static final int MOST_BYTES = 1_048_576;

    private final Webhook webhook;

    /** Checks against the keys of the webhook. */
    public DeliveryArgumentResolver(Webhook webhook) {
        this.webhook = webhook;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Webhook.Delivery.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request, WebDataBinderFactory binders)
            throws IOException {
        HttpServletRequest native_ = request.getNativeRequest(HttpServletRequest.class);
        // The bytes as they came: nothing may have parsed them before.
        byte[] body = native_.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ResponseStatusException(HttpStatus.valueOf(413), "a body of more than " + MOST_BYTES + " bytes");
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Collections.list(native_.getHeaderNames()).forEach((name) -> headers.put(name, Collections.list(native_.getHeaders(name))));
        try {
            return this.webhook.verify(headers, body);
        }
        catch (WebhookException ex) {
            throw new ResponseStatusException(HttpStatus.UNAUTHORIZED, "not a delivery: " + ex.part(), ex);
        }
    }

}
