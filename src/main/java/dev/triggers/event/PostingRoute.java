package dev.triggers.event;

import java.io.IOException;

import dev.triggers.key.Caller;
import dev.triggers.key.ScopeCheck;
import dev.triggers.web.ProblemHandler;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Leads a posted event, the most frequent request by far, to its controller past Spring
 * MVC, whose dispatch costs a good part of it. What MVC does for other requests is done
 * here: the route's name for the metrics, the check of scopes, and the answer to what is
 * thrown.
 */
final class PostingRoute implements Filter {

    static final String PATH = "/api/events";

    private final EventController controller;

    private final HandlerMethod method;

    private final ScopeCheck scopes;

    private final ProblemHandler problems;

    PostingRoute(EventController controller, ScopeCheck scopes, ProblemHandler problems) throws NoSuchMethodException {
        this.controller = controller;
        this.method = new HandlerMethod(controller, EventController.class.getDeclaredMethod("post", Caller.class,
                HttpServletRequest.class, HttpServletResponse.class));
        this.scopes = scopes;
        this.problems = problems;
    }

    @Override
    public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) servletRequest;
        // Other spellings of the path are MVC's to find or not
        if (!request.getMethod().equals("POST") || !request.getRequestURI().equals(PATH)) {
            chain.doFilter(servletRequest, servletResponse);
            return;
        }
        HttpServletResponse response = (HttpServletResponse) servletResponse;
        request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
        try {
            this.scopes.preHandle(request, response, this.method);
            this.controller.post(Caller.of(request), request, response);
        }
        catch (IOException | RuntimeException | Error ex) {
            this.problems.handle(request, response, ex);
        }
    }

}
