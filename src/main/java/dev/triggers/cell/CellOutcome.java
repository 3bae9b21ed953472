package dev.triggers.cell;

import java.util.Locale;

/**
 * What came of a request that is for another cell.
 */
enum CellOutcome {

    /** It was forwarded, and its answer handed on to its end. */
    FORWARDED,

    /** Its client was told where to go. */
    REDIRECTED,

    /** Fly's proxy was told where to send it. */
    REPLAYED,

    /** The client went away, or its body did not arrive. */
    ABANDONED,

    /** As many as may be are under way already. */
    FULL,

    /** The cell could not be reached. */
    AWAY,

    /** The cell did not answer in time. */
    LATE,

    /** The cell's answer broke off. */
    BROKEN,

    /** It had been forwarded before. */
    LOOP;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }

}
