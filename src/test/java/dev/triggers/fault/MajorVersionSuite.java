package dev.triggers.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresCluster;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * From Debian's PostgreSQL to a later major version, by the commands of the runbook as
 * they stand there. {@code POSTGRES_NEW_BIN} names the folder with the later one's
 * programs, all of them.
 */
@EnabledIf(value = "isPossible", disabledReason = "needs Debian's package postgresql, and POSTGRES_NEW_BIN")
class MajorVersionSuite {

    private static final String DATABASE = "triggers";

    /** Try again for long: a receiver refuses until the servers were changed. */
    private static final Map<String, String> SETTINGS = Map.of("DELIVERY_BACKOFF", "2s".concat(",2s".repeat(19)),
            "CIRCUIT_FAILURES", "100000", "DELIVERY_LEASE", "15s", "DELIVERY_TIMEOUT", "5s");

    static boolean isPossible() {
        return PostgresCluster.programs().isPresent() && newPrograms().isPresent();
    }

    private static Optional<Path> newPrograms() {
        return Optional.ofNullable(System.getenv("POSTGRES_NEW_BIN"))
            .map(Path::of)
            .filter((bin) -> Files.isExecutable(bin.resolve("pg_upgrade")));
    }

    @Test
    void pgUpgradeKeepsWhatThereIs() throws IOException {
        List<String> commands = commands("With `pg_upgrade`");
        try (PostgresCluster old = start(""); PostgresCluster next = PostgresCluster.place("new")) {
            Map<String, String> environment = environment(old, next);
            environment.put("OLD_DATA", old.sql("postgres", "show data_directory"));
            Before before = use(old, () -> {
            });
            old.shell("pg_ctl -D data -m fast -w stop", Map.of());
            next.shell(commands.get(0), environment);
            next.shell("cat >>new/postgresql.auto.conf <<'END'\n" + next.settings() + "END\n" + commands.get(1),
                    environment);
            requireAllThere(next, before);
        }
    }

    @Test
    void logicalReplicationKeepsWhatThereIs() throws IOException {
        List<String> commands = commands("By logical replication");
        try (PostgresCluster old = start("wal_level = logical\n");
                PostgresCluster next = PostgresCluster.place("new")) {
            Map<String, String> environment = environment(old, next);
            next.shell("$NEW_BIN/initdb -D new -U postgres -A trust -E UTF8 --no-sync >initdb.log\n"
                    + "cat >>new/postgresql.auto.conf <<'END'\n" + next.settings() + "END\n"
                    + "$NEW_BIN/pg_ctl -D new -w -l log start >start.log", environment);
            next.createDatabase(DATABASE);
            Before before = use(old, () -> next.shell(commands.get(0), environment));
            next.shell(commands.get(1), environment);
            old.shell("pg_ctl -D data -m fast -w stop", Map.of());
            requireAllThere(next, before);
        }
    }

    private static PostgresCluster start(String settings) {
        PostgresCluster cluster = PostgresCluster.place("data");
        cluster.shell("initdb -D data -U postgres -A trust -E UTF8 --no-sync >initdb.log\n"
                + "cat >>data/postgresql.auto.conf <<'END'\n" + cluster.settings() + settings + "END\n"
                + "pg_ctl -D data -w -l log start >start.log", Map.of());
        cluster.createDatabase(DATABASE);
        return cluster;
    }

    private static Map<String, String> environment(PostgresCluster old, PostgresCluster next) {
        return new HashMap<>(Map.of("DATABASE_URL", old.url(DATABASE), "NEW_URL", next.url(DATABASE), "OLD_BIN",
                PostgresCluster.programs().orElseThrow().toString(), "NEW_BIN",
                newPrograms().orElseThrow().toString()));
    }

    /** Of the runbook, in their order. */
    private static List<String> commands(String heading) throws IOException {
        String runbook = Files.readString(Path.of("docs/operations.md"))
            .replaceFirst("(?s).*?\n\\*\\*" + Pattern.quote(heading), "")
            .replaceFirst("(?s)\n(\\*\\*By logical|## ).*", "");
        return Pattern.compile("(?s)```bash\n(.*?)```")
            .matcher(runbook)
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    }

    private static Before use(PostgresCluster old, Runnable meanwhile) {
        try (Receiver receiver = new Receiver(); Instance instance = Instance.start(old.url(DATABASE), SETTINGS)) {
            String key = instance.api().newKey("moving", "enterprise");
            instance.api().post("/api/webhook/config", key, "{\"url\":\"" + receiver.url() + "\"}");
            String position;
            Set<String> accepted;
            try (Load load = new Load(4, key, instance.api())) {
                load.awaitMore(200);
                meanwhile.run();
                load.awaitMore(200);
                load.stop();
                accepted = load.accepted().keySet();
                assertThat(load.unanswered()).isEmpty();
            }
            receiver.answer(503);
            position = readAll(instance.api(), key, "from=earliest", new ArrayList<>());
            String open = instance.api().postEvent(key, "open", "1");
            return new Before(key, accepted, open, position, receiver.requests().size());
        }
    }

    private static String readAll(Api api, String key, String from, List<String> ids) {
        String position = from;
        while (true) {
            String cursor = position;
            Reply page = Api.patiently(() -> api.get("/api/events?limit=1000&" + cursor, key));
            assertThat(page.status()).as("%s", page).isEqualTo(200);
            page.at("events").forEach((event) -> ids.add(event.get("id").stringValue()));
            position = "cursor=" + page.text("next_cursor");
            if (page.at("events").isEmpty()) {
                return position;
            }
        }
    }

    private static void requireAllThere(PostgresCluster next, Before before) {
        assertThat(Integer.parseInt(next.sql(DATABASE, "show server_version_num")) / 10_000).isGreaterThan(15);
        try (Instance instance = Instance.start(next.url(DATABASE), SETTINGS); Receiver receiver = new Receiver()) {
            Api api = instance.api();
            assertThat(next.sql(DATABASE, "select id from events").lines().collect(Collectors.toSet()))
                .containsAll(before.accepted)
                .contains(before.open);
            api.post("/api/webhook/config", before.key, "{\"url\":\"" + receiver.url() + "\"}");
            String added = api.postEvent(before.key, "added", "1");
            // A reader goes on where it was, and gets what was last and what is new
            List<String> further = new ArrayList<>();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                further.clear();
                readAll(api, before.key, before.position, further);
                assertThat(further).containsExactly(before.open, added);
            });
            List<String> all = new ArrayList<>();
            readAll(api, before.key, "from=earliest", all);
            assertThat(all).doesNotHaveDuplicates().containsAll(before.accepted).hasSize(before.accepted.size() + 2);
            await().atMost(Duration.ofSeconds(60))
                .until(() -> receiver.requests().stream().map((request) -> request.header("webhook-id")).toList(),
                        (got) -> got.containsAll(List.of(before.open, added)));
            assertThat(next.sql(DATABASE, "select generation from log_state")).isEqualTo("2");
            // Sequences go on too: what the service writes of itself is a row of one
            assertThat(next.sql(DATABASE, "select count(*) = count(distinct id) from senders")).isEqualTo("t");
            System.out.printf("%d events on PostgreSQL %s, the log's generation is 2%n", all.size(),
                    next.sql(DATABASE, "show server_version"));
        }
    }

    /**
     * What a customer knows of the time before.
     *
     * @param key its key
     * @param accepted events that were answered with 2xx
     * @param open one that its receiver refuses
     * @param position of a reader of the log, behind all but the open one
     * @param received how many requests there were
     */
    private record Before(String key, Set<String> accepted, String open, String position, int received) {

    }

}
