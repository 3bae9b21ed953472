package dev.triggers.web;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/**
 * How many requests there were and how long they took, by route, method and class of
 * status. Routes and methods are counted only where the service has them, so that no
 * client can make up new series.
 */
@Component
final class RequestMetrics {

    private static final Duration[] BUCKETS = { Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3),
            Duration.ofMillis(5), Duration.ofMillis(10), Duration.ofMillis(25), Duration.ofMillis(50),
            Duration.ofMillis(100), Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(3),
            Duration.ofSeconds(30) };

    private static final String[] OUTCOMES = { "other", "1xx", "2xx", "3xx", "4xx", "5xx" };

    private final MeterRegistry meters;

    private final ConcurrentMap<Series, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    void record(HttpServletRequest request, int status, long nanos) {
        Object route = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Series series = new Series((route instanceof String path && !path.equals("/**")) ? path : "none",
                method(request.getMethod()), outcome(status));
        Timer timer = this.timers.get(series);
        if (timer == null) {
            timer = this.timers.computeIfAbsent(series, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Series series) {
        return Timer.builder("http.server.requests")
            .description("Requests answered")
            .tags("uri", series.route, "method", series.method, "status", series.outcome)
            .serviceLevelObjectives(BUCKETS)
            .register(this.meters);
    }

    private static String method(String method) {
        return switch (method) {
            case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
            default -> "other";
        };
    }

    private static String outcome(int status) {
        return (status >= 100 && status < 600) ? OUTCOMES[status / 100] : OUTCOMES[0];
    }

    private record Series(String route, String method, String outcome) {
    }

}
