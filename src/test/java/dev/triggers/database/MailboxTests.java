package dev.triggers.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are looked for: each is found once, whatever the order in which their
 * transactions end.
 */
class MailboxTests {

    private static Instance instance;

    private final JdbcClient jdbc = instance.bean(JdbcClient.class);

    private final Mailbox reader = new Mailbox(this.jdbc);

    @BeforeAll
    static void start() {
        instance = Instance.start(PostgresServer.newDatabase(), Map.of());
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    @BeforeEach
    void open() {
        this.reader.open();
    }

    private void send(String text) {
        new Mailbox(this.jdbc).send("triggers", text);
    }

    private static TransactionTemplate transaction() {
        TransactionTemplate template = new TransactionTemplate(instance.bean(PlatformTransactionManager.class));
        template.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        return template;
    }

    /** A look by a session that does not see what the current one has yet to commit. */
    private List<String> elsewhere() {
        List<String> found = new ArrayList<>();
        transaction().executeWithoutResult((status) -> found.addAll(this.reader.look()));
        return found;
    }

    @Test
    void eachIsFoundOnceAndInOrder() {
        send("one");
        send("two");
        assertThat(this.reader.look()).containsExactly("one", "two");
        send("three");
        assertThat(this.reader.look()).containsExactly("three");
        assertThat(this.reader.look()).isEmpty();
    }

    @Test
    void whatCommitsLateIsFoundThen() {
        transaction().executeWithoutResult((late) -> {
            send("late");
            transaction().executeWithoutResult((soon) -> send("soon"));
            assertThat(elsewhere()).containsExactly("soon");
            assertThat(elsewhere()).isEmpty();
        });
        assertThat(this.reader.look()).containsExactly("late");
        assertThat(this.reader.look()).isEmpty();
    }

    @Test
    void whatIsRolledBackIsNeverFound() {
        transaction().executeWithoutResult((status) -> {
            send("never");
            status.setRollbackOnly();
        });
        assertThat(this.reader.look()).isEmpty();
    }

    @Test
    void whoOpensFindsNothingOfBefore() {
        send("before");
        Mailbox later = new Mailbox(this.jdbc);
        later.open();
        assertThat(later.look()).isEmpty();
        assertThat(this.reader.look()).containsExactly("before");
    }

    @Test
    void whatIsOldIsDeleted() {
        send("old");
        this.jdbc.sql("update messages set sent_at = now() - interval '61 seconds'").update();
        send("new");
        this.reader.deleteOld();
        assertThat(this.reader.look()).containsExactly("new");
        assertThat(this.jdbc.sql("select count(*) from messages where text = 'old'").query(Integer.class).single())
            .isZero();
    }

}
