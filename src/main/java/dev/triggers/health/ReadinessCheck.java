package dev.triggers.health;

import org.jspecify.annotations.Nullable;

/**
 * Something that this instance needs before it should be sent requests. Features declare
 * theirs as beans.
 */
@FunctionalInterface
public interface ReadinessCheck {

    /**
     * What is missing, in a few words; null if nothing is.
     */
    @Nullable String missing();

}
