package dev.triggers.client;

/** What is done with an event. */
@FunctionalInterface
public interface Handler<T> {

    /** Returns when it is done; what it throws says that it is not. */
    void handle(T event) throws Exception;

}
