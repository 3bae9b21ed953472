package dev.triggers.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A connection behind which every transaction may have another session, shared with
 * whoever else uses the pooler. Nothing is left in a session: settings and isolation are
 * those of the transaction. They travel with its first statement, so that they cost no
 * round trip.
 */
final class PooledSession implements InvocationHandler {

    private final Connection session;

    /** A statement of one row; empty: none is needed. */
    private final String settings;

    private int isolation = Connection.TRANSACTION_READ_COMMITTED;

    /** Whether the transaction has its settings. Without one, each statement is one. */
    private boolean begun;

    private PooledSession(Connection session, String settings) {
        this.session = session;
        this.settings = settings;
    }

    static Connection over(Connection session, String settings) {
        return proxy(Connection.class, new PooledSession(session, settings));
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "prepareStatement" -> prepare(method, arguments);
            case "getTransactionIsolation" -> this.isolation;
            case "setTransactionIsolation" -> {
                this.isolation = (Integer) arguments[0];
                yield null;
            }
            case "setAutoCommit", "commit", "rollback" -> {
                this.begun = false;
                yield call(method, this.session, arguments);
            }
            case "unwrap", "isWrapperFor" -> call(method, this.session, arguments);
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> call(method, this.session, arguments);
        };
    }

    private PreparedStatement prepare(Method method, Object[] arguments) throws Throwable {
        boolean transaction = !this.session.getAutoCommit();
        if (transaction && !this.begun) {
            if (this.isolation != Connection.TRANSACTION_READ_COMMITTED) {
                isolate();
            }
            this.begun = this.settings.isEmpty();
        }
        boolean first = !this.settings.isEmpty() && !(transaction && this.begun);
        if (!first) {
            return prepared(method, arguments);
        }
        Object[] all = arguments.clone();
        all[0] = this.settings + "; " + arguments[0];
        PreparedStatement statement = prepared(method, all);
        return proxy(PreparedStatement.class,
                (proxy, called, parameters) -> execute(statement, proxy, called, parameters));
    }

    private PreparedStatement prepared(Method method, Object[] arguments) throws Throwable {
        return (PreparedStatement) Objects.requireNonNull(call(method, this.session, arguments));
    }

    /** Must be the first of its transaction. */
    private void isolate() throws SQLException {
        try (Statement statement = this.session.createStatement()) {
            statement.execute((this.isolation == Connection.TRANSACTION_SERIALIZABLE)
                    ? "set transaction isolation level serializable"
                    : "set transaction isolation level repeatable read");
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private @Nullable Object execute(PreparedStatement statement, Object proxy, Method method, Object[] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "executeQuery" -> {
                skipSettings(statement);
                yield statement.getResultSet();
            }
            case "executeUpdate" -> {
                skipSettings(statement);
                yield statement.getUpdateCount();
            }
            case "executeLargeUpdate" -> {
                skipSettings(statement);
                yield statement.getLargeUpdateCount();
            }
            case "execute" -> skipSettings(statement);
            case "addBatch", "executeBatch", "executeLargeBatch" ->
                throw new SQLFeatureNotSupportedException("Arrays do better than batches");
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> call(method, statement, arguments);
        };
    }

    /**
     * Executes both.
     * @return whether the second has rows
     */
    private boolean skipSettings(PreparedStatement statement) throws SQLException {
        statement.execute();
        this.begun = true;
        return statement.getMoreResults();
    }

    private static @Nullable Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        }
        catch (InvocationTargetException ex) {
            throw (ex.getCause() != null) ? ex.getCause() : ex;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type
            .cast(Proxy.newProxyInstance(PooledSession.class.getClassLoader(), new Class<?>[] { type }, handler));
    }

}
