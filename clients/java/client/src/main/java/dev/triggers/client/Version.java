package dev.triggers.client;

/** Of this library. */
final class Version {

    static final String VERSION = "1.0.0";

    private Version() {
    }

}
