package dev.triggers.database;

import dev.triggers.settings.ConfigurationException;

/**
 * The database that this process uses.
 *
 * @param url where statements go
 * @param listenUrl where to listen for notifications, past any pooler
 * @param secrets the secrets that go with it
 * @param embedded whether it is the embedded server, started by and for this process:
 * development
 * @param stop stops what was started for it
 */
public record Database(DatabaseUrl url, DatabaseUrl listenUrl, ServiceSecrets secrets, boolean embedded,
        Runnable stop) implements AutoCloseable {

    static Database external(DatabaseProperties properties) {
        DatabaseUrl url = DatabaseUrl.parse("DATABASE_URL", properties.url());
        DatabaseUrl listenUrl = properties.listenUrl().isEmpty() ? url
                : DatabaseUrl.parse("DATABASE_LISTEN_URL", properties.listenUrl());
        ServiceSecrets secrets = new ServiceSecrets(required("API_KEY_SALT", properties.apiKeySalt()),
                required("WEBHOOK_SECRET", properties.webhookSecret()));
        return new Database(url, listenUrl, secrets, false, () -> {
        });
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
