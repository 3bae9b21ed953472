package dev.triggers.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.triggers.settings.ConfigurationException;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens sessions of the database, and knows what leads to it. A server takes the plan
 * settings when a session begins, and keeps prepared statements for as long as it lasts.
 * A pooler that gives every transaction another session takes neither: it is known by
 * what it refuses, ignores or forgets, now or later, and from then on for good.
 */
final class Sessions extends AbstractDataSource {

    private static final Logger logger = LoggerFactory.getLogger(Sessions.class);

    /** A client hears of a database that is away within three seconds. */
    private static final Map<String, String> IMPATIENT = Map.of("connectTimeout", "1", "socketTimeout", "2",
            "tcpKeepAlive", "true");

    /** Where another server can be asked there must be time for that. */
    private static final Map<String, String> VERY_IMPATIENT = Map.of("connectTimeout", "1", "socketTimeout", "1",
            "tcpKeepAlive", "true");

    private static final String THRESHOLD = "prepareThreshold";

    /** A statement was forgotten, or is somebody else's of the same name. */
    private static final Set<String> FORGETFUL = Set.of("26000", "42P05");

    /** Startup parameters are refused as a protocol violation or as not supported. */
    private static final Set<String> REFUSED = Set.of("08P01", "0A000");

    /** Of no use to ask again: who we are, and what the database is called. */
    private static final Set<String> FINAL = Set.of("28000", "28P01", "3D000");

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final DatabaseUrl url;

    private final Map<String, String> limits;

    private final Driver driver = new Driver();

    private final List<Runnable> poolerListeners = new CopyOnWriteArrayList<>();

    private volatile boolean pooled;

    /** Whether not even the options of the URL are taken. */
    private volatile boolean refusesOptions;

    Sessions(DatabaseUrl url) {
        this(url, IMPATIENT);
    }

    private Sessions(DatabaseUrl url, Map<String, String> limits) {
        this.url = url;
        this.limits = limits;
    }

    /**
     * Those of a standby, for what the primary can answer as well.
     */
    static Sessions ofReplica(DatabaseUrl url) {
        if (url.address().contains(",")) {
            // Each statement would be another one's, and how old those are nobody knew
            throw new ConfigurationException("DATABASE_READ_URL must name one server");
        }
        return new Sessions(url, VERY_IMPATIENT);
    }

    /**
     * Whether transactions may be given another session each.
     */
    boolean pooled() {
        return this.pooled;
    }

    /** Calls the listener once a pooler is found that was not known before. */
    void onPooler(Runnable listener) {
        this.poolerListeners.add(listener);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return this.pooled ? openPooled() : openDirect();
    }

    private Connection openDirect() throws SQLException {
        String options = (this.url.options() + " " + PlanSettings.OPTIONS).strip();
        try {
            Connection session = open(this.limits, Map.of("options", options));
            if (settingsHold(session)) {
                return session;
            }
            session.close();
        }
        catch (SQLException ex) {
            if (!REFUSED.contains(String.valueOf(ex.getSQLState()))) {
                throw ex;
            }
        }
        Connection session = openPooled();
        foundPooler();
        return session;
    }

    private Connection openPooled() throws SQLException {
        String threshold = this.url.parameters().getOrDefault(THRESHOLD, "0");
        Connection session = openWithOptions(this.limits, Map.of(THRESHOLD, threshold));
        // Where the role has the settings in this database, they need not go along
        return PooledSession.over(session, settingsHold(session) ? "" : PlanSettings.FOR_TRANSACTION);
    }

    /**
     * A session without a time limit, for what takes as long as it takes. It has the
     * planner that the server gives it, even where the role has the settings.
     */
    Connection openPatient() throws SQLException {
        Connection session = openWithOptions(Map.of("tcpKeepAlive", "true", "connectTimeout", "10"),
                Map.of(THRESHOLD, "0"));
        return settingsHold(session) ? PooledSession.over(session, PlanSettings.NOT_FOR_TRANSACTION) : session;
    }

    /** A provider may find the database by the options that its URL has. */
    private Connection openWithOptions(Map<String, String> limits, Map<String, String> further) throws SQLException {
        boolean refused = false;
        if (!this.url.options().isEmpty() && !this.refusesOptions) {
            Map<String, String> all = new HashMap<>(further);
            all.put("options", this.url.options());
            try {
                return open(limits, all);
            }
            catch (SQLException ex) {
                if (!REFUSED.contains(String.valueOf(ex.getSQLState()))) {
                    throw ex;
                }
                refused = true;
            }
        }
        Connection session = open(limits, further);
        // Who refuses all sessions for a while says the same
        this.refusesOptions |= refused;
        return session;
    }

    private Connection open(Map<String, String> limits, Map<String, String> further) throws SQLException {
        Map<String, String> parameters = new HashMap<>(this.url.parameters());
        parameters.remove("options");
        parameters.putAll(limits);
        parameters.put("ApplicationName", "triggers-api");
        parameters.putAll(further);
        Properties properties = new Properties();
        properties.putAll(parameters);
        Connection session = this.driver.connect(this.url.address(), properties);
        if (session == null) {
            throw new SQLException("Not an address of PostgreSQL");
        }
        return session;
    }

    private static boolean settingsHold(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(PlanSettings.HOLD)) {
            return row.next() && row.getBoolean(1);
        }
        catch (SQLException ex) {
            session.close();
            throw ex;
        }
    }

    /**
     * Looks at what a statement failed with: that may be the first sign of a pooler.
     * @return whether its session is of no more use
     */
    boolean isSpoilt(SQLException ex) {
        String state = String.valueOf(ex.getSQLState());
        if (FORGETFUL.contains(state) && !this.url.parameters().containsKey(THRESHOLD)) {
            foundPooler();
        }
        // A server that became read-only stays so for its sessions; another may be
        // writable
        return FORGETFUL.contains(state) || state.equals("25006") || state.equals("57P05");
    }

    /** From now on all sessions are a pooler's. */
    void foundPooler() {
        synchronized (this) {
            if (this.pooled) {
                return;
            }
            this.pooled = true;
        }
        logger.info("The database is behind a pooler: statements are prepared anew each time, and the planner's "
                + "settings go along with every transaction");
        this.poolerListeners.forEach(Runnable::run);
    }

    /**
     * Waits until the database answers, but not for what waiting does not mend.
     */
    void await(String variable, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            try {
                getConnection().close();
                return;
            }
            catch (SQLException ex) {
                boolean over = System.nanoTime() + PAUSE.toNanos() > end
                        || FINAL.contains(String.valueOf(ex.getSQLState()));
                if (over || !pause()) {
                    throw new ConfigurationException(
                            "the database that " + variable + " names cannot be used: " + ex.getMessage());
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Connection getConnection(String username, String password) {
        throw new UnsupportedOperationException("The URL says who connects");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    /** The driver's own limits hold. */
    @Override
    public void setLoginTimeout(int seconds) {
    }

}
