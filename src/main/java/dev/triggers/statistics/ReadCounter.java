package dev.triggers.statistics;

import dev.triggers.key.Caller;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Counts the requests that read, each once it is let in.
 */
@Component
class ReadCounter implements HandlerInterceptor, WebMvcConfigurer {

    private final StatisticsCounts counts;

    ReadCounter(StatisticsCounts counts) {
        this.counts = counts;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).order(Integer.MAX_VALUE);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getMethod().equals("GET") && Caller.isAttachedTo(request)) {
            this.counts.read(Caller.of(request).organizationId());
        }
        return true;
    }

}
