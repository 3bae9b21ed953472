package dev.triggers.database;

import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What instances tell each other where notifications do not arrive: rows that each looks
 * for. They become visible in another order than they are numbered in, so each look goes
 * back to the oldest transaction that was under way at the last one, and leaves out what
 * that one showed already. For one thread, but for {@link #send}.
 */
final class Mailbox {

    private final JdbcClient jdbc;

    /**
     * The oldest transaction that was under way at the last look; none before the first.
     */
    private @Nullable Long since;

    private Set<Long> seen = Set.of();

    Mailbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Leaves a message for every instance, this one included, when the current
     * transaction commits; those that listen are notified.
     */
    void send(String channel, String text) {
        this.jdbc.sql("""
                with kept as (insert into messages (text) values (:text))
                select pg_notify(:channel, :text)
                """).param("channel", channel).param("text", text).query((row) -> {
        });
    }

    boolean isOpen() {
        return this.since != null;
    }

    /**
     * From now on, messages are found.
     */
    void open() {
        look();
    }

    /**
     * What was sent since the last look that succeeded; nothing at the first.
     */
    List<String> look() {
        Long from = this.since;
        List<String> found = new ArrayList<>();
        Set<Long> shown = new HashSet<>();
        AtomicLong horizon = new AtomicLong();
        this.jdbc.sql("""
                select h.horizon, m.id, m.text
                from (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as horizon) h
                    left join messages m on m.transaction >= coalesce(:since, h.horizon)
                order by m.transaction, m.id
                """).param("since", from, Types.BIGINT).query((row) -> {
            horizon.set(row.getLong("horizon"));
            long id = row.getLong("id");
            if (!row.wasNull() && shown.add(id) && from != null && !this.seen.contains(id)) {
                found.add(row.getString("text"));
            }
        });
        this.since = horizon.get();
        this.seen = shown;
        return found;
    }

    /**
     * Everybody has looked meanwhile, or has been away for so long that it doubts all.
     */
    void deleteOld() {
        this.jdbc.sql("delete from messages where sent_at < now() - interval '1 minute'").update();
    }

}
