package dev.triggers.move;

import java.util.Locale;

/**
 * How far a move is.
 */
enum MoveState {

    /** The history is copied, and the organization works. */
    COPYING,

    /** The last of it is packed and sent; nothing is stored of the organization. */
    FENCED,

    /** The target is told to take over, and whether it has is not known yet. */
    SWITCHING,

    /** The organization works in the target, and what is left here is looked through. */
    SWITCHED,

    /** Nothing is left to do. */
    FINISHED,

    /** The organization stayed. */
    CANCELLED;

    static MoveState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /** The name that the operator knows it by. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

}
