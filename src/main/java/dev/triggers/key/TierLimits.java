package dev.triggers.key;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The tiers and how many events each allows a minute.
 *
 * @param perMinute events a minute by the tier's name
 */
record TierLimits(Map<String, Integer> perMinute) {

    static final String DEFAULT_TIER = "free";

    private static final int HIGHEST = 100_000_000;

    /**
     * The default tiers with the given changes and additions; Spring converts settings by
     * this method.
     * @param changes like {@code free=100,pro=1000}
     */
    public static TierLimits valueOf(String changes) {
        Map<String, Integer> limits = new LinkedHashMap<>();
        limits.put(DEFAULT_TIER, 100);
        limits.put("pro", 1_000);
        limits.put("business", 10_000);
        limits.put("enterprise", 100_000);
        if (!changes.isBlank()) {
            for (String change : changes.split(",", -1)) {
                put(limits, change.strip());
            }
        }
        return new TierLimits(Map.copyOf(limits));
    }

    private static void put(Map<String, Integer> limits, String change) {
        int equals = change.indexOf('=');
        String tier = change.substring(0, Math.max(0, equals)).strip();
        String limit = change.substring(equals + 1).strip();
        if (!tier.matches("[a-z0-9_-]{1,50}") || !limit.matches("[0-9]{1,9}") || limit.matches("0+")
                || Integer.parseInt(limit) > HIGHEST) {
            throw new IllegalArgumentException("\"" + change + "\" is not of the form tier=events per minute, "
                    + "with a name in lower case and 1 to " + HIGHEST + " events");
        }
        limits.put(tier, Integer.valueOf(limit));
    }

    /** The tier's limit; null if there is no such tier. */
    @Nullable Integer find(String tier) {
        return this.perMinute.get(tier);
    }

    Collection<String> names() {
        return this.perMinute.keySet().stream().sorted().toList();
    }

}
