package dev.triggers.client;

import dev.triggers.client.model.LeasedItem;

/** What is still open. */
public final class Inbox {

    private final Triggers triggers;

    Inbox(Triggers triggers) {
        this.triggers = triggers;
    }

    /** With the defaults. */
    public InboxConsumer consume(Handler<LeasedItem> handler) {
        return consume(handler, ConsumeOptions.defaults());
    }

    /**
     * Hands each open event to the handler, until it is stopped: what is under way is then finished and acknowledged. What the
     * handler returns from is acknowledged, in batches; the others come again later. Any number of consumers share an inbox.
     */
    public InboxConsumer consume(Handler<LeasedItem> handler, ConsumeOptions options) {
        return new InboxConsumer(this.triggers, handler, options);
    }

}
