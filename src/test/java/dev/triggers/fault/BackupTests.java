package dev.triggers.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.triggers.support.Instance;
import dev.triggers.support.PostgresCluster;
import dev.triggers.support.Receiver;
import dev.triggers.support.Receiver.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the documentation says to do for backups and restores, done as it stands there,
 * while events come in. Skipped where the programs of a PostgreSQL server are not
 * installed.
 */
@EnabledIf(value = "programsAreThere", disabledReason = "needs Debian's package postgresql")
class BackupTests {

    private static final String DATABASE = "triggers";

    /** Try again for long, and do not hold on to what a lost server leased. */
    private static final Map<String, String> SETTINGS = Map.of("DELIVERY_BACKOFF", "2s".concat(",2s".repeat(19)),
            "DELIVERY_TIMEOUT", "1s", "DELIVERY_LEASE", "6s");

    static boolean programsAreThere() {
        return PostgresCluster.programs().isPresent();
    }

    @Test
    void whatADumpHoldsIsNotLost() throws IOException {
        List<String> commands = commands();
        try (PostgresCluster first = PostgresCluster.start(); PostgresCluster second = PostgresCluster.start()) {
            first.createDatabase(DATABASE);
            second.createDatabase(DATABASE);
            assertNothingIsLost(first, second, commands.get(0), commands.get(1));
        }
    }

    @Test
    void whatABaseBackupHoldsIsNotLost() throws IOException {
        List<String> commands = commands();
        try (PostgresCluster first = PostgresCluster.start();
                PostgresCluster second = PostgresCluster.place("backup")) {
            first.createDatabase(DATABASE);
            String elsewhere = "cat >>backup/postgresql.auto.conf <<'END'\n" + second.settings() + "END\n";
            assertNothingIsLost(first, second, commands.get(2), elsewhere + commands.get(3));
            assertThat(second.sql(DATABASE, "select generation from log_state")).isEqualTo("2");
        }
    }

    /** Of the runbook, in its order. */
    private static List<String> commands() throws IOException {
        String runbook = Files.readString(Path.of("docs/operations.md"))
            .replaceFirst("(?s).*?\n### Backup and restore\n", "")
            .replaceFirst("(?s)\n### .*", "");
        return Pattern.compile("(?s)```bash\n(.*?)```")
            .matcher(runbook)
            .results()
            .map((MatchResult block) -> block.group(1))
            .toList();
    }

    private static void assertNothingIsLost(PostgresCluster first, PostgresCluster second, String backup,
            String restore) {
        Map<String, String> environment = Map.of("DATABASE_URL", first.url(DATABASE), "RESTORED_URL",
                second.url(DATABASE));
        try (Receiver receiver = new Receiver()) {
            String key;
            String refused;
            Set<String> accepted;
            try (Instance instance = Instance.start(first.url(DATABASE), SETTINGS)) {
                key = instance.api().newKey();
                instance.api().post("/api/webhook/config", key, "{\"url\":\"" + receiver.url() + "\"}");
                receiver.answer((request, exchange) -> Receiver.respond(exchange,
                        request.header("x-event-type").equals("refused") ? 500 : 200, ""));
                refused = instance.api().postEvent(key, "refused", "1");
                try (Load load = new Load(4, key, instance.api())) {
                    load.awaitMore(100);
                    accepted = load.accepted().keySet();
                    second.shell(backup, environment);
                    load.awaitMore(100);
                    load.stop();
                }
                receiver.answer(200);
                awaitDelivered(first);
            }
            first.kill();
            second.shell(restore, environment);
            assertThat(ids(second, "select id from events")).contains(refused).containsAll(accepted);
            // Delivered since
            Set<String> again = ids(second, "select event_id from event_deliveries");
            assertThat(again).contains(refused);
            List<Request> before = receiver.requests();
            try (Instance instance = Instance.start(second.url(DATABASE), SETTINGS)) {
                String added = instance.api().postEvent(key, "added", "1");
                awaitDelivered(second);
                List<Request> after = receiver.requests().subList(before.size(), receiver.requests().size());
                again.add(added);
                assertThat(after).extracting((request) -> request.header("webhook-id"))
                    .containsExactlyInAnyOrderElementsOf(again);
                assertThat(receiver.requests(refused)).extracting(Request::body).containsOnly(body(before, refused));
            }
        }
    }

    private static String body(List<Request> requests, String id) {
        return requests.stream()
            .filter((request) -> request.header("webhook-id").equals(id))
            .findFirst()
            .orElseThrow()
            .body();
    }

    private static void awaitDelivered(PostgresCluster server) {
        await().atMost(Duration.ofSeconds(60))
            .until(() -> server.sql(DATABASE, "select count(*) from event_deliveries").equals("0"));
    }

    private static Set<String> ids(PostgresCluster server, String query) {
        return server.sql(DATABASE, query).lines().collect(Collectors.toSet());
    }

}
