package dev.triggers.database;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import dev.triggers.settings.ConfigurationException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
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
    HikariDataSource dataSource(Database database, DatabaseProperties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("database");
        config.setDataSource(database.sessions());
        config.setExceptionOverride(new SpoiltSessions(database.sessions()));
        config.setMaximumPoolSize(properties.maxConnections());
        config.setMinimumIdle(Math.min(4, properties.maxConnections()));
        config.setConnectionTimeout(800);
        config.setValidationTimeout(500);
        // That it is away was found out before
        config.setInitializationFailTimeout(-1);
        HikariDataSource pool = new HikariDataSource(config);
        database.sessions().onPooler(() -> pool.getHikariPoolMXBean().softEvictConnections());
        return pool;
    }

    /**
     * Two connections for searches, which are closed when nobody has searched for a
     * while.
     */
    @Bean(destroyMethod = "close")
    SeparateConnections searchConnections(Database database) {
        return new SeparateConnections(() -> {
            HikariConfig config = new HikariConfig();
            config.setPoolName("search");
            config.setDataSource(database.sessions());
            config.setExceptionOverride(new SpoiltSessions(database.sessions()));
            config.setMaximumPoolSize(2);
            config.setMinimumIdle(0);
            config.setIdleTimeout(60_000);
            config.setConnectionTimeout(800);
            config.setValidationTimeout(500);
            config.setInitializationFailTimeout(-1);
            return new HikariDataSource(config);
        });
    }

    /**
     * Connections of their own, without a time limit, for what takes as long as it takes:
     * migrations and the upkeep of the history.
     */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
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
