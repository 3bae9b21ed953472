package dev.triggers.placement;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Puts the way to other cells before what the operator asks of one organization.
 */
@Configuration(proxyBeanMethods = false)
class PlacementConfiguration implements WebMvcConfigurer {

    private final OperatorCalls calls;

    PlacementConfiguration(OperatorCalls calls) {
        this.calls = calls;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this.calls)
            .addPathPatterns("/api/admin/organizations/*/**", "/api/admin/organizations/*", "/api/admin/erasures/*",
                    "/api/admin/moves/*", "/api/admin/moves/*/cancel");
    }

}
