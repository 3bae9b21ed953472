package dev.triggers.ratelimit;

import java.io.IOException;

import dev.triggers.key.Caller;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells every authenticated client what is left of its allowance. Who posts events is
 * charged for them by their controller, which knows their number; who posts one, the most
 * frequent request, does not come by here, since the charge tells.
 */
final class RateLimitFilter implements Filter {

    private final RateLimits limits;

    RateLimitFilter(RateLimits limits) {
        this.limits = limits;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        if (Caller.isAttachedTo(request)) {
            this.limits.describe(Caller.of(request), (HttpServletResponse) servletResponse);
        }
        chain.doFilter(servletRequest, servletResponse);
    }

}
