package dev.triggers.database;

/**
 * What is asked for is known, but not at the replica, or not yet.
 */
public final class ReplicaBehindException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ReplicaBehindException() {
        super("The replica does not know of what is asked for");
    }

}
