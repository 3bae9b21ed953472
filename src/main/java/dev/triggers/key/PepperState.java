package dev.triggers.key;

import org.springframework.stereotype.Component;

/**
 * How far the keys have moved to the newest pepper, for the operator.
 */
@Component
public class PepperState {

    private final Peppers peppers;

    private final KeyRepository keys;

    PepperState(Peppers peppers, KeyRepository keys) {
        this.peppers = peppers;
        this.keys = keys;
    }

    /** How many values {@code API_KEY_SALT} has, the undivided one included. */
    public int values() {
        return this.peppers.count();
    }

    /**
     * Live keys that need an older one, or may: each moves when it is next verified.
     */
    public long keysToMove() {
        return this.keys.withoutPepper(this.peppers.newest().name());
    }

}
