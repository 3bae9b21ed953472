package dev.triggers.health;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@IntegrationTest
class HealthTests {

    @Autowired
    Api api;

    @Test
    void healthIsToldWithoutAKey() {
        Reply health = this.api.get("/health", null);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text("status")).isEqualTo("healthy");
        assertThat(this.api.get("/health/live", null).json().toString()).isEqualTo("{\"status\":\"ok\"}");
        assertThat(this.api.get("/health/ready", null).json().toString()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void metricsAreTextForPrometheus() {
        this.api.get("/health/live", null);
        // The listener connects, and requests are counted, a moment later.
        await().until(() -> this.api.get("/metrics", null).body(),
                (body) -> body.contains("database_listening 1.0") && body.contains("uri=\"/health/live\""));
        Reply metrics = this.api.get("/metrics", null);
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.header("Content-Type")).startsWith("text/plain");
        assertThat(metrics.body()).contains("jvm_memory_used_bytes", "hikaricp_connections_active{pool=\"database\"}",
                "database_listening 1.0", "http_server_bodies_bytes", "key_hashes_waiting",
                "http_server_requests_seconds_count{method=\"GET\",status=\"2xx\",uri=\"/health/live\"}",
                "http_server_requests_seconds_bucket{method=\"GET\",status=\"2xx\",uri=\"/health/live\",le=\"0.003\"}");
    }

    @Test
    void metricsAreOpenMetricsWhereThatIsAskedFor() {
        Reply metrics = this.api.send(this.api.request("/metrics", null)
            .header("Accept", "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3"));
        assertThat(metrics.status()).isEqualTo(200);
        assertThat(metrics.header("Content-Type")).startsWith("application/openmetrics-text;version=1.0.0;");
        assertThat(metrics.body()).contains("# TYPE http_server_requests_seconds histogram").endsWith("# EOF\n");
        assertThat(metrics.header("Content-Length")).isEqualTo(String.valueOf(metrics.body().length()));
    }

    @Test
    void madeUpPathsAndMethodsMakeNoSeries() {
        this.api.get("/made/up/path", null);
        this.api
            .send(this.api.request("/health", null).method("BREW", java.net.http.HttpRequest.BodyPublishers.noBody()));
        assertThat(this.api.get("/metrics", null).body()).doesNotContain("made/up", "BREW");
    }

}
