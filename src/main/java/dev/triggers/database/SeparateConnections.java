package dev.triggers.database;

import java.util.function.Supplier;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

/**
 * A few connections beside the pool, for what must not take from it. There are none until
 * they are asked for.
 */
public final class SeparateConnections implements AutoCloseable {

    private final Supplier<HikariDataSource> pool;

    private @Nullable HikariDataSource made;

    SeparateConnections(Supplier<HikariDataSource> pool) {
        this.pool = pool;
    }

    /**
     * Where they come from.
     */
    public synchronized DataSource get() {
        if (this.made == null) {
            this.made = this.pool.get();
        }
        return this.made;
    }

    @Override
    public synchronized void close() {
        if (this.made != null) {
            this.made.close();
        }
    }

}
