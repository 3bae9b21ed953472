package dev.triggers.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Alerts and dashboards ask for what a running instance exposes, and for nothing else.
 */
@IntegrationTest
class WatchedMetersTests {

    private static final Path RULES = Path.of("deploy/prometheus/triggers.rules.yml");

    private static final Path DASHBOARDS = Path.of("deploy/grafana");

    private static final Pattern SAMPLE = Pattern
        .compile("(?m)^([a-z][a-z0-9_]*)(?:\\{((?:[^}\"]|\"[^\"]*\")*)})? [-+0-9.eENaIinf]+$");

    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** What Prometheus adds itself. */
    private static final Set<String> ADDED = Set.of("job", "instance");

    @Autowired
    Api api;

    @Test
    void rulesAskForWhatIsExposed() throws IOException {
        List<String> queries = rules().map((rule) -> String.valueOf(rule.get("expr"))).toList();
        assertThat(queries).hasSizeGreaterThan(20);
        assertThat(unknown(queries)).isEmpty();
    }

    @Test
    void panelsAskForWhatIsExposed() throws IOException {
        try (Stream<Path> files = Files.list(DASHBOARDS)) {
            List<String> queries = files.filter((file) -> file.toString().endsWith(".json"))
                .flatMap((file) -> JsonMapper.shared().readTree(file.toFile()).findValues("expr").stream())
                .map(JsonNode::asString)
                .toList();
            assertThat(queries).hasSizeGreaterThan(20);
            assertThat(unknown(queries)).isEmpty();
        }
    }

    @Test
    void whatIsNotExposedIsFound() throws IOException {
        assertThat(unknown(List.of("rate(triggers_event_total[5m]) > bool 0", "sum by (reason) (triggers_events_total)",
                "triggers_events_total{kind=\"accepted\"}", "triggers_ingest_latency_seconds_bucket{le=\"0.123\"}")))
            .containsExactly("triggers_event_total", "reason", "triggers_events_total{kind}",
                    "triggers_ingest_latency_seconds_bucket{le=0.123}");
    }

    @Test
    void everyAlertLeadsToASectionOfTheRunbook() throws IOException {
        String runbook = Files.readString(Path.of("docs/operations.md"));
        Set<String> sections = new TreeSet<>();
        Pattern.compile("(?m)^#+ (.+)$")
            .matcher(runbook)
            .results()
            .forEach((heading) -> sections.add("docs/operations.md#"
                    + heading.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-')));
        assertThat(rules().filter((rule) -> rule.containsKey("alert"))).allSatisfy((rule) -> {
            assertThat(rule.get("annotations")).asInstanceOf(InstanceOfAssertFactories.map(String.class, String.class))
                .hasEntrySatisfying("runbook", (place) -> assertThat(sections).contains(place));
            assertThat(runbook).contains("`" + rule.get("alert") + "`");
        });
    }

    private static Stream<Map<String, Object>> rules() throws IOException {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file = new Yaml().load(Files.readString(RULES));
        return file.getOrDefault("groups", List.of())
            .stream()
            .flatMap((group) -> group.getOrDefault("rules", List.of()).stream());
    }

    private List<String> unknown(List<String> queries) throws IOException {
        Map<String, Set<String>> labels = exposed();
        rules().filter((rule) -> rule.containsKey("record"))
            .forEach((rule) -> labels.put(String.valueOf(rule.get("record")), Set.of()));
        labels.put("up", Set.of());
        List<String> unknown = new ArrayList<>();
        for (String text : queries) {
            PromQuery query = PromQuery.parse(text);
            Set<String> had = new TreeSet<>(ADDED);
            for (PromQuery.Selector selector : query.selectors()) {
                Set<String> known = labels.get(selector.name());
                if (known == null) {
                    unknown.add(selector.name());
                    continue;
                }
                had.addAll(known);
                selector.labels()
                    .stream()
                    .filter((label) -> !known.contains(label) && !ADDED.contains(label))
                    .forEach((label) -> unknown.add(selector.name() + "{" + label + "}"));
                if (!selector.bound().isEmpty() && !known.contains("le=" + selector.bound())) {
                    unknown.add(selector.name() + "{le=" + selector.bound() + "}");
                }
            }
            query.grouping().stream().filter((label) -> !had.contains(label)).forEach(unknown::add);
        }
        return unknown;
    }

    /** Metrics with the names of their labels, and the bounds of their buckets. */
    private Map<String, Set<String>> exposed() {
        // Requests are counted once they are answered
        await().until(() -> this.api.get("/metrics", null).body().contains("http_server_requests_seconds_bucket"));
        Map<String, Set<String>> exposed = new HashMap<>();
        SAMPLE.matcher(this.api.get("/metrics", null).body()).results().forEach((sample) -> {
            Set<String> labels = exposed.computeIfAbsent(sample.group(1), (name) -> new TreeSet<>());
            LABEL.matcher((sample.group(2) != null) ? sample.group(2) : "").results().forEach((label) -> {
                labels.add(label.group(1));
                if (label.group(1).equals("le")) {
                    labels.add("le=" + label.group(2));
                }
            });
        });
        return exposed;
    }

}
