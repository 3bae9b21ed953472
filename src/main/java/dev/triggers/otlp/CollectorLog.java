package dev.triggers.otlp;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.slf4j.LoggerFactory;

/**
 * Stands between the log and what OpenTelemetry's libraries have to say, which is mostly
 * that a collector takes nothing: of that, one line a minute is enough.
 */
final class CollectorLog extends Handler {

    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();

    /** Loggers that nobody holds are forgotten, with what was set. */
    private static final Logger libraries = Logger.getLogger("io.opentelemetry");

    private final Consumer<String> log;

    private final LongSupplier nanoTime;

    private boolean told;

    private long toldAt;

    private long untold;

    CollectorLog(Consumer<String> log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        setLevel(Level.WARNING);
    }

    /** Once for all instances of a process. */
    static synchronized void install() {
        if (Arrays.stream(libraries.getHandlers()).noneMatch(CollectorLog.class::isInstance)) {
            libraries.setUseParentHandlers(false);
            libraries.addHandler(new CollectorLog(LoggerFactory.getLogger(CollectorLog.class)::warn, System::nanoTime));
        }
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            tell(entry);
        }
    }

    private synchronized void tell(LogRecord entry) {
        long now = this.nanoTime.getAsLong();
        if (this.told && now - this.toldAt < MINUTE_NANOS) {
            this.untold++;
            return;
        }
        String reason = (entry.getThrown() != null) ? " " + entry.getThrown() : "";
        String before = (this.untold > 0) ? " (and " + this.untold + " times before)" : "";
        this.told = true;
        this.toldAt = now;
        this.untold = 0;
        this.log.accept(entry.getMessage() + reason + before);
    }

    @Override
    public void flush() {
        // Nothing waits here
    }

    @Override
    public void close() {
        // Nothing is held
    }

}
