package dev.triggers.database;

import java.io.Closeable;
import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Two pools, of which {@link ReadRoute} chooses one. For everything but connections it is
 * the first.
 */
final class RoutedDataSource extends AbstractDataSource implements Closeable {

    private final HikariDataSource primary;

    private final HikariDataSource replica;

    RoutedDataSource(HikariDataSource primary, HikariDataSource replica) {
        this.primary = primary;
        this.replica = replica;
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource source = ReadRoute.leadsToReplica() ? this.replica : this.primary;
        return source.getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The URL says who connects");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(this) ? type.cast(this) : this.primary.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(this) || this.primary.isWrapperFor(type);
    }

    @Override
    public void close() {
        this.replica.close();
        this.primary.close();
    }

}
