package dev.triggers.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Messages between instances, over LISTEN and NOTIFY. One connection listens; it is made
 * anew for as long as it takes. What was sent while it was away is lost: listeners of
 * {@link #onReconnect} drop whatever they believe. The same connection shows the other
 * instances that this one lives. Through a pooler no connection can listen, so messages
 * are looked for, and all is doubted each time.
 */
@Component
public class Notifications implements SmartLifecycle {

    private static final Logger logger = LoggerFactory.getLogger(Notifications.class);

    private static final String CHANNEL = "triggers";

    private static final int POLL_MILLIS = 400;

    /** How often all is doubted, and looked for, where nothing is heard. */
    private static final Duration DOUBT = Duration.ofSeconds(1);

    /** Others wait for the beat that failed. */
    private static final Duration DOUBT_AGAIN = Duration.ofMillis(200);

    /**
     * Between two attempts to listen: instances that ended are found out meanwhile.
     */
    private static final int BEATS = 5;

    /** Between two deletions of old messages. */
    private static final int DELETION_LOOKS = 60;

    private static final long HEALTHY_NANOS = Duration.ofSeconds(1).toNanos();

    private static final long LONGEST_BACKOFF_MILLIS = 500;

    private final Sessions sessions;

    private final JdbcClient jdbc;

    private final Instances instances;

    private final Mailbox mailbox;

    private final Map<String, List<Consumer<String>>> listeners = new ConcurrentHashMap<>();

    private final List<Runnable> reconnectListeners = new CopyOnWriteArrayList<>();

    private final List<Runnable> listeningListeners = new CopyOnWriteArrayList<>();

    private volatile @Nullable Thread thread;

    private volatile long heardAt = System.nanoTime() - HEALTHY_NANOS;

    Notifications(Database database, JdbcClient jdbc, Instances instances) {
        this.sessions = database.listening();
        this.jdbc = jdbc;
        this.instances = instances;
        this.mailbox = new Mailbox(jdbc);
    }

    /**
     * Calls the listener with the text of each message of the topic, on the listening
     * thread: it must not wait.
     */
    public void on(String topic, Consumer<String> listener) {
        this.listeners.computeIfAbsent(topic, (key) -> new CopyOnWriteArrayList<>()).add(listener);
    }

    /**
     * Calls the listener whenever something may have been sent that did not arrive, and
     * again and again while nothing arrives.
     */
    public void onReconnect(Runnable listener) {
        this.reconnectListeners.add(listener);
    }

    /**
     * Calls the listener whenever messages begin to arrive.
     */
    void onListening(Runnable listener) {
        this.listeningListeners.add(listener);
    }

    /**
     * Sends to every instance, this one included, when the current transaction commits.
     */
    public void send(String topic, String text) {
        String message = topic + " " + text;
        if (this.sessions.pooled()) {
            this.mailbox.send(CHANNEL, message);
            return;
        }
        this.jdbc.sql("select pg_notify(:channel, :message)")
            .param("channel", CHANNEL)
            .param("message", message)
            .query((row) -> {
            });
    }

    /**
     * Whether a message sent a second ago would have arrived.
     */
    public boolean healthy() {
        return System.nanoTime() - this.heardAt < HEALTHY_NANOS;
    }

    private void listen() {
        long backoff = 50;
        while (isRunning()) {
            try (Connection connection = this.sessions.getConnection();
                    Statement statement = connection.createStatement()) {
                if (!this.sessions.pooled()) {
                    statement.execute("listen " + CHANNEL);
                    this.instances.enter(connection);
                    this.reconnectListeners.forEach(Runnable::run);
                    this.listeningListeners.forEach(Runnable::run);
                    backoff = 50;
                    receive(connection);
                }
            }
            catch (SQLException | RuntimeException ex) {
                if (isRunning()) {
                    logger.warn("Not listening for notifications, trying again: {}", ex.toString());
                    if (healthy() || !lookInstead()) {
                        backoff = pause(backoff);
                    }
                }
            }
            if (this.sessions.pooled()) {
                keepLooking();
            }
        }
    }

    /**
     * Through a pooler nothing is heard: it would listen with a session that is somebody
     * else's the next moment. Messages are looked for instead; and since instances that
     * found no pooler leave none, listeners look for themselves, too.
     */
    private void keepLooking() {
        logger.warn("Instances do not hear each other through the pooler: changes of keys and endpoints, and what "
                + "streams and long polls wait for, are looked for once a second; DATABASE_LISTEN_URL may name the server");
        for (int looks = 0; isRunning(); looks++) {
            boolean beaten = beat();
            this.reconnectListeners.forEach(Runnable::run);
            lookForMessages(looks % DELETION_LOOKS == 0);
            pause((beaten ? DOUBT : DOUBT_AGAIN).toMillis());
        }
    }

    /** One that fails is made up for by the next. */
    private void lookForMessages(boolean deletion) {
        try {
            if (!this.mailbox.isOpen()) {
                this.mailbox.open();
                this.listeningListeners.forEach(Runnable::run);
            }
            this.mailbox.look().forEach(this::dispatch);
            if (deletion) {
                this.mailbox.deleteOld();
            }
        }
        catch (RuntimeException ex) {
            if (isRunning()) {
                logger.warn("What other instances say was not looked for, trying again: {}", ex.getMessage());
            }
        }
    }

    /**
     * The same for a while where the server cannot be listened to, but the pool reaches
     * it. The next attempt to listen may take a while, too, so this ends with a beat.
     * @return false if the pool does not reach it either
     */
    private boolean lookInstead() {
        for (int beats = 0; beats < BEATS && isRunning(); beats++) {
            if (beats > 0) {
                pause(DOUBT.toMillis());
            }
            if (!beat()) {
                return false;
            }
            this.reconnectListeners.forEach(Runnable::run);
        }
        return true;
    }

    private boolean beat() {
        try {
            this.instances.beat();
            return true;
        }
        catch (RuntimeException ex) {
            if (isRunning()) {
                logger.warn("The other instances may take this one for ended: {}", ex.getMessage());
            }
            return false;
        }
    }

    private void receive(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        int server = this.instances.look();
        while (isRunning() && !this.sessions.pooled()) {
            // A silent connection may be a dead one, and one that changes is a pooler's
            if (this.instances.look() != server) {
                this.sessions.foundPooler();
                return;
            }
            this.heardAt = System.nanoTime();
            PGNotification[] received = postgres.getNotifications(POLL_MILLIS);
            if (received != null) {
                for (PGNotification notification : received) {
                    dispatch(notification.getParameter());
                }
            }
        }
    }

    private void dispatch(String message) {
        int space = message.indexOf(' ');
        if (space < 0) {
            return;
        }
        String text = message.substring(space + 1);
        for (Consumer<String> listener : this.listeners.getOrDefault(message.substring(0, space), List.of())) {
            try {
                listener.accept(text);
            }
            catch (RuntimeException ex) {
                logger.error("A notification was not handled", ex);
            }
        }
    }

    private static long pause(long millis) {
        try {
            Thread.sleep(millis);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return Math.min(LONGEST_BACKOFF_MILLIS, millis * 2);
    }

    @Override
    public void start() {
        this.instances.open();
        this.thread = Thread.ofVirtual().name("notifications").unstarted(this::listen);
        this.thread.start();
    }

    @Override
    public void stop() {
        Thread listening = this.thread;
        this.thread = null;
        if (listening != null) {
            listening.interrupt();
            this.instances.leave();
        }
    }

    @Override
    public boolean isRunning() {
        return this.thread != null;
    }

    /** Before everything that depends on it, and after all that on the way down. */
    @Override
    public int getPhase() {
        return 0;
    }

}
