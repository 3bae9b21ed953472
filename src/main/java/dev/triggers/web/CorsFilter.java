package dev.triggers.web;

import java.io.IOException;
import java.util.Set;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of the allowed origins call the service. Keys travel in a header of their
 * own, never in cookies, so allowing every origin gives nothing away.
 */
final class CorsFilter implements Filter {

    private static final String EXPOSED = "X-Request-ID, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, "
            + "Retry-After, X-Staleness-Ms";

    private static final String METHODS = "GET, HEAD, POST, PATCH, DELETE, OPTIONS";

    private static final String HEADERS = "Content-Type, Authorization, X-API-Key, X-Request-ID, X-Admin-Token";

    private final boolean anyOrigin;

    private final Set<String> origins;

    CorsFilter(Set<String> origins) {
        this.anyOrigin = origins.contains("*");
        this.origins = origins;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        String origin = request.getHeader("Origin");
        if (origin != null) {
            HttpServletResponse response = (HttpServletResponse) servletResponse;
            allow(origin, response);
            if (request.getMethod().equals("OPTIONS") && request.getHeader("Access-Control-Request-Method") != null) {
                answerPreflight(response, request.getHeader("Access-Control-Request-Headers"));
                return;
            }
        }
        chain.doFilter(servletRequest, servletResponse);
    }

    private void allow(String origin, HttpServletResponse response) {
        if (!this.anyOrigin) {
            response.addHeader("Vary", "Origin");
            if (!this.origins.contains(origin)) {
                return;
            }
        }
        response.setHeader("Access-Control-Allow-Origin", this.anyOrigin ? "*" : origin);
        response.setHeader("Access-Control-Expose-Headers", EXPOSED);
    }

    private static void answerPreflight(HttpServletResponse response, @Nullable String requestedHeaders) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        if (response.getHeader("Access-Control-Allow-Origin") != null) {
            response.setHeader("Access-Control-Allow-Methods", METHODS);
            response.setHeader("Access-Control-Allow-Headers", (requestedHeaders != null) ? requestedHeaders : HEADERS);
            response.setHeader("Access-Control-Max-Age", "3600");
        }
    }

}
