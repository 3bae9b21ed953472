package dev.triggers.database;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of cursors when days are dropped from the log.
 */
class LogRetentionTests {

    private static final int RETENTION = 2;

    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    private final Map<LocalDate, String> events = new HashMap<>();

    /** Taken when the day's event was read. */
    private final Map<LocalDate, String> cursors = new HashMap<>();

    private Instance instance;

    private JdbcClient jdbc;

    private String key;

    private UUID organization;

    @BeforeEach
    void start() {
        String database = PostgresServer.newDatabase();
        this.instance = Instance.start(database, Map.of("RETENTION_DAYS", Integer.toString(RETENTION)));
        this.jdbc = PostgresServer.client(database);
        Reply made = this.instance.api().post("/api/keys/generate", null, "{\"organization_name\":\"log\"}");
        this.key = made.text("api_key");
        this.organization = UUID.fromString(made.text("organization_id"));
        this.jdbc.sql("delete from log_marks").update();
    }

    @AfterEach
    void stop() {
        this.instance.close();
    }

    private Reply read(String query) {
        return Api.patiently(() -> this.instance.api().get("/api/events" + query, this.key));
    }

    private List<String> ids(Reply page) {
        assertThat(page.status()).as("%s", page).isEqualTo(200);
        List<String> ids = new ArrayList<>();
        page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
        return ids;
    }

    private void live(LocalDate day, String cursor) {
        this.jdbc.sql("select create_history_day(:day)").param("day", day).query((row) -> {
        });
        Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
        UUID id = new UUID(UuidV7.floor(noon).getMostSignificantBits() | 0x7000,
                UUID.randomUUID().getLeastSignificantBits());
        // As what is stored into a day that has long been over
        this.jdbc.sql("""
                with stored as (
                  insert into events (organization_id, id, last_id, type, payload)
                  values (:organization, :id, :id, 'a', '{}'))
                insert into log_late (day, position) values (:day, log_position())
                """).param("organization", this.organization).param("id", id).param("day", day).update();
        this.events.put(day, id.toString());
        await().untilAsserted(() -> {
            Reply page = read((cursor != null) ? "?cursor=" + cursor : "");
            assertThat(ids(page)).containsExactly(id.toString());
            this.cursors.put(day, page.text("next_cursor"));
        });
        this.jdbc.sql("""
                insert into log_marks (at, position)
                select :at, (generation::bigint << 48) + pg_snapshot_xmax(pg_current_snapshot())::text::bigint
                from log_state
                """).param("at", day.plusDays(1).atTime(1, 0, 30).atOffset(ZoneOffset.UTC)).update();
    }

    private void liveFor(int days) {
        String cursor = null;
        for (int ago = days; ago > 0; ago--) {
            live(this.today.minusDays(ago), cursor);
            cursor = this.cursors.get(this.today.minusDays(ago));
        }
    }

    @Test
    void cursorBeforeADayThatWasDroppedIsExpiredAndNamesTheEarliest() {
        liveFor(5);
        this.instance.bean(HistoryUpkeep.class).dropOld();
        List<String> kept = List.of(this.events.get(this.today.minusDays(2)), this.events.get(this.today.minusDays(1)));
        for (int ago : new int[] { 5, 4 }) {
            Reply expired = read("?cursor=" + this.cursors.get(this.today.minusDays(ago)));
            assertThat(expired.status()).as("%d days: %s", ago, expired).isEqualTo(410);
            assertThat(expired.text("code")).isEqualTo("cursor_expired");
            assertThat(ids(read("?cursor=" + expired.text("earliest_cursor")))).isEqualTo(kept);
        }
        assertThat(ids(read("?cursor=" + this.cursors.get(this.today.minusDays(2))))).isEqualTo(kept.subList(1, 2));
        assertThat(ids(read(""))).isEqualTo(kept);
        assertThat(ids(read("?from=1970-01-01T00:00:00Z"))).isEqualTo(kept);
    }

    /**
     * How far a dropped day reaches into the log is known by the minute, or, before the
     * first one is over, not at all: what is kept may lie before that.
     */
    @Test
    void everythingThatIsKeptIsThereForWhoBeginsAfterADayWasDropped() {
        List<String> kept = Stream.generate(() -> this.instance.api().postEvent(this.key, "a", "{}")).limit(3).toList();
        this.jdbc.sql("update log_state set first_day = null, floor = 0").update();
        String before = read("?limit=1").text("next_cursor");
        this.instance.bean(HistoryUpkeep.class).dropOld();
        assertThat(this.jdbc.sql("select floor > (select max(position) from events) from log_state")
            .query(Boolean.class)
            .single()).isTrue();
        assertThat(read("?cursor=" + before).status()).isEqualTo(410);
        assertThat(ids(read(""))).isEqualTo(kept);
        assertThat(ids(read("?from=1970-01-01T00:00:00Z"))).isEqualTo(kept);
        String first = read("?limit=1").text("next_cursor");
        assertThat(ids(read("?cursor=" + first))).isEqualTo(kept.subList(1, 3));
        this.jdbc.sql("update log_state set first_day = first_day + 1").update();
        assertThat(read("?cursor=" + first).status()).isEqualTo(410);
    }

    @Test
    void dayIsDroppedFromTheLogWhereItsRowsStayForOpenDeliveries() {
        liveFor(4);
        LocalDate old = this.today.minusDays(4);
        UUID event = UUID.fromString(this.events.get(old));
        Rows rows = new Rows(this.jdbc);
        rows.delivery(this.organization, event, rows.endpoint(this.organization, "http://localhost:9/"),
                Instant.now().plusSeconds(3_600), 1);
        this.instance.bean(HistoryUpkeep.class).dropOld();
        assertThat(this.jdbc.sql("select count(*) from events where id = :id")
            .param("id", event)
            .query(Integer.class)
            .single()).isEqualTo(1);
        assertThat(ids(read(""))).doesNotContain(event.toString());
        assertThat(read("?cursor=" + this.cursors.get(old)).status()).isEqualTo(410);
    }

    @Test
    void whatWasAddedLateToADayExpiresWhatIsBeforeIt() {
        liveFor(3);
        LocalDate old = this.today.minusDays(3);
        String before = this.cursors.get(this.today.minusDays(1));
        this.jdbc.sql("update log_late set position = log_position() where day = :day").param("day", old).update();
        this.instance.bean(HistoryUpkeep.class).dropOld();
        assertThat(read("?cursor=" + before).status()).isEqualTo(410);
    }

    /** Days go between any two statements of a read. */
    @Test
    void whoBeginsMissesNothingByDaysThatAreDroppedMeanwhile() throws Exception {
        String event = this.instance.api().postEvent(this.key, "a", "{}");
        this.jdbc.sql("update log_state set first_day = '1971-01-01', floor = log_position()").update();
        await().untilAsserted(() -> assertThat(ids(read(""))).containsExactly(event));
        AtomicBoolean over = new AtomicBoolean();
        Thread dropping = Thread.startVirtualThread(() -> {
            while (!over.get()) {
                this.jdbc.sql("update log_state set first_day = first_day + 1").update();
            }
        });
        try {
            for (String query : List.of("", "?from=earliest", "?from=1970-01-01T00:00:00Z")) {
                for (int i = 0; i < 100; i++) {
                    assertThat(ids(read(query))).as(query).containsExactly(event);
                }
            }
        }
        finally {
            over.set(true);
            dropping.join();
        }
        assertThat(this.jdbc.sql("select first_day > '1971-02-01' from log_state").query(Boolean.class).single())
            .isTrue();
    }

    @Test
    void streamThatReadsWhatIsDroppedMeanwhileIsToldSoAndEnds() throws IOException {
        liveFor(3);
        String before = this.cursors.get(this.today.minusDays(1));
        String payload = "\"" + "x".repeat(200 * 1024) + "\"";
        int posted = 60;
        for (int i = 0; i < posted; i++) {
            this.instance.api().post("/api/events", this.key, "{\"type\":\"a\",\"payload\":" + payload + "}");
        }
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(8 * 1024);
            slow.setSoTimeout(60_000);
            slow.connect(new InetSocketAddress("localhost", this.instance.api().uri("/").getPort()));
            slow.getOutputStream()
                .write(("GET /api/stream?cursor=" + before + " HTTP/1.0\r\nHost: localhost\r\nX-API-Key: " + this.key
                        + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = slow.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            LocalDate old = this.today.minusDays(3);
            this.jdbc.sql("update log_late set position = log_position() where day = :day").param("day", old).update();
            this.instance.bean(HistoryUpkeep.class).dropOld();
            String told = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Matcher expired = Pattern.compile("event: stream.expired\ndata: (\\{.*})\n\n$").matcher(told);
            assertThat(expired.find()).as(told.substring(Math.max(0, told.length() - 300))).isTrue();
            JsonNode problem = new JsonMapper().readTree(expired.group(1));
            assertThat(problem.path("code").stringValue()).isEqualTo("cursor_expired");
            assertThat(Pattern.compile("event: event.accepted").matcher(told).results().count()).isLessThan(posted);
            String next = this.instance.api()
                .post("/api/events", this.key, "{\"type\":\"a\",\"payload\":1}")
                .text("id");
            await().untilAsserted(() -> assertThat(
                    ids(read("?fields=summary&limit=1000&cursor=" + problem.path("earliest_cursor").stringValue())))
                .hasSize(2 + posted + 1)
                .startsWith(this.events.get(this.today.minusDays(2)), this.events.get(this.today.minusDays(1)))
                .endsWith(next));
        }
    }

}
