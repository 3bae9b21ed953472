package dev.triggers.otlp;

import dev.triggers.trace.Tracing;
import org.jspecify.annotations.Nullable;

/**
 * What is pushed to a collector, while it is. Behind it lies all of OpenTelemetry's
 * libraries.
 */
interface Telemetry extends AutoCloseable {

    /** The recording of traces; null if only metrics are pushed. */
    @Nullable Tracing tracing();

    /** Pushes what is left, if the collector takes it soon. */
    @Override
    void close();

}
