package dev.triggers.database;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.triggers.settings.ConfigurationException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.util.ClassUtils;

/**
 * Connections to the database, embedded or not. The choice is made when the service
 * starts, not by conditions: ahead-of-time processing would freeze those in the build.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    Database database(DatabaseProperties properties) {
        if (!properties.url().isEmpty()) {
            return Database.external(properties);
        }
        if (!ClassUtils.isPresent("io.zonky.test.db.postgres.embedded.EmbeddedPostgres", getClass().getClassLoader())) {
            throw new ConfigurationException(
                    "DATABASE_URL must be set, for example postgres://user:password@host:5432/triggers");
        }
        return EmbeddedDatabase.start(properties);
    }

    @Bean
    ServiceSecrets serviceSecrets(Database database) {
        return database.secrets();
    }

    @Bean(destroyMethod = "close")
    @Primary
    DataSource dataSource(Database database, DatabaseProperties properties, SchemaMigration migration,
            ObjectProvider<MeterRegistry> meters) {
        HikariDataSource pool = new HikariDataSource(pool("database", database.sessions(), properties.maxConnections(),
                Math.min(4, properties.maxConnections())));
        evictBehindPooler(database.sessions(), pool);
        Sessions sessions = database.replica();
        if (sessions == null) {
            return new MigratedDataSource(pool, migration);
        }
        HikariConfig config = pool("replica", sessions, properties.maxConnections(), 0);
        // Only what is a bean is bound to the registry
        config.setMetricRegistry(meters.getIfAvailable());
        HikariDataSource replica = new HikariDataSource(config);
        evictBehindPooler(sessions, replica);
        return new MigratedDataSource(new RoutedDataSource(pool, replica), migration);
    }

    private static void evictBehindPooler(Sessions sessions, HikariDataSource pool) {
        sessions.onPooler(() -> pool.getHikariPoolMXBean().softEvictConnections());
    }

    private static HikariConfig pool(String name, Sessions sessions, int size, int idle) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(sessions);
        config.setExceptionOverride(new SpoiltSessions(sessions));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(idle);
        config.setConnectionTimeout(800);
        config.setValidationTimeout(500);
        // That it is away was found out before, or does not matter
        config.setInitializationFailTimeout(-1);
        if (idle == 0) {
            config.setIdleTimeout(60_000);
        }
        return config;
    }

    /**
     * Two connections for searches, which are closed when nobody has searched for a
     * while.
     */
    @Bean(destroyMethod = "close")
    SeparateConnections searchConnections(Database database) {
        return new SeparateConnections(() -> new HikariDataSource(pool("search", database.sessions(), 2, 0)));
    }

    /**
     * Connections of their own, without a time limit, for what takes as long as it takes:
     * migrations and the upkeep of the history.
     */
    @Bean(defaultCandidate = false)
    @MaintenanceDataSource
    DataSource maintenanceDataSource(Database database) {
        return new AbstractDataSource() {

            @Override
            public Connection getConnection() throws SQLException {
                return database.sessions().openPatient();
            }

            @Override
            public Connection getConnection(String username, String password) throws SQLException {
                return getConnection();
            }

        };
    }

}
