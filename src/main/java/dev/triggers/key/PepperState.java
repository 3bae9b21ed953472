package dev.triggers.key;

import dev.triggers.database.SecretSuccession;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * How far the keys have moved to the newest pepper.
 */
@Component
public class PepperState implements SmartInitializingSingleton {

    private static final String SECRET = "API_KEY_SALT";

    private final Peppers peppers;

    private final KeyRepository keys;

    private final SecretSuccession succession;

    PepperState(Peppers peppers, KeyRepository keys, SecretSuccession succession) {
        this.peppers = peppers;
        this.keys = keys;
        this.succession = succession;
    }

    @Override
    public void afterSingletonsInstantiated() {
        this.succession.begin(SECRET, this.peppers.newest().name());
    }

    /** Whether keys move to what this instance takes for the newest pepper. */
    boolean moves() {
        return this.succession.isLatest(SECRET, this.peppers.newest().name());
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
