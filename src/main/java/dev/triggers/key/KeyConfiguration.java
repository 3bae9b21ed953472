package dev.triggers.key;

import java.util.List;

import dev.triggers.web.FilterOrder;
import dev.triggers.web.ProblemHandler;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts authentication before, and the caller into, every controller.
 */
@Configuration(proxyBeanMethods = false)
class KeyConfiguration implements WebMvcConfigurer {

    private final ScopeCheck scopes;

    KeyConfiguration(ScopeCheck scopes) {
        this.scopes = scopes;
    }

    @Bean
    FilterRegistrationBean<AuthenticationFilter> authenticationFilter(KeyAuthenticator authenticator,
            AdminToken adminToken, ProblemHandler problems, KeyMetrics metrics, Elsewhere elsewhere) {
        FilterRegistrationBean<AuthenticationFilter> registration = new FilterRegistrationBean<>(
                new AuthenticationFilter(authenticator, adminToken, problems, metrics, elsewhere));
        registration.setOrder(FilterOrder.AUTHENTICATION);
        return registration;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this.scopes);
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgumentResolver());
    }

}
