// Made from the OpenAPI description by clients/generate: change neither by hand.

package dev.triggers.client.model;

import java.util.Map;

/** Of the OpenAPI description. */
public final class PlaygroundAnswerRequest extends Fields {

    private PlaygroundAnswerRequest(Map<String, Object> members) {
        super(members);
    }

    /** With what has to be there. Each further member makes another one; what was not named is absent, and null is sent. */
    public static PlaygroundAnswerRequest of() {
        return new PlaygroundAnswerRequest(Map.of());
    }

    public PlaygroundAnswerRequest delayMs(Number delayMs) {
        return new PlaygroundAnswerRequest(with("delay_ms", delayMs));
    }

    public PlaygroundAnswerRequest failurePercent(Number failurePercent) {
        return new PlaygroundAnswerRequest(with("failure_percent", failurePercent));
    }

    public PlaygroundAnswerRequest hang(Boolean hang) {
        return new PlaygroundAnswerRequest(with("hang", hang));
    }

    public PlaygroundAnswerRequest retryAfter(Number retryAfter) {
        return new PlaygroundAnswerRequest(with("retry_after", retryAfter));
    }

    public PlaygroundAnswerRequest status(Number status) {
        return new PlaygroundAnswerRequest(with("status", status));
    }

}
