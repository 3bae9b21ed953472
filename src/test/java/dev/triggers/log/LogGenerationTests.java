package dev.triggers.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresCluster;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The log goes on where transaction ids do not: after a restore into another server, and
 * on a standby that was promoted and lost what its primary did last. Skipped where the
 * programs of a PostgreSQL server are not installed.
 */
@EnabledIf(value = "programsAreThere", disabledReason = "needs Debian's package postgresql")
class LogGenerationTests {

    private static final String DATABASE = "triggers";

    private static final String KEY = "{\"organization_name\":\"log\",\"tier\":\"enterprise\"}";

    private Api api;

    private String key;

    static boolean programsAreThere() {
        return PostgresCluster.programs().isPresent();
    }

    private Reply read(String cursor) {
        return Api.patiently(() -> this.api.get("/api/events?limit=1000" + cursor, this.key));
    }

    private static List<String> ids(Reply page) {
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
        return ids;
    }

    private List<String> post(int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(this.api.postEvent(this.key, "a", Integer.toString(i)));
        }
        return ids;
    }

    /** The cursor behind all of these. */
    private String readAll(String cursor, List<String> expected) {
        String[] next = new String[1];
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Reply page = read(cursor);
            assertThat(ids(page)).isEqualTo(expected);
            next[0] = "&cursor=" + page.text("next_cursor");
        });
        return next[0];
    }

    @Test
    void cursorGoesOnAfterARestoreIntoAnotherServer() {
        try (PostgresCluster first = PostgresCluster.start(); PostgresCluster second = PostgresCluster.start()) {
            first.createDatabase(DATABASE);
            String beforeDump;
            String behindDump;
            List<String> lost;
            List<String> kept;
            try (Instance instance = Instance.start(first.url(DATABASE), Map.of())) {
                this.api = instance.api();
                this.key = this.api.post("/api/keys/generate", null, KEY).text("api_key");
                kept = post(5);
                beforeDump = readAll("", kept);
                second.restore(first, DATABASE);
                lost = post(3);
                behindDump = readAll(beforeDump, lost);
            }
            try (Instance instance = Instance.start(second.url(DATABASE), Map.of())) {
                this.api = instance.api();
                // The new server's transaction ids are lower than those of the events
                List<String> added = post(4);
                assertThat(readAll(beforeDump, added)).isNotEmpty();
                Reply reset = read(behindDump);
                assertThat(reset.status()).as("%s", reset).isEqualTo(410);
                assertThat(reset.text("code")).isEqualTo("cursor_reset");
                readAll("&cursor=" + reset.text("cursor"), added);
                List<String> all = new ArrayList<>(kept);
                all.addAll(added);
                readAll("", all);
                assertThat(all).doesNotContainAnyElementsOf(lost);
            }
        }
    }

    @Test
    void cursorOfWhatAPromotedStandbyLostIsReset() {
        try (PostgresCluster primary = PostgresCluster.start()) {
            primary.createDatabase(DATABASE);
            String survived;
            String lostTail;
            List<String> kept;
            PostgresCluster standby;
            try (Instance instance = Instance.start(primary.url(DATABASE), Map.of())) {
                this.api = instance.api();
                this.key = this.api.post("/api/keys/generate", null, KEY).text("api_key");
                kept = post(5);
                survived = readAll("", kept);
                standby = PostgresCluster.standbyOf(primary);
                String last = kept.getLast();
                await().atMost(Duration.ofSeconds(30))
                    .until(() -> standby.sql(DATABASE, "select count(*) from events where id = '" + last + "'")
                        .equals("1"));
                // What comes now stays with the primary
                standby.kill();
                List<String> lost = post(3);
                lostTail = readAll(survived, lost);
                primary.kill();
            }
            try (standby) {
                standby.restart();
                standby.promote();
                try (Instance instance = Instance.start(standby.url(DATABASE), Map.of())) {
                    this.api = instance.api();
                    List<String> added = post(4);
                    readAll(survived, added);
                    Reply reset = read(lostTail);
                    assertThat(reset.status()).as("%s", reset).isEqualTo(410);
                    assertThat(reset.text("code")).isEqualTo("cursor_reset");
                    readAll("&cursor=" + reset.text("cursor"), added);
                    List<String> all = new ArrayList<>(kept);
                    all.addAll(added);
                    readAll("", all);
                }
            }
        }
    }

    @Test
    void promotionIsNoticedByTheNextStoreOfAnInstanceThatGoesOn() {
        try (PostgresCluster primary = PostgresCluster.start();
                PostgresCluster standby = PostgresCluster.standbyOf(primary)) {
            standby.promote();
            standby.createDatabase(DATABASE);
            try (Instance instance = Instance.start(standby.url(DATABASE), Map.of())) {
                this.api = instance.api();
                this.key = this.api.post("/api/keys/generate", null, KEY).text("api_key");
                // As if the timeline had changed beneath connections that live on
                standby.sql(DATABASE, "update log_state set timeline = timeline - 1");
                List<String> added = post(2);
                readAll("", added);
                assertThat(standby.sql(DATABASE, "select generation from log_state")).isEqualTo("2");
            }
        }
    }

}
