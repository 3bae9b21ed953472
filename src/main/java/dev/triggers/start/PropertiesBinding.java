package dev.triggers.start;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor;
import org.springframework.stereotype.Component;

/**
 * Binds what is called properties. Boot, whose name for it this one takes, looks for its
 * annotation at every bean, with its interfaces and superclasses, and at the method that
 * made it: one of the larger parts of a start.
 */
@Component("org.springframework.boot.context.properties.ConfigurationPropertiesBindingPostProcessor")
final class PropertiesBinding extends ConfigurationPropertiesBindingPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String beanName) {
        if (bean.getClass().getSimpleName().endsWith("Properties")) {
            return super.postProcessBeforeInitialization(bean, beanName);
        }
        return bean;
    }

}
