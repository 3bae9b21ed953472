package dev.triggers.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import dev.triggers.settings.ConfigurationException;
import dev.triggers.support.PostgresServer;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Releases that know more and less of the schema, on one database. A release is a folder
 * of migrations.
 */
class SchemaMigrationTests {

    private static final String CONCURRENTLY = """
            set lock_timeout = '300ms';
            drop index concurrently if exists things_name;
            create index concurrently things_name on things (name);
            reset lock_timeout;
            """;

    @TempDir
    private Path releases;

    private Database database;

    private DataSource dataSource;

    private JdbcClient jdbc;

    @BeforeEach
    void start() throws IOException {
        Sessions sessions = new Sessions(DatabaseUrl.parse("DATABASE_URL", PostgresServer.newDirectDatabase()));
        sessions.await("DATABASE_URL", Duration.ofSeconds(15));
        this.database = new Database(sessions, sessions, null, new ServiceSecrets("", ""), false, () -> {
        });
        this.dataSource = new DatabaseConfiguration().maintenanceDataSource(this.database);
        this.jdbc = JdbcClient.create(this.dataSource);
        release("first", "V1__things.sql", "create table things (id int, name text)");
    }

    private void release(String release, String migration, String sql) throws IOException {
        Path folder = Files.createDirectories(this.releases.resolve(release));
        Files.writeString(folder.resolve(migration), sql);
    }

    /** As an instance of the last of some releases does when it starts. */
    private void startInstance(String... releases) {
        SchemaMigration migration = new SchemaMigration(this.database, new SchemaRepository(this.dataSource),
                this.dataSource);
        FluentConfiguration configuration = SchemaMigration.configuration(this.dataSource);
        configuration.locations(java.util.Arrays.stream(releases)
            .map((release) -> "filesystem:" + this.releases.resolve(release))
            .toArray(String[]::new));
        migration.migrate(configuration.load());
    }

    private SchemaMigration begin() {
        SchemaMigration migration = new SchemaMigration(this.database, new SchemaRepository(this.dataSource),
                this.dataSource);
        migration.begin();
        return migration;
    }

    private String indexState() {
        return this.jdbc
            .sql("select case when indisvalid then 'valid' else 'invalid' end from pg_index "
                    + "where indexrelid = to_regclass('things_name')")
            .query(String.class)
            .optional()
            .orElse("none");
    }

    @Test
    void whoeverNeedsTheDatabaseWaitsForItsSchema() throws Exception {
        begin().await();
        CompletableFuture<Boolean> first;
        try (Connection busy = this.dataSource.getConnection(); Statement statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("lock table flyway_schema_history");
            HikariDataSource pool = new HikariDataSource();
            pool.setDataSource(this.dataSource);
            MigratedDataSource migrated = new MigratedDataSource(pool, begin());
            first = CompletableFuture.supplyAsync(() -> JdbcClient.create(migrated)
                .sql("select count(*) = 0 from events")
                .query(Boolean.class)
                .single());
            await().until(() -> waitingForHistory() == 1);
            assertThat(first).isNotDone();
            busy.rollback();
            assertThat(first.get(1, TimeUnit.MINUTES)).isTrue();
            migrated.close();
            assertThat(pool.isClosed()).isTrue();
        }
    }

    private int waitingForHistory() {
        return this.jdbc
            .sql("select count(*) from pg_locks where not granted and relation = 'flyway_schema_history'::regclass")
            .query(Integer.class)
            .single();
    }

    @Test
    void instanceWorksWithTheSchemaOfALaterRelease() throws IOException {
        release("second", "V2__more.sql", "alter table things add column more text");
        startInstance("first", "second");
        assertThatCode(() -> startInstance("first")).doesNotThrowAnyException();
    }

    @Test
    void instanceThatTheSchemaNoLongerBearsSaysSoInOneLine() throws IOException {
        release("second", "V2__more.sql", "alter table things add column more text");
        release("third", "V3__needs_2_less.sql", "alter table things drop column name");
        startInstance("first", "second", "third");
        assertThatCode(() -> startInstance("first", "second")).doesNotThrowAnyException();
        assertThatThrownBy(() -> startInstance("first")).isInstanceOf(ConfigurationException.class)
            .hasMessage("the database has the schema 3, for instances that know 2 at least, and this one knows 1: "
                    + "start a later release");
    }

    @Test
    void indexThatIsMadeConcurrentlyDoesNotWaitForTheMigrationsThemselves() throws IOException {
        release("second", "V2__index.sql", CONCURRENTLY);
        startInstance("first", "second");
        assertThat(indexState()).isEqualTo("valid");
    }

    @Test
    void indexThatWaitsForAnIdleTransactionEndsClearlyAndIsMadeByTheNextStart() throws IOException, SQLException {
        startInstance("first");
        release("second", "V2__index.sql", CONCURRENTLY);
        try (Connection idle = this.dataSource.getConnection(); Statement statement = idle.createStatement()) {
            idle.setAutoCommit(false);
            statement.execute("set application_name = 'somebody'");
            statement.execute("insert into things values (1, 'a')");
            assertThatThrownBy(() -> startInstance("first", "second")).isInstanceOf(ConfigurationException.class)
                .hasMessageMatching(
                        "a migration of the database waited too long for others, the longest idle of which is "
                                + "process \\d+ \\(somebody of \\w+\\), for \\d+ s; the next start tries it again");
            // The version before starts as ever
            assertThatCode(() -> startInstance("first")).doesNotThrowAnyException();
            idle.rollback();
        }
        startInstance("first", "second");
        assertThat(indexState()).isEqualTo("valid");
    }

    @Test
    void otherFailureIsTriedAgainToo() throws IOException {
        release("wrong", "V2__index.sql", """
                drop index concurrently if exists things_name;
                create index concurrently things_name on things (nme);
                """);
        assertThatThrownBy(() -> startInstance("first", "wrong")).hasMessageContaining("nme");
        release("second", "V2__index.sql", CONCURRENTLY);
        startInstance("first", "second");
        assertThat(indexState()).isEqualTo("valid");
    }

}
