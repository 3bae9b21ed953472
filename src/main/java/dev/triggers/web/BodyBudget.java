package dev.triggers.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.settings.MemoryProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/**
 * How many bytes of bodies the service holds at a time, from the first byte read until
 * the answer: a few hundred large bodies at once would not fit its heap.
 */
@Component
final class BodyBudget {

    private static final String ATTRIBUTE = BodyBudget.class.getName();

    private static final int KIBIBYTES = 12 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Fair: or else small bodies would keep a large one waiting for ever. */
    private final Semaphore free;

    BodyBudget(MeterRegistry meters, MemoryProperties memory) {
        int most = memory.scaled(KIBIBYTES);
        this.free = new Semaphore(most, true);
        Gauge.builder("http.server.bodies", this.free, (free) -> (most - free.availablePermits()) * 1024.0)
            .description("Bytes of request bodies held")
            .baseUnit("bytes")
            .register(meters);
    }

    /**
     * Raises what the request holds to the given number of bytes.
     * @throws ProblemException 503 if that much does not become free soon
     */
    void hold(HttpServletRequest request, int bytes) {
        int held = held(request);
        int wanted = (bytes + 1023) / 1024;
        if (wanted <= held) {
            return;
        }
        if (!acquire(wanted - held)) {
            throw ProblemException.unavailable("Too many large requests are under way", PATIENCE);
        }
        request.setAttribute(ATTRIBUTE, wanted);
    }

    void release(HttpServletRequest request) {
        int held = held(request);
        if (held > 0) {
            this.free.release(held);
        }
    }

    private boolean acquire(int kibibytes) {
        try {
            return this.free.tryAcquire(kibibytes, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int held(HttpServletRequest request) {
        return (request.getAttribute(ATTRIBUTE) instanceof Integer held) ? held : 0;
    }

}
