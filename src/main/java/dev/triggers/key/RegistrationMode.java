package dev.triggers.key;

import java.util.Locale;

/**
 * Who may register an organization.
 */
enum RegistrationMode {

    /** Anybody, of any tier; with an admin token configured, whoever has it. */
    OPEN,

    /** Anybody, of the default tier, so many a minute; of another, the operator. */
    DEFAULT_TIER,

    /** The operator. */
    CLOSED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

}
