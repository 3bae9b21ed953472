// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class PlaygroundAnswer extends Fields {

    private PlaygroundAnswer(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static PlaygroundAnswer of(long delayMs, long failurePercent, boolean hang, long status) {
        return new PlaygroundAnswer(Map.of()).delayMs(delayMs).failurePercent(failurePercent).hang(hang).status(status);
    }

    public PlaygroundAnswer delayMs(Number delayMs) {
        return new PlaygroundAnswer(with("delay_ms", delayMs));
    }

    public PlaygroundAnswer failurePercent(Number failurePercent) {
        return new PlaygroundAnswer(with("failure_percent", failurePercent));
    }

    public PlaygroundAnswer hang(Boolean hang) {
        return new PlaygroundAnswer(with("hang", hang));
    }

    public PlaygroundAnswer retryAfter(Number retryAfter) {
        return new PlaygroundAnswer(with("retry_after", retryAfter));
    }

    public PlaygroundAnswer status(Number status) {
        return new PlaygroundAnswer(with("status", status));
    }

}
