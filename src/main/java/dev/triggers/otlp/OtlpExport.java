package dev.triggers.otlp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Pushes the metrics at a steady interval to a collector. Without one it does nothing,
 * and has no thread. What the collector misses it hears with the next push: all that is
 * counted is counted since the start.
 */
@Component
final class OtlpExport implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(OtlpExport.class);

    private static final int TIMEOUT_MILLIS = 10_000;

    private final OtlpProperties properties;

    private final PrometheusRegistry registry;

    private final Clock clock;

    private final OtlpMetrics metrics;

    private @Nullable Thread thread;

    OtlpExport(OtlpProperties properties, PrometheusRegistry registry, Clock clock) {
        this.properties = properties;
        this.registry = registry;
        this.clock = clock;
        this.metrics = new OtlpMetrics(properties.resource(), nanos(clock.instant()));
    }

    @Override
    public void start() {
        URI target = this.properties.target();
        if (target != null) {
            this.thread = Thread.ofPlatform().daemon().name("otlp-export").start(() -> run(target));
        }
    }

    private void run(URI target) {
        boolean reached = true;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(this.properties.interval());
                int status = push(target);
                if (status / 100 != 2) {
                    throw new IOException("it answered " + status);
                }
                reached = true;
            }
            catch (InterruptedException ex) {
                return;
            }
            catch (IOException | RuntimeException ex) {
                // Never the end of the export
                if (reached) {
                    logger.warn("Metrics cannot be pushed to {}, and are tried again: {}", target, ex.toString());
                }
                reached = false;
            }
        }
    }

    private int push(URI target) throws IOException {
        byte[] body = this.metrics.write(this.registry.scrape(), nanos(this.clock.instant()));
        HttpURLConnection connection = (HttpURLConnection) target.toURL().openConnection();
        try {
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            connection.setInstanceFollowRedirects(false);
            connection.setDoOutput(true);
            connection.setRequestMethod("POST");
            connection.setFixedLengthStreamingMode(body.length);
            this.properties.headersByName().forEach(connection::setRequestProperty);
            connection.setRequestProperty("Content-Type", "application/x-protobuf");
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return connection.getResponseCode();
        }
        finally {
            connection.disconnect();
        }
    }

    private static long nanos(Instant time) {
        return Duration.between(Instant.EPOCH, time).toNanos();
    }

    @Override
    public void stop() {
        if (this.thread != null) {
            this.thread.interrupt();
            this.thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return this.thread != null;
    }

}
