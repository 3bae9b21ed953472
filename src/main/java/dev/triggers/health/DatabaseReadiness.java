package dev.triggers.health;

import dev.triggers.database.Database;
import dev.triggers.database.Notifications;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Ready while the database answers. The listening connection asks it several times a
 * second anyway; only where that one is in doubt is another asked.
 */
@Component
final class DatabaseReadiness implements ReadinessCheck {

    private final Notifications notifications;

    private final HealthRepository database;

    /**
     * After the database was away, the pool may need longer to find it than the listener.
     */
    private volatile boolean doubted = true;

    DatabaseReadiness(Notifications notifications, HealthRepository database, Database connected,
            MeterRegistry meters) {
        this.notifications = notifications;
        this.database = database;
        notifications.onReconnect(() -> this.doubted = true);
        Gauge.builder("database.listening", notifications, (listening) -> listening.healthy() ? 1 : 0)
            .description("Whether notifications from other instances arrive")
            .register(meters);
        Gauge.builder("database.pooled", connected, (used) -> used.pooled() ? 1 : 0)
            .description("Whether a pooler was found between the service and its database")
            .register(meters);
    }

    @Override
    public @Nullable String missing() {
        boolean trusted = this.notifications.healthy() && !this.doubted;
        return (trusted || answers()) ? null : "the database does not answer";
    }

    private boolean answers() {
        try {
            // Before asking, or else a doubt that arises meanwhile is lost
            this.doubted = false;
            this.database.ask();
            return true;
        }
        catch (DataAccessException ex) {
            this.doubted = true;
            return false;
        }
    }

}
