package dev.triggers.attempt;

import java.util.List;

/**
 * How attempts end, as listings name it and as it is stored.
 */
final class AttemptOutcomes {

    /** All attempts; what is not among them is a marker. */
    static final List<String> ALL = List.of("d", "r", "f");

    static final List<String> FAILED = List.of("r", "f");

    private AttemptOutcomes() {
    }

    static String name(String code) {
        return switch (code) {
            case "d" -> "succeeded";
            case "r" -> "retrying";
            default -> "dead";
        };
    }

}
