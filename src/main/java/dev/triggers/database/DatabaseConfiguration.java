package dev.triggers.database;

import javax.sql.DataSource;

import dev.triggers.settings.ConfigurationException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.postgresql.Driver;
import org.springframework.boot.flyway.autoconfigure.FlywayDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.ClassUtils;

/**
 * Connections to the database, embedded or not. The choice is made when the service
 * starts, not by conditions: ahead-of-time processing would freeze those in the build.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /**
     * Index paths only, and one plan for every execution. The hot table is often empty
     * when it is analyzed, and plans made for an empty table ruin a full one; planning
     * over a month of partitions for each execution costs more than executing.
     */
    private static final String STABLE_PLANS = "options=-c%20plan_cache_mode=force_generic_plan%20-c%20enable_seqscan=off"
            // A bitmap has no order: it reads all to find the first
            + "%20-c%20enable_hashjoin=off%20-c%20enable_mergejoin=off%20-c%20jit=off" + "%20-c%20enable_bitmapscan=off"
            + "%20-c%20max_parallel_workers_per_gather=0";

    /** A client hears of a database that is away within three seconds. */
    private static final String IMPATIENT = "connectTimeout=1&socketTimeout=2&tcpKeepAlive=true";

    private static final String NAME = "ApplicationName=triggers-api";

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
        config.setJdbcUrl(database.url().with(IMPATIENT + "&" + NAME + "&" + STABLE_PLANS));
        config.setUsername(database.url().username());
        config.setPassword(database.url().password());
        config.setMaximumPoolSize(properties.maxConnections());
        config.setMinimumIdle(Math.min(4, properties.maxConnections()));
        config.setConnectionTimeout(800);
        config.setValidationTimeout(500);
        // The migrations report a database that is away
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /**
     * Connections of their own, without a time limit, for what takes as long as it takes:
     * migrations and the upkeep of the history.
     */
    @Bean(defaultCandidate = false)
    @FlywayDataSource
    @MaintenanceDataSource
    DataSource maintenanceDataSource(Database database) {
        return simple(database.url(), "tcpKeepAlive=true");
    }

    @Bean(defaultCandidate = false)
    @ListenDataSource
    DataSource listenDataSource(Database database) {
        return simple(database.listenUrl(), IMPATIENT);
    }

    private static DataSource simple(DatabaseUrl url, String parameters) {
        SimpleDriverDataSource dataSource = new SimpleDriverDataSource(new Driver(), url.with(parameters + "&" + NAME));
        dataSource.setUsername(url.username());
        dataSource.setPassword(url.password());
        return dataSource;
    }

}
