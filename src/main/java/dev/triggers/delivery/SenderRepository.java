package dev.triggers.delivery;

import java.util.Optional;

import dev.triggers.sending.WebhookSender;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The number of what this service, as it is now, puts into requests: attempts name it.
 */
@Repository
class SenderRepository {

    private final JdbcClient jdbc;

    private final WebhookSender sender;

    private volatile int id;

    SenderRepository(JdbcClient jdbc, WebhookSender sender) {
        this.jdbc = jdbc;
        this.sender = sender;
    }

    /**
     * The number; asks the database the first time.
     */
    int id() {
        if (this.id == 0) {
            // A conflict would use up a number too
            this.id = find().orElseGet(() -> {
                insert();
                return find().orElseThrow();
            });
        }
        return this.id;
    }

    private Optional<Integer> find() {
        return this.jdbc.sql("select id from senders where user_agent = :agent and body_aliases = :aliases")
            .param("agent", this.sender.userAgent())
            .param("aliases", this.sender.bodyAliases())
            .query(Integer.class)
            .optional();
    }

    private void insert() {
        this.jdbc.sql("""
                insert into senders (user_agent, body_aliases) values (:agent, :aliases) on conflict do nothing
                """).param("agent", this.sender.userAgent()).param("aliases", this.sender.bodyAliases()).update();
    }

}
