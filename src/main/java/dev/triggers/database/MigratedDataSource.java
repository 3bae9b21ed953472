package dev.triggers.database;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Gives connections once the schema is there.
 */
final class MigratedDataSource extends DelegatingDataSource implements Closeable {

    private final DataSource pool;

    private final Closeable closing;

    private final SchemaMigration migration;

    <P extends DataSource & Closeable> MigratedDataSource(P pool, SchemaMigration migration) {
        super(pool);
        this.pool = pool;
        this.closing = pool;
        this.migration = migration;
    }

    @Override
    public Connection getConnection() throws SQLException {
        this.migration.await();
        return this.pool.getConnection();
    }

    @Override
    public void close() throws IOException {
        this.closing.close();
    }

}
