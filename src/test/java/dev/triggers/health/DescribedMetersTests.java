package dev.triggers.health;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The meters that are described are those that exist.
 */
@IntegrationTest
class DescribedMetersTests {

    private static final String NAME = "((?:triggers|key|rate_limit|http_server|database)_[a-z_]+)";

    private static final Pattern DESCRIBED = Pattern.compile("(?m)^\\| `" + NAME + "`( \\*b\\*)? \\|");

    private static final Pattern EXPOSED = Pattern
        .compile("(?m)^# TYPE " + NAME + " (counter|gauge|summary|histogram)$");

    /** Where no collector, and no other cell, is named, there are none. */
    private static final Set<String> NOT_EVERYWHERE = Set.of("triggers_traces_spans_total",
            "triggers_cell_requests_total", "triggers_cell_under_way", "triggers_move_rows_total",
            "triggers_move_fence_seconds");

    @Autowired
    Api api;

    /** Requests are counted once they are answered. */
    @BeforeEach
    void aRequestIsCounted() {
        await().until(() -> this.api.get("/metrics", null).body().contains("http_server_requests_seconds_count"));
    }

    @Test
    void theOperatorsListHoldsEveryMeterAndNoOther() throws IOException {
        Set<String> exposed = new TreeSet<>();
        EXPOSED.matcher(this.api.get("/metrics", null).body())
            .results()
            .filter((type) -> !type.group(1).endsWith("_max"))
            .forEach((type) -> exposed.add(type.group(1) + (type.group(2).equals("histogram") ? " *b*" : "")));
        Set<String> described = new TreeSet<>();
        DESCRIBED.matcher(Files.readString(Path.of("docs/operations.md")))
            .results()
            .forEach((row) -> described.add(row.group(1) + ((row.group(2) != null) ? row.group(2) : "")));
        assertThat(exposed.addAll(NOT_EVERYWHERE)).isTrue();
        assertThat(described).isEqualTo(exposed);
    }

    @Test
    void thePoolIsExposed() {
        assertThat(this.api.get("/metrics", null).body()).contains("hikaricp_connections_active{pool=\"database\"}",
                "hikaricp_connections_pending{pool=\"database\"}", "hikaricp_connections_max{pool=\"database\"}");
    }

}
