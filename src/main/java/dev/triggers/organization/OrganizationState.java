package dev.triggers.organization;

import java.util.Locale;
import java.util.stream.Stream;

import dev.triggers.web.ProblemException;

/**
 * What an organization may do.
 */
enum OrganizationState {

    /** What its keys say. */
    ACTIVE,

    /** Read; its deliveries rest. */
    SUSPENDED,

    /** Nothing: it ends. */
    ERASING;

    /**
     * @throws ProblemException 400 if there is no such state
     */
    static OrganizationState parse(String text) {
        return Stream.of(values())
            .filter((state) -> state.toString().equals(text))
            .findFirst()
            .orElseThrow(() -> ProblemException.invalid("state", "must be active, suspended or erasing"));
    }

    /** The name that clients know it by. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

}
