package dev.triggers.web;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers with a problem as {@code application/problem+json} (RFC 9457), for filters and
 * the server's own errors as for controllers.
 */
@Component
public final class ProblemWriter {

    private static final String CONTENT_TYPE = "application/problem+json";

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /**
     * Writes the whole answer, unless another has been begun, which cannot be taken back.
     */
    public void write(HttpServletRequest request, HttpServletResponse response, ProblemException problem)
            throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = this.json.writeValueAsBytes(body(request, problem));
        response.resetBuffer();
        response.setStatus(problem.kind().status().value());
        Duration retryAfter = problem.retryAfter();
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(wholeSeconds(retryAfter)));
        }
        if (problem.kind() == ProblemKind.UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        response.setContentType(CONTENT_TYPE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static Map<String, Object> body(HttpServletRequest request, ProblemException problem) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "about:blank");
        body.put("title", problem.kind().status().getReasonPhrase());
        body.put("status", problem.kind().status().value());
        body.put("detail", problem.message());
        if (request.getRequestURI() != null) {
            body.put("instance", request.getRequestURI());
        }
        body.put("error", problem.message());
        body.put("code", problem.kind().code());
        body.put("message", problem.message());
        if (!problem.errors().isEmpty()) {
            body.put("errors", problem.errors());
        }
        body.putAll(problem.members());
        return body;
    }

    /** At least one: zero would ask for a retry at once. */
    private static long wholeSeconds(Duration wait) {
        return Math.max(1, wait.plusNanos(999_999_999).toSeconds());
    }

}
