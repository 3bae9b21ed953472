package dev.triggers.key;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Lets a key call what its scopes allow, before anything of the request's body is looked
 * at. A key with every scope passes without a look-up.
 */
@Component
public final class ScopeCheck implements HandlerInterceptor {

    private final ConcurrentMap<Method, Requirement> requirements = new ConcurrentHashMap<>();

    private final KeyMetrics metrics;

    ScopeCheck(KeyMetrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Looks at the method that would be called, a {@link HandlerMethod}.
     * @throws ProblemException 403
     */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = Caller.find(request);
        if (caller == null || !(handler instanceof HandlerMethod method)) {
            return true;
        }
        if (caller.suspended() && !isReading(request) && !requirement(method.getMethod()).suspended) {
            this.metrics.suspendedRefused();
            throw suspended();
        }
        if (!caller.access().isFull()) {
            check(caller.access(), requirement(method.getMethod()));
        }
        return true;
    }

    private static boolean isReading(HttpServletRequest request) {
        return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    }

    private Requirement requirement(Method method) {
        Requirement known = this.requirements.get(method);
        return (known != null) ? known : this.requirements.computeIfAbsent(method, ScopeCheck::declared);
    }

    private static Requirement declared(Method method) {
        Requires requires = AnnotatedElementUtils.findMergedAnnotation(method, Requires.class);
        // What declares nothing is for keys that may do everything
        return (requires != null)
                ? new Requirement(Scopes.of(requires.value()), requires.restricted(), requires.suspended())
                : new Requirement(Scopes.EVERY, false, false);
    }

    private void check(Access access, Requirement requirement) {
        Scopes missing = access.scopes().missing(requirement.scopes);
        if (!missing.isEmpty()) {
            this.metrics.scopeRefused();
            throw missing(missing);
        }
        if (access.isRestricted() && !requirement.restricted) {
            this.metrics.scopeRefused();
            throw ProblemException.of(ProblemKind.INSUFFICIENT_SCOPE,
                    "A key that is held to types or endpoints may not do this");
        }
    }

    /**
     * 403 for an organization that may only read.
     */
    static ProblemException suspended() {
        return ProblemException.of(ProblemKind.ORGANIZATION_SUSPENDED,
                "The operator has suspended the organization; it may read, and nothing is lost");
    }

    /**
     * 403 that names the scopes that are missing.
     */
    static ProblemException missing(Scopes scopes) {
        List<String> names = scopes.names();
        return ProblemException
            .of(ProblemKind.INSUFFICIENT_SCOPE,
                    "The key lacks the scope" + ((names.size() > 1) ? "s " : " ") + String.join(", ", names))
            .with(Map.of("missing", names));
    }

    /**
     * 403 for a key that wants to give more than it has.
     */
    static ProblemException missing(String field) {
        return ProblemException
            .of(ProblemKind.INSUFFICIENT_SCOPE, field + ": a key cannot give more than it has itself")
            .with(Map.of("missing", List.of(field)));
    }

    private record Requirement(Scopes scopes, boolean restricted, boolean suspended) {
    }

}
