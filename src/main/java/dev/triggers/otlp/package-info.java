/**
 * All that is OpenTelemetry's own: metrics and traces, pushed to a collector where one is
 * named. Elsewhere none of it is loaded.
 */
@NullMarked
package dev.triggers.otlp;

import org.jspecify.annotations.NullMarked;
