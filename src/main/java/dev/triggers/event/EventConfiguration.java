package dev.triggers.event;

import dev.triggers.key.ScopeCheck;
import dev.triggers.web.FilterOrder;
import dev.triggers.web.ProblemHandler;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Gives posted events their short way.
 */
@Configuration(proxyBeanMethods = false)
class EventConfiguration {

    @Bean
    FilterRegistrationBean<PostingRoute> postingRoute(EventController controller, ScopeCheck scopes,
            ProblemHandler problems) throws NoSuchMethodException {
        FilterRegistrationBean<PostingRoute> registration = new FilterRegistrationBean<>(
                new PostingRoute(controller, scopes, problems));
        registration.addUrlPatterns(PostingRoute.PATH);
        registration.setOrder(FilterOrder.POSTING);
        return registration;
    }

}
