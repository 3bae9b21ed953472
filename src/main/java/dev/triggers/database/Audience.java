package dev.triggers.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The organizations that somebody listens to on another instance. Who listens says so at
 * the beginning, and again for as long as it goes on; so whoever has something to tell of
 * an organization that nobody listens to sends nothing. Who hears of a listener for the
 * first time is called, and may have it look at what came before it was known.
 */
public final class Audience {

    private static final Logger logger = LoggerFactory.getLogger(Audience.class);

    private static final long AGAIN = Duration.ofSeconds(8).toNanos();

    /** A listener that was not heard of for so long is gone. */
    private static final long LASTS = Duration.ofSeconds(25).toNanos();

    /** A notification holds 8,000 bytes. */
    private static final int ORGANIZATIONS_AT_ONCE = 200;

    private static final String WHO = "?";

    private final Notifications notifications;

    private final String topic;

    private final Consumer<UUID> joined;

    private final LongSupplier nanoTime;

    private final String self = UUID.randomUUID().toString();

    /** When each stops counting, unless it is heard of again. */
    private final ConcurrentHashMap<UUID, Long> elsewhere = new ConcurrentHashMap<>();

    private final ConcurrentHashMap<UUID, Present> here = new ConcurrentHashMap<>();

    /**
     * Listens to what others say.
     * @param topic of the messages, a word of its own
     * @param joined is called with an organization that has a listener elsewhere now
     */
    public Audience(Notifications notifications, String topic, Consumer<UUID> joined) {
        this(notifications, topic, joined, System::nanoTime);
    }

    Audience(Notifications notifications, String topic, Consumer<UUID> joined, LongSupplier nanoTime) {
        this.notifications = notifications;
        this.topic = topic;
        this.joined = joined;
        this.nanoTime = nanoTime;
        notifications.on(topic, this::hear);
        // Not on the thread that listens, which must not wait
        notifications.onListening(() -> Thread.ofVirtual().name("audience").start(this::introduce));
    }

    /**
     * Somebody here listens from now on. When this returns, the others have been told, as
     * far as the database could be reached.
     */
    public void join(UUID organizationId) {
        Present present = this.here.compute(organizationId,
                (id, before) -> (before != null) ? before.more(1) : new Present(1, null));
        if (isDue(present)) {
            tell(List.of(organizationId));
        }
    }

    /**
     * One who listened does no more.
     */
    public void leave(UUID organizationId) {
        this.here.computeIfPresent(organizationId, (id, before) -> before.more(-1));
    }

    /**
     * Whether somebody listens to any organization on another instance.
     */
    public boolean isAnywhereElse() {
        return !this.elsewhere.isEmpty();
    }

    /**
     * Whether somebody listens to the organization on another instance.
     */
    public boolean isElsewhere(UUID organizationId) {
        Long until = this.elsewhere.get(organizationId);
        return until != null && until - this.nanoTime.getAsLong() > 0;
    }

    /**
     * Repeats what has to be repeated and forgets who is gone; to be called every second
     * or so. Does nothing while nobody listens.
     */
    public void refresh() {
        long now = this.nanoTime.getAsLong();
        this.elsewhere.values().removeIf((until) -> until - now <= 0);
        List<UUID> due = new ArrayList<>();
        this.here.forEach((organizationId, present) -> {
            if (isDue(present)) {
                if (present.listeners > 0) {
                    due.add(organizationId);
                }
                else {
                    this.here.remove(organizationId, present);
                }
            }
        });
        for (int from = 0; from < due.size(); from += ORGANIZATIONS_AT_ONCE) {
            tell(due.subList(from, Math.min(due.size(), from + ORGANIZATIONS_AT_ONCE)));
        }
    }

    private boolean isDue(Present present) {
        return present.toldAt == null || this.nanoTime.getAsLong() - present.toldAt >= AGAIN;
    }

    private void tell(List<UUID> organizationIds) {
        long now = this.nanoTime.getAsLong();
        if (send(organizationIds.stream().map(UUID::toString).collect(Collectors.joining(",")))) {
            organizationIds.forEach(
                    (id) -> this.here.computeIfPresent(id, (same, present) -> new Present(present.listeners, now)));
        }
    }

    /**
     * What was said while the connection was away was not heard, neither by it nor from
     * it.
     */
    private void introduce() {
        this.here.replaceAll((id, present) -> new Present(present.listeners, null));
        send(WHO);
        refresh();
    }

    private boolean send(String text) {
        try {
            this.notifications.send(this.topic, this.self + " " + text);
            return true;
        }
        catch (DataAccessException | TransactionException ex) {
            logger.debug("Other instances do not hear who listens to {}: {}", this.topic, ex.getMessage());
            return false;
        }
    }

    private void hear(String message) {
        String[] words = message.split(" ", -1);
        if (words.length != 2 || words[0].equals(this.self)) {
            return;
        }
        if (words[1].equals(WHO)) {
            this.here.replaceAll((id, present) -> new Present(present.listeners, null));
            Thread.ofVirtual().name("audience").start(this::refresh);
            return;
        }
        long until = this.nanoTime.getAsLong() + LASTS;
        for (String id : words[1].split(",", -1)) {
            UUID organizationId = UUID.fromString(id);
            if (this.elsewhere.put(organizationId, until) == null) {
                this.joined.accept(organizationId);
            }
        }
    }

    /**
     * Those who listen to an organization here.
     *
     * @param listeners how many
     * @param toldAt when the others were told last
     */
    private record Present(int listeners, @Nullable Long toldAt) {

        Present more(int change) {
            return new Present(this.listeners + change, this.toldAt);
        }

    }

}
