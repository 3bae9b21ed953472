package dev.triggers.key;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Knows whose request another cell has forwarded.
 */
@FunctionalInterface
public interface ForwardedAddress {

    /**
     * The client's address; null if no cell says so that is to be believed.
     */
    @Nullable String of(HttpServletRequest request);

}
