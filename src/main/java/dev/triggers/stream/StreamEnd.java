package dev.triggers.stream;

import java.util.Locale;

/**
 * Why a stream ends.
 */
enum StreamEnd {

    /** The client went away. */
    CLIENT,

    /** It was too slow. */
    LAGGING,

    /** What it was to go on from is no longer kept. */
    EXPIRED,

    /** Its key is no longer valid. */
    KEY,

    /** The service stops. */
    SHUTDOWN,

    /** It could not be begun. */
    FAILED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

}
