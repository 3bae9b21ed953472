package dev.triggers.database;

import dev.triggers.settings.ConfigurationException;
import org.jspecify.annotations.Nullable;

/**
 * The database that this process uses.
 *
 * @param sessions where statements go
 * @param listening where to listen for notifications, past any pooler
 * @param replica where to read what need not be the latest; null: there is no such place
 * @param secrets the secrets that go with it
 * @param embedded whether it is the embedded server, started by and for this process:
 * development
 * @param stop stops what was started for it
 */
public record Database(Sessions sessions, Sessions listening, @Nullable Sessions replica, ServiceSecrets secrets,
        boolean embedded, Runnable stop) implements AutoCloseable {

    static Database external(DatabaseProperties properties) {
        Sessions sessions = new Sessions(DatabaseUrl.parse("DATABASE_URL", properties.url()));
        Sessions listening = properties.listenUrl().isEmpty() ? sessions
                : new Sessions(DatabaseUrl.parse("DATABASE_LISTEN_URL", properties.listenUrl()));
        Sessions replica = properties.readUrl().isEmpty() ? null
                : Sessions.ofReplica(DatabaseUrl.parse("DATABASE_READ_URL", properties.readUrl()));
        ServiceSecrets secrets = new ServiceSecrets(required("API_KEY_SALT", properties.apiKeySalt()),
                required("WEBHOOK_SECRET", properties.webhookSecret()));
        sessions.await("DATABASE_URL", properties.startWait());
        return new Database(sessions, listening, replica, secrets, false, () -> {
        });
    }

    /**
     * Whether a pooler was found on the way to it.
     */
    public boolean pooled() {
        return this.sessions.pooled();
    }

    private static String required(String variable, String value) {
        if (value.strip().length() < 16) {
            throw new ConfigurationException(variable + " must be set to at least 16 random characters, "
                    + "for example from: openssl rand -hex 32");
        }
        return value;
    }

    @Override
    public void close() {
        this.stop.run();
    }

}
