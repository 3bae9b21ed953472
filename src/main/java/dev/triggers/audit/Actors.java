package dev.triggers.audit;

/**
 * Tells on whose behalf the current thread works.
 */
public interface Actors {

    /**
     * Who it is; the service itself, if there is no request.
     */
    Actor current();

}
