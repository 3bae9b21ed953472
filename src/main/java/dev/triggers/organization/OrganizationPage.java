package dev.triggers.organization;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A part of the organizations that a filter lets through.
 *
 * @param organizations the newest first
 * @param next the last that was looked at; null: there are no more
 */
record OrganizationPage(List<Organization> organizations, @Nullable UUID next) {

}
