package dev.triggers.placement;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import dev.triggers.cell.Forwarder;
import dev.triggers.cell.Hop;
import dev.triggers.cell.OtherCell;
import dev.triggers.key.Elsewhere;
import dev.triggers.web.PathId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Sends what the operator asks of an organization to the cell that it lives in, with the
 * operator's token.
 */
@Component
class OperatorCalls implements HandlerInterceptor {

    private final Whereabouts whereabouts;

    private final Forwarder forwarder;

    OperatorCalls(Whereabouts whereabouts, Forwarder forwarder) {
        this.whereabouts = whereabouts;
        this.forwarder = forwarder;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        @Nullable Map<?, ?> variables = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables == null || variables.isEmpty() || Hop.isMarked(request)) {
            return true;
        }
        // Of all these paths it is the first
        UUID id = PathId.parse(String.valueOf(variables.values().iterator().next()));
        OtherCell cell = (id != null) ? this.whereabouts.find(id) : null;
        if (cell == null) {
            return true;
        }
        this.forwarder.forwardWithAdminToken(cell, request, response, Elsewhere.UNREAD);
        return false;
    }

}
