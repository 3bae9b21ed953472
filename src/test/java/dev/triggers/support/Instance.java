package dev.triggers.support;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.triggers.TriggersApplication;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * One more instance of the service in this process, beside the one that the tests share.
 */
public final class Instance implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private final Api api;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
        this.api = new Api((WebServerApplicationContext) context);
    }

    /**
     * Starts an instance on a database.
     * @param databaseUrl where its database is
     * @param settings further environment variables
     */
    public static Instance start(String databaseUrl, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("PORT", "0", "DATABASE_URL", databaseUrl, "API_KEY_SALT",
                "pepper-of-the-test-suite", "WEBHOOK_SECRET", "secret-of-the-test-suite",
                "WEBHOOK_ALLOW_PRIVATE_NETWORKS", "true", "REGISTRATION", "open"));
        all.putAll(settings);
        List<String> arguments = new ArrayList<>();
        all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new Instance(SpringApplication.run(TriggersApplication.class, arguments.toArray(String[]::new)));
    }

    public Api api() {
        return this.api;
    }

    public <T> T bean(Class<T> type) {
        return this.context.getBean(type);
    }

    @Override
    public void close() {
        this.context.close();
    }

}
