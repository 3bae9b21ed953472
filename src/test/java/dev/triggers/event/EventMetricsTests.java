package dev.triggers.event;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Metrics;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is counted before the answer is there with it. The service may store events of its
 * own meanwhile, hence "at least".
 */
@IntegrationTest
class EventMetricsTests {

    @Autowired
    Api api;

    @Test
    void acceptedEventsAreCountedWithTheirBatchAndLatency() {
        String key = this.api.newKey();
        Metrics before = Metrics.of(this.api);
        assertThat(this.api
            .post("/api/events/batch", key, "[{\"type\":\"a\",\"payload\":1},{\"type\":\"b\",\"payload\":2}]")
            .status()).isEqualTo(200);
        this.api.postEvent(key, "c", "3");
        Metrics after = Metrics.of(this.api);
        assertThat(after.value("triggers_events_total{result=\"accepted\"}")
                - before.value("triggers_events_total{result=\"accepted\"}"))
            .isGreaterThanOrEqualTo(3);
        assertThat(after.value("triggers_ingest_batch_size_count") - before.value("triggers_ingest_batch_size_count"))
            .isGreaterThanOrEqualTo(2);
        assertThat(after.value("triggers_ingest_batch_size_sum") - before.value("triggers_ingest_batch_size_sum"))
            .isGreaterThanOrEqualTo(3);
        assertThat(after.value("triggers_ingest_latency_seconds_bucket{le=\"+Inf\"}")
                - before.value("triggers_ingest_latency_seconds_bucket{le=\"+Inf\"}"))
            .isGreaterThanOrEqualTo(2);
    }

    @Test
    void duplicatesAndRejectedEventsAreCounted() {
        String key = this.api.newKey();
        String once = "{\"type\":\"a\",\"payload\":1,\"dedup_id\":\"once\"}";
        assertThat(this.api.post("/api/events", key, once).status()).isEqualTo(201);
        Metrics before = Metrics.of(this.api);
        assertThat(this.api.post("/api/events", key, once).status()).isEqualTo(409);
        assertThat(this.api.post("/api/events", key, "{\"type\":\"\",\"payload\":1}").status()).isEqualTo(400);
        Metrics after = Metrics.of(this.api);
        for (String result : new String[] { "duplicate", "rejected" }) {
            String series = "triggers_events_total{result=\"" + result + "\"}";
            assertThat(after.value(series) - before.value(series)).as(result).isEqualTo(1);
        }
    }

    @Test
    void requestsOverTheLimitAreCounted() {
        String key = this.api.newKey("Test organization", "free");
        String batch = "[" + "{\"type\":\"a\",\"payload\":1},".repeat(99) + "{\"type\":\"a\",\"payload\":1}]";
        assertThat(this.api.post("/api/events/batch", key, batch).status()).isEqualTo(200);
        Metrics before = Metrics.of(this.api);
        assertThat(this.api.post("/api/events/batch", key, batch).status()).isEqualTo(429);
        assertThat(Metrics.of(this.api).value("rate_limit_refused_total") - before.value("rate_limit_refused_total"))
            .isEqualTo(1);
    }

}
