package dev.triggers.web;

import dev.triggers.trace.Tracing;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The filters of this package, and answers in JSON whatever the client accepts.
 */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    @Bean
    FilterRegistrationBean<RequestFilter> requestFilter(Connections connections, BodyBudget bodies,
            RequestMetrics metrics, ProblemWriter problems, @Nullable Tracing tracing) {
        return ordered(new RequestFilter(connections, bodies, metrics, problems, tracing), FilterOrder.REQUEST);
    }

    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(WebProperties properties) {
        return ordered(new CorsFilter(properties.corsAllowedOrigins()), FilterOrder.CORS);
    }

    /** Nothing here asks for a request that it was not given. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> requestContextFilter() {
        FilterRegistrationBean<RequestContextFilter> registration = new FilterRegistrationBean<>(
                new RequestContextFilter());
        registration.setEnabled(false);
        return registration;
    }

    /** Reads and writes what goes over the wire, and what is kept as JSON. */
    @Bean
    JsonMapper jsonMapper() {
        return JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
    }

    private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> ordered(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer configurer) {
        configurer.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
    }

}
