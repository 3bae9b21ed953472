package dev.triggers.inbox;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.triggers.settings.MemoryProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * How many bytes of payloads may be in memory on their way to clients. A page takes its
 * share before its payloads are read, and gives it back once it is written, however
 * slowly the client reads.
 */
@Component
public class PageBudget implements HandlerInterceptor, WebMvcConfigurer {

    private static final String TAKEN = PageBudget.class.getName();

    private static final int UNIT = 1024;

    /** Two of the largest pages, or a great many common ones. */
    private static final int UNITS = 2 * InboxSlice.MOST_BYTES / UNIT + 64;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final int most;

    private final Semaphore units;

    PageBudget(MemoryProperties memory) {
        this.most = memory.scaled(UNITS);
        this.units = new Semaphore(this.most);
    }

    /**
     * Takes the share of an answer, for as long as the request lasts; what it had before,
     * for an answer that was not to be had, is given back.
     * @return false if it is not to be had
     */
    public boolean take(HttpServletRequest request, int bytes) throws InterruptedException {
        giveBack(request);
        int share = share(bytes);
        if (!this.units.tryAcquire(share, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return false;
        }
        request.setAttribute(TAKEN, share);
        return true;
    }

    /**
     * The same without waiting, for who must not keep others waiting.
     */
    public boolean takeNow(HttpServletRequest request, int bytes) {
        giveBack(request);
        int share = share(bytes);
        if (!this.units.tryAcquire(share)) {
            return false;
        }
        request.setAttribute(TAKEN, share);
        return true;
    }

    private int share(int bytes) {
        return Math.min(this.most, Math.ceilDiv(bytes, UNIT));
    }

    long taken() {
        return (long) (this.most - this.units.availablePermits()) * UNIT;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this)
            .addPathPatterns("/api/inbox", "/api/inbox/lease", "/api/events", "/api/events/*", "/api/attempts/**");
    }

    @Override
    public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
            @Nullable Exception ex) {
        giveBack(request);
    }

    private void giveBack(HttpServletRequest request) {
        if (request.getAttribute(TAKEN) instanceof Integer share) {
            request.removeAttribute(TAKEN);
            this.units.release(share);
        }
    }

}
