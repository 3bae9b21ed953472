package dev.triggers.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Migrations go forward, and the version before survives each: those of releases stay as
 * they are, later ones are read for what would break it. The rules are tried themselves,
 * with migrations that are wrong on purpose.
 */
class MigrationTests {

    private static final Path FOLDER = Path.of("src", "main", "resources", "db", "migration");

    /** What releases brought, as {@code sha256sum} prints it; absent before the first. */
    private static final Path RELEASED = Path.of("release", "migrations");

    private static final String TIMED = "set local lock_timeout = '2s';\n";

    private static Map<String, String> released() throws IOException {
        if (!Files.exists(RELEASED)) {
            return Map.of();
        }
        return Files.readAllLines(RELEASED)
            .stream()
            .map((line) -> line.split(" +", 2))
            .collect(Collectors.toMap((line) -> line[1], (line) -> line[0]));
    }

    private static Map<String, String> migrations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.collect(Collectors.toMap((file) -> file.getFileName().toString(), MigrationTests::read,
                    (a, b) -> a, TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes()));
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<String> violations(String name, String sql) {
        Migration migration = Migration.of(name, sql);
        return Arrays.stream(MigrationRule.values())
            .flatMap((rule) -> rule.violations(migration).stream().map((found) -> rule + ": " + found))
            .toList();
    }

    private static void requireBroken(String name, String sql, MigrationRule... rules) {
        assertThat(violations(name, sql)).as(sql)
            .extracting((found) -> MigrationRule.valueOf(found.substring(0, found.indexOf(':'))))
            .contains(rules);
    }

    @Test
    void migrationOfAReleaseStaysAsItIs() throws IOException {
        Map<String, String> now = new TreeMap<>();
        Map<String, String> there = migrations();
        released().keySet().forEach((name) -> now.put(name, sha256(there.getOrDefault(name, ""))));
        assertThat(now).isEqualTo(released());
    }

    @Test
    void laterMigrationIsSurvivedByTheVersionBefore() throws IOException {
        Map<String, String> released = released();
        List<String> found = new ArrayList<>();
        if (!released.isEmpty()) {
            migrations().forEach((name, sql) -> {
                if (!released.containsKey(name)) {
                    violations(name, sql).forEach((violation) -> found.add(name + ": " + violation));
                }
            });
        }
        assertThat(found).isEmpty();
    }

    @Test
    void everyMigrationIsReadWhole() throws IOException {
        migrations().forEach((name, sql) -> assertThat(Migration.of(name, sql).statements()).as(name)
            .isNotEmpty()
            .allMatch((statement) -> statement
                .matches("(create|alter|insert|drop|do|set|reset|update|delete|comment|select|grant) ?.*")));
    }

    @ParameterizedTest
    @ValueSource(strings = { "drop table registrations", "drop view v", "drop function log_position()",
            "alter table endpoints drop column settling", "ALTER TABLE endpoints\n  DROP settling",
            "alter table endpoints rename column url to address", "alter table endpoints rename to targets",
            "alter table endpoints add column a int, drop column b",
            "alter table api_keys add column team text not null", "alter table api_keys add team text not null",
            "alter table api_keys alter column name drop default",
            "alter table api_keys alter column name set not null", "alter table api_keys alter name type varchar(10)",
            "alter table api_keys add constraint named check (name <> '')", "alter table api_keys add unique (name)",
            "alter table api_keys add column team uuid references organizations",
            "create unique index api_keys_name on api_keys (organization_id, name)", "truncate registrations",
            "alter type colour rename value 'a' to 'b'", "drop index api_keys_id",
            "drop trigger t on rate_limit_buckets" })
    void whatTheVersionBeforeUsesIsMissed(String statement) {
        requireBroken("V99__wrong.sql", TIMED + statement, MigrationRule.THE_VERSION_BEFORE_WORKS);
        // Allowed once the name says from which version on it is
        assertThat(MigrationRule.THE_VERSION_BEFORE_WORKS
            .violations(Migration.of("V99__needs_98_right.sql", TIMED + statement))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "create index events_type on events (organization_id, type)",
            "create index concurrently events_type on events (type)", "create index d on event_deliveries (attempts)",
            "alter table event_deliveries add constraint c check (attempts >= 0)",
            "alter table event_deliveries alter attempts type int",
            "alter table event_deliveries alter leased set not null",
            "alter table events add column token uuid default gen_random_uuid()",
            "alter table dead_letters add column n bigint generated always as identity",
            "update event_deliveries set attempts = 0", "delete from events where id is null",
            "update events_20310101 set type = 'a'", "lock table events", "vacuum full events", "cluster audit",
            "alter table audit set tablespace fast",
            "alter table events attach partition e for values from (1) to (2)" })
    void largeTableIsHeld(String statement) {
        requireBroken("V99__needs_98_wrong.sql", TIMED + statement, MigrationRule.LARGE_TABLES_ARE_NOT_HELD);
    }

    @ParameterizedTest
    @ValueSource(strings = { "alter table endpoints add column a int", "create index e on endpoints (url)",
            "create trigger t before insert on endpoints for each statement execute function f()" })
    void lockIsWaitedFor(String statement) {
        requireBroken("V99__wrong.sql", statement, MigrationRule.LOCKS_ARE_NOT_WAITED_FOR);
        assertThat(violations("V99__right.sql", TIMED + statement)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "create index concurrently d on event_deliveries (attempts)",
            "drop index concurrently if exists e; create index concurrently d on event_deliveries (attempts)",
            "drop index concurrently if exists d; create index concurrently d on event_deliveries (attempts); create table t ()" })
    void whatFailedIsInTheWay(String statements) {
        requireBroken("V99__wrong.sql", "set lock_timeout = '10s';" + statements,
                MigrationRule.WHAT_FAILS_CAN_BEGIN_ANEW);
    }

    @ParameterizedTest
    @CsvSource({ "V99__needs_99_wrong.sql", "V99__needs_100_wrong.sql" })
    void whatIsNeededIsNotThere(String name) {
        requireBroken(name, "create table t ()", MigrationRule.WHAT_IT_NEEDS_WAS_THERE);
    }

    @ParameterizedTest
    @ValueSource(strings = { "alter table events add column a text",
            "alter table events add column a int not null default 0, add column b text default 'x;y'",
            "-- drop table events;\nalter table endpoints add column a int; /* drop table x; */",
            "create table t (id uuid primary key); create unique index t_id on t (id); alter table t drop column id",
            "create function f() returns int language sql begin atomic select 1; select case when true then 1 else 2 end; end",
            "create function f() returns void language plpgsql as $$ begin drop table x; end $$",
            "insert into senders (user_agent, body_aliases) values ('a;b', true)",
            "alter table endpoints add constraint c check (url <> '') not valid, validate constraint c" })
    void whatTheVersionBeforeSurvivesPasses(String statement) {
        String name = statement.contains("constraint") ? "V99__needs_98_right.sql" : "V99__right.sql";
        assertThat(violations(name, TIMED + statement)).isEmpty();
    }

    @Test
    void indexOfALargeTableThatCanBeginAnewPasses() {
        assertThat(violations("V99__right.sql", """
                set lock_timeout = '10s';
                drop index concurrently if exists event_deliveries_attempts;
                create index concurrently event_deliveries_attempts on event_deliveries (attempts);
                reset lock_timeout;
                """)).isEmpty();
    }

}
