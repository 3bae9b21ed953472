/**
 * Pushes the service's metrics to an OpenTelemetry collector, where one is named.
 */
@NullMarked
package dev.triggers.otlp;

import org.jspecify.annotations.NullMarked;
