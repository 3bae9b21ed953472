package dev.triggers.cell;

/**
 * What becomes of a request whose token is another cell's.
 */
enum CellRouting {

    /** It is forwarded, and its answer handed on. */
    PROXY,

    /** Its client hears where to go. */
    REDIRECT,

    /** Fly's proxy hears where to send it; what is too large for that is forwarded. */
    FLY

}
