package dev.triggers.start;

import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Has requests answered by what is called a controller, and is not Spring's own; Spring
 * looks for its annotation at every bean, with its interfaces and superclasses.
 */
@Component
final class ControllerMapping implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new RequestMappingHandlerMapping() {

            @Override
            protected boolean isHandler(Class<?> type) {
                String name = type.getName();
                boolean candidate = name.startsWith("dev.triggers.") ? name.endsWith("Controller")
                        : !name.startsWith("org.springframework.");
                return candidate && super.isHandler(type);
            }

        };
    }

}
