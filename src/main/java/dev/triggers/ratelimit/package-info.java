/**
 * Token buckets an organization, shared by all instances through the database.
 */
@NullMarked
package dev.triggers.ratelimit;

import org.jspecify.annotations.NullMarked;
