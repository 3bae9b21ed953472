package dev.triggers.key;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every operation under {@code /api} says who may call it.
 */
@IntegrationTest
class DeclaredScopesTests {

    private static final Set<String> OPEN = Set.of("/api/keys/generate", "/api/portal/sessions/exchange",
            "/api/service");

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping operations;

    @Test
    void everyOperationDeclaresItsScopesOrThatItTakesNoKey() {
        Set<String> undeclared = new TreeSet<>();
        Set<String> keyless = new TreeSet<>();
        this.operations.getHandlerMethods().forEach((mapping, method) -> {
            List<String> paths = Objects.requireNonNull(mapping.getPathPatternsCondition())
                .getPatternValues()
                .stream()
                .filter((path) -> path.startsWith("/api/"))
                .toList();
            if (method.hasMethodAnnotation(Keyless.class)) {
                keyless.addAll(paths);
            }
            if (!paths.isEmpty() && declarations(method) != 1) {
                undeclared.add(mapping + " " + method);
            }
        });
        assertThat(undeclared).as("either @Requires or @Keyless").isEmpty();
        assertThat(keyless).allMatch((path) -> OPEN.contains(path) || path.startsWith("/api/admin/"));
    }

    private static long declarations(HandlerMethod method) {
        return Stream.of(Requires.class, Keyless.class).filter(method::hasMethodAnnotation).count();
    }

}
