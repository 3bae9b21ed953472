package dev.triggers.lease;

import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Which events of an organization a consumer takes.
 *
 * @param organizationId the organization
 * @param type which types; null: all
 * @param maxReceives events that were received that often are left alone
 */
record LeaseFilter(UUID organizationId, @Nullable TypeFilter type, int maxReceives) {

}
