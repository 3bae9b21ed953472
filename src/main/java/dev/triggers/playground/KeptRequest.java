package dev.triggers.playground;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import dev.triggers.sending.HeaderLine;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A request that a playground took.
 *
 * @param id which of its requests
 * @param at when
 * @param delivery whether the service delivered it, not somebody from outside
 * @param method its method
 * @param target its path and query
 * @param headers its headers
 * @param body the first 16 KiB of its body, as text
 * @param bodyBytes how long the body was
 * @param cut whether it was longer than what is kept
 * @param responseStatus what was answered; null: nothing
 */
@Schema(name = "PlaygroundRequest")
record KeptRequest(long id, Instant at, boolean delivery, String method, String target, List<HeaderLine> headers,
        String body, long bodyBytes, boolean cut, @Nullable Integer responseStatus) {

    static KeptRequest of(long id, Instant at, boolean delivery, String method, String target, List<HeaderLine> headers,
            byte[] body, long bodyBytes, @Nullable Integer responseStatus) {
        return new KeptRequest(id, at, delivery, method, target, headers, new String(body, StandardCharsets.UTF_8),
                bodyBytes, bodyBytes > body.length, responseStatus);
    }

}
