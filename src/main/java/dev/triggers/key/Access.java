package dev.triggers.key;

/**
 * What a key or session gives its bearer.
 *
 * @param scopes what it may do
 * @param types the event types that it is held to
 * @param endpoints the endpoints that it is held to
 */
public record Access(Scopes scopes, EventTypes types, OwnEndpoints endpoints) {

    /** Everything. */
    public static final Access FULL = new Access(Scopes.EVERY, EventTypes.EVERY, OwnEndpoints.EVERY);

    public boolean isFull() {
        return this.scopes.isEvery() && !isRestricted();
    }

    /** The same, with no more than the scopes that are in both. */
    Access atMost(Scopes limit) {
        return new Access(this.scopes.and(limit), this.types, this.endpoints);
    }

    /**
     * Whether it is held to types or endpoints.
     */
    public boolean isRestricted() {
        return !this.types.isEvery() || !this.endpoints.isEvery();
    }

}
