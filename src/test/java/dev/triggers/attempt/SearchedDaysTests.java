package dev.triggers.attempt;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Reply;
import dev.triggers.support.Rows;
import dev.triggers.time.UuidV7;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What asks for some days of the history reads the tables of these days alone, and each
 * by its key.
 */
class SearchedDaysTests {

    private static final Instant DAY = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(5));

    private static String database;

    private static Instance instance;

    private static JdbcClient jdbc;

    private Customer customer;

    @BeforeAll
    static void start() {
        database = PostgresServer.newDatabase();
        instance = Instance.start(database, Map.of("DISABLE_WEBHOOK_DELIVERY", "true"));
        jdbc = PostgresServer.client(database);
        for (int days = -3; days <= 3; days++) {
            jdbc.sql("select create_history_day(:day)").param("day", day(days)).query((row) -> {
            });
        }
    }

    @AfterAll
    static void stop() {
        instance.close();
    }

    private static LocalDate day(int after) {
        return LocalDate.ofInstant(DAY, ZoneOffset.UTC).plusDays(after);
    }

    /** An event a day, which failed once. */
    @BeforeEach
    void store() {
        this.customer = new Customer(instance.api());
        UUID organization = UUID.fromString(this.customer.get("/api/keys").text("organization_id"));
        Rows rows = new Rows(jdbc);
        UUID endpoint = rows.endpoint(organization, "https://example.com/hook");
        for (int days = -3; days <= 3; days++) {
            Instant at = DAY.plus(Duration.ofDays(days)).plus(Duration.ofHours(12));
            UUID id = new UUID(UuidV7.floor(at).getMostSignificantBits() | 0x7000,
                    Rows.newId().getLeastSignificantBits());
            rows.event(organization, id, "a", null, "{\"day\":\"found\"}");
            rows.attempt(organization, id, endpoint, 1, 'r', at);
        }
    }

    private static Map<String, Long> scans(String column) {
        Map<String, Long> scans = new TreeMap<>();
        jdbc.sql("select relname, coalesce(" + column + ", 0) as scans from pg_stat_user_tables "
                + "where relname ~ '^(events|delivery_attempts|event_acks)_[0-9]+$'")
            .query((row) -> {
                scans.put(row.getString("relname"), row.getLong("scans"));
            });
        return scans;
    }

    @ParameterizedTest
    @ValueSource(
            strings = { "/api/attempts?", "/api/attempts?type=a&status=5xx&outcome=retrying&error_code=http_status&",
                    "/api/events/search?q=type:a", "/api/events/search?q=code:5xx", "/api/events/search?q=found",
                    "/api/events/search?q=-status:failed%20payload.day:found%20attempts:1" })
    void daysThatAreNotAskedForAreNotRead(String path) {
        Instant until = DAY.plus(Duration.ofHours(23));
        String query = path.contains("?q=") ? "%20since:" + DAY + "%20until:" + until
                : "since=" + DAY + "&until=" + until;
        Map<String, Long> before = scans("idx_scan");
        Map<String, Long> sequential = scans("seq_scan");
        Reply reply = this.customer.get(path + query);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.at("count").intValue()).isEqualTo(1);
        String suffix = "_" + day(0).format(DateTimeFormatter.BASIC_ISO_DATE);
        // Sessions tell of their scans a moment later
        eventually(() -> assertThat(scans("idx_scan").get("events" + suffix))
            .isGreaterThan(before.get("events" + suffix)));
        Map<String, Long> after = scans("idx_scan");
        after.forEach((table, scans) -> {
            if (!table.endsWith(suffix)) {
                assertThat(scans).as(table).isEqualTo(before.get(table));
            }
        });
        assertThat(scans("seq_scan")).isEqualTo(sequential);
    }

}
