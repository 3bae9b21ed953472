package dev.triggers.cell;

import java.util.List;
import java.util.Map;

import dev.triggers.support.Api;
import dev.triggers.support.Instance;
import dev.triggers.support.Metrics;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A router that everybody has reads from a token where it belongs.
 */
class NginxTests {

    private static Pair cells;

    private static Instance nine;

    private static Nginx nginx;

    @BeforeAll
    static void start() {
        assumeTrue(Nginx.installed(), "Debian's package nginx is missing");
        cells = new Pair("proxy");
        nine = cells.start("09", "proxy", Map.of());
        nginx = Nginx.before(Map.of("seven.internal", port(cells.seven()), "eight.internal", port(cells.eight()),
                "nine.internal", port(nine.api())));
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
            nine.close();
            cells.close();
        }
    }

    private static int port(Api api) {
        return api.uri("/").getPort();
    }

    private static List<Api> all() {
        return List.of(cells.seven(), cells.eight(), nine.api());
    }

    /** Requests that came to a cell whose they are not. */
    private static double misled() {
        double misled = 0;
        for (Api cell : all()) {
            for (String line : Metrics.of(cell).lines()) {
                if (line.startsWith("triggers_cell_requests_total{")) {
                    misled += Double.parseDouble(line.substring(line.lastIndexOf(' ')));
                }
            }
        }
        return misled;
    }

    @Test
    void aKeyGoesToItsCell() {
        double before = misled();
        for (Api cell : all()) {
            String key = cell.newKey();
            String id = nginx.api().postEvent(key, "user.created", "1");
            assertThat(cell.get("/api/events/" + id, key).status()).isEqualTo(200);
            Reply bearer = nginx.api()
                .send(nginx.api().request("/api/inbox", null).header("Authorization", "bearer " + key).GET());
            assertThat(bearer.text("/events/0/id")).isEqualTo(id);
            String link = cell.post("/api/portal/sessions", key, "").text("token");
            String session = cell.post("/api/portal/sessions/exchange", null, "{\"token\":\"" + link + "\"}")
                .text("api_key");
            assertThat(nginx.api().get("/api/inbox", session).text("/events/0/id")).isEqualTo(id);
            String token = nginx.api().post("/api/playground", key, "").text("token");
            assertThat(nginx.api().post("/play/" + token, null, "{}").status()).isEqualTo(200);
        }
        assertThat(misled()).isEqualTo(before);
    }

    /** Its token is in the body, so that it may meet any cell. */
    @Test
    void aPortalOpens() {
        String key = cells.eight().newKey();
        for (int i = 0; i < 6; i++) {
            String link = cells.eight().post("/api/portal/sessions", key, "").text("token");
            Reply session = nginx.api().post("/api/portal/sessions/exchange", null, "{\"token\":\"" + link + "\"}");
            assertThat(session.status()).as(session.toString()).isEqualTo(200);
        }
    }

    @Test
    void aStreamsEventsComeThroughAtOnce() {
        for (Api cell : all()) {
            String key = cell.newKey();
            try (StreamClient stream = StreamClient.open(nginx.api(), key, "?kinds=event.accepted")) {
                for (int i = 1; i <= 3; i++) {
                    cell.postEvent(key, "user.created", "1");
                    stream.awaitAccepted(i);
                }
                // What a router holds back comes out with the next signs of life
                assertThat(stream.lines()).doesNotContain(":");
            }
        }
    }

    @Test
    void cellsSpeakToEachOtherOnlyPastIt() {
        assertThat(nginx.api().post(AgreementController.PATH, null, "{}").status()).isEqualTo(404);
        assertThat(nginx.api().post(AgreementController.PATH, null, "{}").body()).contains("nginx");
    }

    @Test
    void aBatchIsNotHeldBack() {
        String key = nine.api().newKey();
        String event = "{\"type\":\"bulk\",\"payload\":\"" + "x".repeat(15_000) + "\"}";
        Reply stored = nginx.api().post("/api/events/batch", key, "[" + event + ("," + event).repeat(199) + "]");
        assertThat(stored.at("accepted").intValue()).isEqualTo(200);
    }

}
