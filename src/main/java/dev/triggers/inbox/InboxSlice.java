package dev.triggers.inbox;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The events of a page, before their texts are read.
 *
 * @param events the events, in the listing's order
 * @param next where the next page begins; null at the end of the listing
 */
record InboxSlice(List<EventState> events, @Nullable InboxCursor next) {

    /** Nothing there, and nothing further on. */
    static final InboxSlice EMPTY = new InboxSlice(List.of(), null);

    /** A page ends here, though more would fit its limit. */
    static final int MOST_BYTES = 4 * 1024 * 1024;

    /** What an event adds to an answer besides its texts, generously. */
    private static final int MEMBERS = 512;

    /**
     * Cuts a page from what was found.
     * @param found up to one event more than the page may hold
     * @param matched how many events matched, those passed over included
     * @param edge the last row looked at, if there may be rows behind it
     */
    static InboxSlice cut(InboxQuery query, List<EventState> found, int matched, @Nullable UUID edge) {
        List<EventState> events = new ArrayList<>();
        int bytes = 0;
        for (EventState event : found) {
            bytes += event.bytes() + MEMBERS;
            if (events.size() == query.limit() || (bytes > MOST_BYTES && !events.isEmpty())) {
                return new InboxSlice(events, new InboxCursor(query.direction(), events.getLast().eventId(), 0));
            }
            events.add(event);
        }
        if (edge == null) {
            return new InboxSlice(events, null);
        }
        return new InboxSlice(events, new InboxCursor(query.direction(), edge, Math.max(0, query.skip() - matched)));
    }

    List<UUID> eventIds() {
        return this.events.stream().map(EventState::eventId).toList();
    }

    int bytes() {
        return this.events.stream().mapToInt((event) -> event.bytes() + MEMBERS).sum();
    }

    /** Whether waiting is all that could bring an event. */
    boolean isOver() {
        return this.events.isEmpty() && this.next == null;
    }

}
