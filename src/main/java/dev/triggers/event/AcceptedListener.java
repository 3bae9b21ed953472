package dev.triggers.event;

import java.util.List;

/**
 * Hears of events once they are committed, on the thread that stored them: it neither
 * waits nor fails.
 */
public interface AcceptedListener {

    /**
     * These events are stored.
     */
    void accepted(List<NewEvent> events);

}
