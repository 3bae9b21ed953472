package dev.triggers.database;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import dev.triggers.settings.ConfigurationException;
import jakarta.annotation.PostConstruct;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.internal.info.MigrationInfoImpl;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Brings the schema to what this instance knows, when it starts. A schema that a later
 * release has brought further is one to work on, unless a migration's name says which of
 * the earlier ones an instance has to know: {@code V12__needs_10_…}.
 *
 * <p>
 * That takes a tenth of a start, in which the rest of the service is made meanwhile. Who
 * needs the database before waits for it.
 */
@Component
final class SchemaMigration implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(SchemaMigration.class);

    /** As Flyway keeps the name of a migration. */
    private static final Pattern NEEDS = Pattern.compile("needs (\\d+)\\b.*");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Database database;

    private final SchemaRepository schema;

    private final DataSource dataSource;

    private final CompletableFuture<Void> done = new CompletableFuture<>();

    SchemaMigration(Database database, SchemaRepository schema, @MaintenanceDataSource DataSource dataSource) {
        this.database = database;
        this.schema = schema;
        this.dataSource = dataSource;
    }

    @PostConstruct
    void begin() {
        // Not a daemon: a start that fails elsewhere does not cut a migration off
        Thread.ofPlatform().name("schema").start(() -> {
            try {
                migrate(configuration(this.dataSource).load());
                this.done.complete(null);
            }
            catch (RuntimeException | Error ex) {
                this.done.completeExceptionally(ex);
            }
        });
    }

    static FluentConfiguration configuration(DataSource dataSource) {
        // What cannot run in a transaction may say before how long it waits
        return Flyway.configure().loggers("slf4j").dataSource(dataSource).mixed(true);
    }

    /**
     * Returns once the schema is there.
     * @throws CompletionException if it could not be brought there
     */
    void await() {
        try {
            // With a limit, or a shutdown would take the start for stuck and not wait for
            // it
            this.done.get(1, TimeUnit.DAYS);
        }
        catch (ExecutionException ex) {
            throw new CompletionException(ex.getCause());
        }
        catch (TimeoutException ex) {
            throw new IllegalStateException("The schema takes longer than a day", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the schema is brought up to date", ex);
        }
    }

    /** Nothing is started before. */
    @Override
    public void afterSingletonsInstantiated() {
        await();
    }

    void migrate(Flyway flyway) {
        MigrationInfoService info = flyway.info();
        refuseTooNew(info);
        if (Arrays.stream(info.all()).anyMatch((migration) -> migration.getState().isFailed())) {
            // Only those run outside a transaction leave a trace, and these begin anew
            this.schema.forgetFailed();
            info = flyway.info();
        }
        if (isUpToDate(info)) {
            return;
        }
        flyway.getConfiguration()
            .getPluginRegister()
            .getExact(PostgreSQLConfigurationExtension.class)
            .setTransactionalLock(this.database.pooled() || runInTransactions(info.pending()));
        try {
            flyway.migrate();
        }
        catch (FlywayException ex) {
            if (LOCK_NOT_AVAILABLE.equals(state(ex))) {
                throw new ConfigurationException("a migration of the database waited too long for others"
                        + this.schema.longestIdle().map((idle) -> ", the longest idle of which is " + idle).orElse("")
                        + "; the next start tries it again");
            }
            throw ex;
        }
        // Another instance may have been faster
        refuseTooNew(flyway.info());
    }

    /**
     * As nearly every start finds it. Flyway would read and compare everything twice
     * more, which is a part of the time until the first answer.
     */
    private static boolean isUpToDate(MigrationInfoService info) {
        return Arrays.stream(info.all()).allMatch((migration) -> switch (migration.getState()) {
            case SUCCESS ->
                migration.isChecksumMatching() && migration.isDescriptionMatching() && migration.isTypeMatching();
            case FUTURE_SUCCESS -> true;
            default -> false;
        });
    }

    /**
     * Starts hold a transaction open for as long as they migrate, so that others wait.
     * But {@code create index concurrently} would wait for that one too, so it takes a
     * lock of the session: which a pooler does not keep, and not every pooler is known
     * yet.
     */
    private static boolean runInTransactions(MigrationInfo[] pending) {
        return Arrays.stream(pending)
            .allMatch((migration) -> migration instanceof MigrationInfoImpl known
                    && known.getResolvedMigration().getExecutor().canExecuteInTransaction());
    }

    private static void refuseTooNew(MigrationInfoService info) {
        int known = 0;
        int needed = 0;
        int there = 0;
        for (MigrationInfo migration : info.all()) {
            int version = (migration.getVersion() != null) ? migration.getVersion().getMajor().intValueExact() : 0;
            if (migration.getState().isResolved()) {
                known = Math.max(known, version);
            }
            else {
                there = Math.max(there, version);
                needed = Math.max(needed, needs(migration.getDescription()));
            }
        }
        if (needed > known) {
            throw new ConfigurationException(
                    "the database has the schema %d, for instances that know %d at least, and this one knows %d: start a later release"
                        .formatted(there, needed, known));
        }
        if (there > known) {
            logger.info(
                    "The database has the schema {}, this instance knows {}: that of a later release, with which it works",
                    there, known);
        }
    }

    private static int needs(String description) {
        Matcher needs = NEEDS.matcher(description);
        return needs.matches() ? Integer.parseInt(needs.group(1)) : 0;
    }

    private static @Nullable String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException ex) {
                return ex.getSQLState();
            }
        }
        return null;
    }

}
