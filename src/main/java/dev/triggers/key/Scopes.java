package dev.triggers.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.triggers.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * A set of scopes.
 *
 * @param mask a bit for each
 */
public record Scopes(int mask) {

    /** All that there are, and will be. */
    public static final Scopes EVERY = new Scopes(-1);

    private static final Scope[] ALL = Scope.values();

    public static Scopes of(Scope... scopes) {
        int mask = 0;
        for (Scope scope : scopes) {
            mask |= scope.bit();
        }
        return new Scopes(mask);
    }

    /**
     * Reads scopes as a client names them.
     * @throws ProblemException 400 that names the field
     */
    static Scopes parse(String field, List<String> names) {
        if (names.isEmpty()) {
            throw ProblemException.invalid(field, "must name at least one scope");
        }
        int mask = 0;
        for (int i = 0; i < names.size(); i++) {
            Scope scope = Scope.find(names.get(i));
            if (scope == null) {
                throw ProblemException.invalid(field + "[" + i + "]",
                        "must be one of " + String.join(", ", EVERY.names()));
            }
            mask |= scope.bit();
        }
        return new Scopes(mask);
    }

    /**
     * Reads scopes as they are stored: null is every one. One that this version does not
     * know gives nothing.
     */
    static Scopes stored(String @Nullable [] names) {
        if (names == null) {
            return EVERY;
        }
        int mask = 0;
        for (String name : names) {
            Scope scope = Scope.find(name);
            mask |= (scope != null) ? scope.bit() : 0;
        }
        return new Scopes(mask);
    }

    /** As they are stored. */
    String @Nullable [] stored() {
        return isEvery() ? null : names().toArray(String[]::new);
    }

    public boolean isEvery() {
        return this.mask == -1;
    }

    public boolean has(Scope scope) {
        return (this.mask & scope.bit()) != 0;
    }

    /**
     * Those of the others that are not here.
     */
    public Scopes missing(Scopes others) {
        return new Scopes(others.mask & ~this.mask);
    }

    Scopes and(Scopes others) {
        return new Scopes(this.mask & others.mask);
    }

    public boolean isEmpty() {
        return this.mask == 0;
    }

    /** The names that clients know them by. */
    public List<String> names() {
        List<String> names = new ArrayList<>(ALL.length);
        Arrays.stream(ALL).filter(this::has).forEach((scope) -> names.add(scope.toString()));
        return names;
    }

    @Override
    public String toString() {
        return String.join(" ", names());
    }

}
