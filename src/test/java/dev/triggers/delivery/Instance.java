package dev.triggers.delivery;

import java.util.ArrayList;
import java.util.List;

import dev.triggers.TriggersApplication;
import dev.triggers.support.Api;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Another instance of the service, with the settings of the one that the tests share
 * unless told otherwise.
 */
final class Instance implements AutoCloseable {

    private static final List<String> SETTINGS = List.of("DATABASE_URL", "API_KEY_SALT", "WEBHOOK_SECRET",
            "WEBHOOK_ALLOW_PRIVATE_NETWORKS", "REGISTRATION", "DELIVERY_BACKOFF", "DELIVERY_TIMEOUT", "DELIVERY_LEASE",
            "CIRCUIT_OPEN", "CIRCUIT_LONGEST");

    private final ConfigurableApplicationContext context;

    private Instance(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * @param like the environment of the other instance
     * @param changed settings that differ, as name=value
     */
    static Instance start(Environment like, String... changed) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        for (String name : SETTINGS) {
            if (List.of(changed).stream().noneMatch((setting) -> setting.startsWith(name + "="))) {
                arguments.add("--" + name + "=" + like.getProperty(name));
            }
        }
        for (String setting : changed) {
            arguments.add("--" + setting);
        }
        return new Instance(new SpringApplicationBuilder(TriggersApplication.class).registerShutdownHook(false)
            .run(arguments.toArray(String[]::new)));
    }

    Api api() {
        var server = ((WebServerApplicationContext) this.context).getWebServer();
        if (server == null) {
            throw new IllegalStateException("no web server");
        }
        return Api.at(server.getPort());
    }

    <T> T bean(Class<T> type) {
        return this.context.getBean(type);
    }

    @Override
    public void close() {
        this.context.close();
    }

}
