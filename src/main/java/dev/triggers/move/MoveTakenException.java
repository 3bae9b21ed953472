package dev.triggers.move;

/**
 * Another process goes on with the move, or it was changed meanwhile.
 */
class MoveTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MoveTakenException() {
        super("Another process goes on with the move");
    }

}
