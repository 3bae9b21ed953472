package dev.triggers.key;

import java.io.IOException;
import java.util.Set;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemHandler;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Lets nothing under {@code /api} be reached without a key, except the ways to get one,
 * and what takes the operator's token. It decides before the body is looked at.
 */
final class AuthenticationFilter implements Filter {

    private static final String PROTECTED = "/api/";

    /** What takes no key: the way to get one. */
    private static final Set<String> OPEN = Set.of("/api/keys/generate", "/api/portal/sessions/exchange",
            "/api/service");

    /** Takes the operator's token instead. */
    private static final String ADMIN = "/api/admin/";

    private static final String BEARER = "Bearer ";

    private final KeyAuthenticator authenticator;

    private final AdminToken adminToken;

    private final ProblemHandler problems;

    private final KeyMetrics metrics;

    private final Elsewhere elsewhere;

    AuthenticationFilter(KeyAuthenticator authenticator, AdminToken adminToken, ProblemHandler problems,
            KeyMetrics metrics, Elsewhere elsewhere) {
        this.authenticator = authenticator;
        this.adminToken = adminToken;
        this.problems = problems;
        this.metrics = metrics;
        this.elsewhere = elsewhere;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        // Decoded and normalized, as controllers are found by
        String path = request.getServletPath();
        if (path.startsWith(ADMIN)) {
            asOperator(request, (HttpServletResponse) servletResponse, chain);
            return;
        }
        if (!path.startsWith(PROTECTED) || OPEN.contains(path)) {
            chain.doFilter(request, servletResponse);
            return;
        }
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        try {
            Caller caller = authenticate(request, response);
            if (caller == null) {
                return;
            }
            caller.attachTo(request);
            MDC.put("organization_id", caller.organizationId().toString());
        }
        catch (RuntimeException ex) {
            this.problems.handle(request, response, ex);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Where there is no token, there is nothing that would take it. */
    private void asOperator(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (!this.adminToken.isConfigured()) {
                throw ProblemException.of(ProblemKind.NOT_FOUND, "There is nothing at this path");
            }
            this.adminToken.require(request.getHeader("X-Admin-Token"));
        }
        catch (RuntimeException ex) {
            this.problems.handle(request, response, ex);
            return;
        }
        chain.doFilter(request, response);
    }

    /** Null if the request was another cell's, and has been answered. */
    private @Nullable Caller authenticate(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String presented = presented(request);
        if (presented == null) {
            throw unauthorized(Refusal.MISSING);
        }
        return switch (this.authenticator.authenticate(presented)) {
            case Caller caller -> caller;
            case Refusal refusal -> {
                // One that has ended may have left with its organization, unheard
                boolean gone = refusal == Refusal.UNKNOWN || refusal == Refusal.ENDED;
                if (!gone || !this.elsewhere.answer(presented, request, response, Elsewhere.UNREAD)) {
                    throw unauthorized(refusal);
                }
                yield null;
            }
        };
    }

    private ProblemException unauthorized(Refusal refusal) {
        this.metrics.refused(refusal);
        return ProblemException.of(ProblemKind.UNAUTHORIZED, (refusal != Refusal.MISSING) ? "The API key is not valid"
                : "An API key is required, in the header X-API-Key");
    }

    /**
     * The part that may be shown of the key that the request was authenticated by.
     */
    static String publicPrefix(HttpServletRequest request) {
        ApiKey key = ApiKey.parse(String.valueOf(presented(request)));
        return (key != null) ? key.publicPrefix() : "";
    }

    private static @Nullable String presented(HttpServletRequest request) {
        String key = request.getHeader("X-API-Key");
        if (key != null && !key.isEmpty()) {
            return key;
        }
        String authorization = request.getHeader("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return null;
    }

}
