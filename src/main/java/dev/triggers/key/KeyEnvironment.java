package dev.triggers.key;

import java.util.Locale;

/**
 * What an installation's new keys are for, visible in their prefix.
 */
enum KeyEnvironment {

    /** Production: {@code zap_live_…}. */
    LIVE,

    /** Anything else: {@code zap_test_…}. */
    TEST;

    /** As it is stored, and part of the prefix. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

}
