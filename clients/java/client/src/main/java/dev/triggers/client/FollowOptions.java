package dev.triggers.client;

import java.util.function.Consumer;

/**
 * From where, and who keeps the position.
 *
 * @param cursor to go on from, or null
 * @param from without a cursor: earliest, latest or an RFC 3339 time
 * @param save keeps the position, after all events of a page were handled; or null
 * @param consumer the name under which the service keeps the position, or null
 * @param type of events, or null
 * @param limit of a page
 */
public record FollowOptions(String cursor, String from, Consumer<String> save, String consumer, String type, int limit) {

    /** Everything that is kept. */
    public static FollowOptions defaults() {
        return new FollowOptions(null, "earliest", null, null, null, 100);
    }

    /** From a position that you kept; null: from the start. */
    public FollowOptions withCursor(String position) {
        return new FollowOptions(position, this.from, this.save, this.consumer, this.type, this.limit);
    }

    /** Without a cursor from there. */
    public FollowOptions withFrom(String start) {
        return new FollowOptions(this.cursor, start, this.save, this.consumer, this.type, this.limit);
    }

    /** You keep the position. */
    public FollowOptions withSave(Consumer<String> store) {
        return new FollowOptions(this.cursor, this.from, store, this.consumer, this.type, this.limit);
    }

    /** The service keeps the position. */
    public FollowOptions withConsumer(String name) {
        return new FollowOptions(this.cursor, this.from, this.save, name, this.type, this.limit);
    }

    /** Of one type of events. */
    public FollowOptions withType(String wanted) {
        return new FollowOptions(this.cursor, this.from, this.save, this.consumer, wanted, this.limit);
    }

    /** With pages of so many events. */
    public FollowOptions withLimit(int events) {
        return new FollowOptions(this.cursor, this.from, this.save, this.consumer, this.type, events);
    }

}
