package dev.triggers.start;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ContextAnnotationAutowireCandidateResolver;
import org.springframework.stereotype.Component;

/**
 * Has a dependency of which there is one bean found by its type in an index; Spring asks
 * every bean for its type, for each dependency again. What is found is still asked
 * whether it fits, and what is not in the index is sought as ever.
 */
@Component
final class BeanIndex implements BeanFactoryPostProcessor {

    private static final String SEVERAL = "";

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        Map<Class<?>, String> names = new HashMap<>();
        for (String name : beans.getBeanDefinitionNames()) {
            index(name, beans.getType(name, false), names);
        }
        for (String name : beans.getSingletonNames()) {
            index(name, beans.getType(name, false), names);
        }
        ((DefaultListableBeanFactory) beans).setAutowireCandidateResolver(new Resolver(names));
    }

    /** Without types of the JDK: a collection means all beans of what is in it. */
    private static void index(String name, @Nullable Class<?> type, Map<Class<?>, String> names) {
        if (type == null || type.getName().startsWith("java.")) {
            return;
        }
        names.merge(type, name, (one, other) -> one.equals(other) ? one : SEVERAL);
        index(name, type.getSuperclass(), names);
        for (Class<?> implemented : type.getInterfaces()) {
            index(name, implemented, names);
        }
    }

    private static final class Resolver extends ContextAnnotationAutowireCandidateResolver {

        private final Map<Class<?>, String> names;

        Resolver(Map<Class<?>, String> names) {
            this.names = names;
        }

        @Override
        public @Nullable String getSuggestedName(DependencyDescriptor dependency) {
            String qualifier = super.getSuggestedName(dependency);
            if (qualifier != null) {
                return qualifier;
            }
            String name = this.names.get(dependency.getDependencyType());
            return SEVERAL.equals(name) ? null : name;
        }

    }

}
