package dev.triggers.client;

import dev.triggers.client.model.InboxItem;

/** Everything, from a position that may be kept. */
public final class Log {

    private final Triggers triggers;

    Log(Triggers triggers) {
        this.triggers = triggers;
    }

    /**
     * Hands each event to the handler, in order, and then keeps the position, until it is stopped. What a handler throws ends
     * it, and its page comes again the next time.
     */
    public Follower follow(Handler<InboxItem> handler, FollowOptions options) {
        return new Follower(this.triggers, handler, options);
    }

}
