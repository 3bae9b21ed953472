/**
 * Liveness, readiness, and the metrics that belong to no feature.
 */
@NullMarked
package dev.triggers.health;

import org.jspecify.annotations.NullMarked;
