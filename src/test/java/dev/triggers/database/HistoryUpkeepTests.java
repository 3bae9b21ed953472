package dev.triggers.database;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import javax.sql.DataSource;

import dev.triggers.support.PostgresServer;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The days of the history, as the clock goes on.
 */
class HistoryUpkeepTests {

    private static final int RETENTION = 30;

    private static final int GRACE = 35;

    private static final UUID ENDPOINT = UUID.randomUUID();

    private static Database database;

    private static DataSource dataSource;

    private static JdbcClient jdbc;

    private static Rows rows;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final UUID organization = UUID.randomUUID();

    private LocalDate today;

    @BeforeAll
    static void start() {
        Sessions sessions = new Sessions(DatabaseUrl.parse("DATABASE_URL", PostgresServer.newDatabase()));
        sessions.await("DATABASE_URL", Duration.ofSeconds(15));
        database = new Database(sessions, sessions, null, new ServiceSecrets("", ""), false, () -> {
        });
        dataSource = new DatabaseConfiguration().maintenanceDataSource(database);
        Flyway.configure().dataSource(dataSource).load().migrate();
        jdbc = JdbcClient.create(dataSource);
        rows = new Rows(jdbc);
    }

    @BeforeEach
    void emptyHistory() {
        List<LocalDate> days = history().days();
        days.forEach(history()::drop);
        this.today = LocalDate.of(2031, 3, 1);
    }

    private static HistoryRepository history() {
        return new HistoryRepository(jdbc, dataSource, database);
    }

    /** The upkeep at an hour of today, in UTC. */
    private HistoryUpkeep upkeep(Duration ofDay) {
        Clock clock = Clock.fixed(this.today.atStartOfDay(ZoneOffset.UTC).toInstant().plus(ofDay), ZoneOffset.UTC);
        DatabaseProperties properties = new DatabaseProperties("", "", "", Duration.ofSeconds(5), 10, Path.of("data"),
                RETENTION, Duration.ZERO, "", "");
        return new HistoryUpkeep(history(), properties, clock, this.meters);
    }

    private HistoryUpkeep upkeep() {
        return upkeep(Duration.ofHours(12));
    }

    private double expired() {
        return this.meters.counter("triggers.deliveries.expired").count();
    }

    private static UUID idOn(LocalDate day, Duration ofDay) {
        Instant instant = day.atStartOfDay(ZoneOffset.UTC).toInstant().plus(ofDay);
        return new UUID(UuidV7.floor(instant).getMostSignificantBits() | 0x7000,
                UUID.randomUUID().getLeastSignificantBits());
    }

    private UUID eventOn(LocalDate day) {
        history().createDay(day);
        return rows.event(this.organization, idOn(day, Duration.ofHours(1)), "a", null, "{}");
    }

    private void openDelivery(UUID event) {
        rows.delivery(this.organization, event, ENDPOINT, this.today.atStartOfDay(ZoneOffset.UTC).toInstant(), 2);
    }

    private static int count(String table) {
        return jdbc.sql("select count(*) from " + table).query(Integer.class).single();
    }

    @Test
    void todayAndThreeDaysMoreAreMadeAhead() {
        upkeep(Duration.ZERO).createAhead();
        upkeep(Duration.ofDays(1).minusMillis(1)).createAhead();
        assertThat(history().days()).containsExactly(this.today, this.today.plusDays(1), this.today.plusDays(2),
                this.today.plusDays(3));
        for (Duration ofDay : List.of(Duration.ZERO, Duration.ofDays(4).minusMillis(1))) {
            rows.event(this.organization, idOn(this.today, ofDay), "a", null, "{}");
        }
        assertThatThrownBy(
                () -> rows.event(this.organization, idOn(this.today.plusDays(4), Duration.ZERO), "a", null, "{}"))
            .hasMessageContaining("no partition");
    }

    @Test
    void dayIsMadeForAnEventThatMetNone() {
        upkeep().createMissing(Instant.parse("2033-01-31T23:59:59.999Z"));
        upkeep().createMissing(Instant.parse("2033-01-31T00:00:00Z"));
        assertThat(history().days()).containsExactly(LocalDate.of(2033, 1, 31));
    }

    @Test
    void daysPastTheirRetentionAreDroppedWithAllThatRefersToThem() {
        LocalDate old = this.today.minusDays(RETENTION + 1);
        UUID dead = eventOn(old);
        rows.deadLetter(this.organization, dead, ENDPOINT, 5);
        rows.attempt(this.organization, dead, ENDPOINT, 5, 'f', Instant.EPOCH);
        UUID acknowledged = eventOn(old);
        rows.acknowledged(this.organization, acknowledged, Instant.EPOCH);
        UUID waiting = eventOn(old);
        rows.parked(this.organization, waiting, Rows.NO_ENDPOINT);
        UUID kept = eventOn(this.today.minusDays(RETENTION));
        rows.parked(this.organization, kept, Rows.NO_ENDPOINT);
        rows.deadLetter(this.organization, kept, ENDPOINT, 5);
        upkeep().dropOld();
        assertThat(history().days()).containsExactly(this.today.minusDays(RETENTION));
        assertThat(Stream.of("events", "delivery_attempts", "event_acks", "event_deliveries", "dead_letters")
            .map(HistoryUpkeepTests::count)).containsExactly(1, 0, 0, 1, 1);
        assertThat(expired()).as("an event that waits for a webhook has no delivery").isZero();
    }

    @Test
    void dayWithAnOpenDeliveryIsKeptUntilTheDeliveryEnds() {
        LocalDate old = this.today.minusDays(RETENTION + GRACE);
        UUID event = eventOn(old);
        openDelivery(event);
        upkeep().dropOld();
        assertThat(history().days()).containsExactly(old);
        jdbc.sql("delete from event_deliveries").update();
        upkeep().dropOld();
        assertThat(history().days()).isEmpty();
        assertThat(expired()).isZero();
    }

    @Test
    void openDeliveryExpiresWhenItsDayCanBeKeptNoLonger() {
        openDelivery(eventOn(this.today.minusDays(RETENTION + GRACE + 1)));
        UUID waiting = eventOn(this.today.minusDays(RETENTION + GRACE + 1));
        rows.parked(this.organization, waiting, Rows.NO_ENDPOINT);
        UUID behindOthers = eventOn(this.today.minusDays(RETENTION + GRACE + 2));
        rows.parked(this.organization, behindOthers, ENDPOINT);
        upkeep().dropOld();
        assertThat(history().days()).isEmpty();
        assertThat(count("event_deliveries")).isZero();
        assertThat(expired()).isEqualTo(2);
    }

    @Test
    void removalThatWasCutShortIsFinished() {
        LocalDate one = this.today.minusDays(RETENTION + 1);
        LocalDate other = this.today.minusDays(RETENTION + 2);
        eventOn(one);
        eventOn(other);
        jdbc.sql("drop table events_20310129").update();
        jdbc.sql("alter table delivery_attempts detach partition delivery_attempts_20310128").update();
        assertThat(history().days()).containsExactly(other, one);
        upkeep().dropOld();
        assertThat(history().days()).isEmpty();
    }

    @Test
    void deletedEndpointIsKnownForAsLongAsTheHistoryThatIsOlder() {
        UUID known = rows.organization();
        UUID deleted = rows.endpoint(known, "http://one.example.com/");
        UUID live = rows.endpoint(known, "http://other.example.com/");
        jdbc.sql("update endpoints set deleted_at = :at, settling = false where id = :id")
            .param("at", this.today.minusDays(RETENTION).atTime(12, 0).atOffset(ZoneOffset.UTC))
            .param("id", deleted)
            .update();
        jdbc.sql("insert into endpoint_revisions values (:id, 0, 'http://one.example.com/', '{}', '{}', now())")
            .param("id", deleted)
            .update();
        openDelivery(eventOn(this.today.minusDays(RETENTION + 1)));
        upkeep().createAhead();
        upkeep().dropOld();
        assertThat(endpoints()).contains(deleted, live);
        jdbc.sql("delete from event_deliveries").update();
        upkeep().dropOld();
        assertThat(endpoints()).contains(live).doesNotContain(deleted);
    }

    private static List<UUID> endpoints() {
        return jdbc.sql("select id from endpoints").query(UUID.class).list();
    }

    @Test
    void instancesMayDoItAtTheSameTime() {
        eventOn(this.today.minusDays(RETENTION + 1));
        dev.triggers.support.Concurrently.call(4, (instance) -> {
            upkeep().run();
            return instance;
        });
        // Whatever failed is tried again
        upkeep().run();
        assertThat(history().days()).containsExactly(this.today, this.today.plusDays(1), this.today.plusDays(2),
                this.today.plusDays(3));
    }

    @Test
    void readerDelaysARemovalButNotIngest() throws Exception {
        LocalDate old = this.today.minusDays(RETENTION + 1);
        eventOn(old);
        history().createDay(this.today);
        try (var reader = dataSource.getConnection(); var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.executeQuery("select count(*) from events").close();
            // Gives up after its lock timeout
            upkeep().run();
            assertThat(history().days()).contains(old);
            rows.event(this.organization, idOn(this.today, Duration.ZERO), "a", null, "{}");
            reader.rollback();
        }
        upkeep().run();
        assertThat(history().days()).doesNotContain(old);
    }

}
