package dev.triggers.key;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What an organization can see of itself beyond what its key tells.
 *
 * @param createdAt when it was made
 * @param updatedAt when its key or its default webhook last changed
 * @param webhookUrl its default webhook
 */
record OrganizationDetails(Instant createdAt, Instant updatedAt, @Nullable String webhookUrl) {
}
