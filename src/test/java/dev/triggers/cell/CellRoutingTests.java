package dev.triggers.cell;

import dev.triggers.support.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who would rather not carry what is another cell's says where to go.
 */
class CellRoutingTests {

    private static void assertMisdirected(Pair cells, Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(421);
        assertThat(reply.text("code")).isEqualTo("misdirected");
        assertThat(reply.text("cell")).isEqualTo("08");
        assertThat(reply.text("location")).isEqualTo(cells.eightsLocation());
    }

    @Test
    void aClientIsToldWhereToGo() {
        try (Pair cells = new Pair("redirect")) {
            String key = cells.eight().newKey();
            assertMisdirected(cells, cells.seven().get("/api/inbox", key));
            assertMisdirected(cells, cells.seven().post("/api/events/batch", key, "x".repeat(3_000_000)));
            assertMisdirected(cells, cells.seven().get("/api/stream", key));
            String link = cells.eight().post("/api/portal/sessions", key, "").text("token");
            assertMisdirected(cells,
                    cells.seven().post("/api/portal/sessions/exchange", null, "{\"token\":\"" + link + "\"}"));
            assertThat(cells.seven().get("/api/inbox", "zap_live_42" + "b".repeat(62)).status()).isEqualTo(401);
        }
    }

    @Test
    void flysProxyIsToldWhereToSendWhatItStillHas() {
        try (Pair cells = new Pair("fly")) {
            String key = cells.eight().newKey();
            Reply replayed = cells.seven().post("/api/events", key, "{\"type\":\"a\",\"payload\":1}");
            assertMisdirected(cells, replayed);
            assertThat(replayed.header("fly-replay")).isEqualTo("app=localhost");
            assertThat(cells.seven().get("/api/stream", key).header("fly-replay")).isEqualTo("app=localhost");
            String large = "{\"type\":\"a\",\"payload\":\"" + "x".repeat(1_000_000) + "\"}";
            Reply forwarded = cells.seven().post("/api/events", key, large);
            assertThat(forwarded.text("code")).isEqualTo("payload_too_large");
            assertThat(forwarded.header("fly-replay")).isNull();
            Reply again = cells.seven()
                .send(cells.seven().request("/api/inbox", key).header("Fly-Replay-Src", "instance=1;region=ams").GET());
            assertThat(again.text("code")).isEqualTo("cell_loop");
        }
    }

}
