package dev.triggers.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;

/**
 * An operation as the code has it, with what is known of it besides.
 *
 * @param path its path
 * @param operation as generated
 * @param details what the code does not tell
 */
record Described(String path, Operation operation, Operations.Details details) {

    /**
     * All operations.
     * @throws IllegalStateException if one is not described, or described without being
     * there
     */
    static List<Described> of(OpenAPI api) {
        List<Described> all = new ArrayList<>();
        Set<String> found = new TreeSet<>();
        api.getPaths().forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
            String name = method + " " + path;
            found.add(name);
            Operations.Details details = Operations.ALL.get(name);
            if (details != null) {
                all.add(new Described(path, operation, details));
            }
        }));
        if (!found.equals(Operations.ALL.keySet())) {
            throw new IllegalStateException(
                    "The operations that exist are not those that are described: " + difference(found));
        }
        return all;
    }

    private static Set<String> difference(Set<String> found) {
        Set<String> difference = new TreeSet<>(found);
        difference.addAll(Operations.ALL.keySet());
        difference.removeIf((name) -> found.contains(name) && Operations.ALL.containsKey(name));
        return difference;
    }

    boolean isApi() {
        return this.path.startsWith("/api/");
    }

    /** Whether it takes the operator's token, and no key. */
    boolean isOperators() {
        return this.path.startsWith("/api/admin/");
    }

    boolean isAuthenticated() {
        return isApi() && !isOperators()
                && (this.operation.getSecurity() == null || !this.operation.getSecurity().isEmpty());
    }

    /** Whether it takes more than any key. */
    boolean needsMoreThanAKey() {
        return isAuthenticated() && this.operation.getSecurity() != null;
    }

    boolean hasBody() {
        return this.operation.getRequestBody() != null;
    }

    boolean hasParameters() {
        return this.operation.getParameters() != null && !this.operation.getParameters().isEmpty();
    }

    boolean hasPathParameters() {
        return this.path.contains("{");
    }

}
