package dev.triggers.start;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;

/**
 * Where methods are declared to be called in a transaction, or again and again.
 */
final class Declarations {

    private Declarations() {
    }

    /**
     * Whether the class is one of ours with such methods. Classes that answer requests or
     * make beans have none, but many other annotations.
     */
    static boolean isIn(Class<?> type, Class<? extends Annotation> annotation) {
        String name = type.getName();
        if (!name.startsWith("dev.triggers.") || name.endsWith("Controller") || name.endsWith("Configuration")) {
            return false;
        }
        for (Method method : type.getDeclaredMethods()) {
            if (method.getAnnotationsByType(annotation).length > 0) {
                return true;
            }
        }
        return false;
    }

}
