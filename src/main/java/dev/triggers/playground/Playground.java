package dev.triggers.playground;

import java.time.Instant;
import java.util.UUID;

/**
 * A receiver of the service's own.
 *
 * @param id what its requests are kept under
 * @param token what is in its URL
 * @param createdAt when it was made
 * @param expiresAt when it ends
 * @param received how many requests it took
 * @param answer what it answers
 */
record Playground(UUID id, String token, Instant createdAt, Instant expiresAt, long received, Answer answer) {

}
