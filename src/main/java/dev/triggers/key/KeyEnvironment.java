package dev.triggers.key;

/**
 * What an installation's new keys are for, visible in their prefix.
 */
enum KeyEnvironment {

    /** Production: {@code zap_live_…}. */
    LIVE,

    /** Anything else: {@code zap_test_…}. */
    TEST

}
