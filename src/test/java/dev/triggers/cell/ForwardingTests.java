package dev.triggers.cell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import dev.triggers.support.Api;
import dev.triggers.support.Metrics;
import dev.triggers.support.RawReceiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is asked of the wrong cell is answered by the right one, as if it had been asked.
 */
class ForwardingTests {

    private static Pair cells;

    private String key = "";

    @BeforeAll
    static void start() {
        cells = new Pair("proxy");
    }

    @AfterAll
    static void stop() {
        cells.close();
    }

    @BeforeEach
    void register() {
        this.key = cells.eight().newKey();
    }

    @AfterEach
    void repair() {
        cells.toEight().repair();
    }

    private static double counted(String cell, CellOutcome outcome) {
        return Metrics.of(cells.seven())
            .value("triggers_cell_requests_total{cell=\"" + cell + "\",outcome=\"" + outcome.tag() + "\"}");
    }

    private static String foreign(String digits) {
        return "zap_live_" + digits + "b".repeat(62);
    }

    @Test
    void whatIsMadeInACellSaysSo() {
        assertThat(this.key).startsWith("zap_live_08");
        assertThat(cells.seven().newKey()).startsWith("zap_live_07");
        assertThat(cells.eight().get("/api/service", null).text("cell")).isEqualTo("08");
        Reply link = cells.eight().post("/api/portal/sessions", this.key, "");
        assertThat(link.text("token")).startsWith("zap_link_08");
        assertThat(cells.eight().post("/api/playground", this.key, "").text("token")).startsWith("zap_play_08");
    }

    @Test
    void anEventIsPostedAndFoundThroughTheWrongCell() {
        double before = counted("08", CellOutcome.FORWARDED);
        Reply posted = cells.seven()
            .send(cells.seven()
                .request("/api/events", null)
                .header("Authorization", "Bearer " + this.key)
                .header("X-Request-ID", "the-client's")
                .header("Origin", "https://app.example.com")
                .POST(BodyPublishers.ofString("{\"type\":\"user.created\",\"payload\":1}")));
        assertThat(posted.status()).as(posted.toString()).isEqualTo(201);
        for (String name : new String[] { "X-Request-ID", "Cache-Control", "Content-Type", "Content-Length",
                "Access-Control-Allow-Origin", "X-RateLimit-Limit", "X-Content-Type-Options" }) {
            assertThat(posted.response().headers().allValues(name)).as(name).hasSize(1);
        }
        assertThat(posted.header("X-Request-ID")).isEqualTo("the-client's");
        String id = posted.text("id");
        for (Api api : new Api[] { cells.seven(), cells.eight() }) {
            assertThat(api.get("/api/events/" + id + "?x=a%20b", this.key).text("id")).isEqualTo(id);
            assertThat(api.get("/api/inbox?limit=1", this.key).text("/events/0/id")).isEqualTo(id);
        }
        Reply head = cells.seven()
            .send(cells.seven().request("/api/inbox", this.key).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(counted("08", CellOutcome.FORWARDED)).isEqualTo(before + 4);
    }

    @Test
    void aProblemIsTheOtherCellsOwn() {
        assertThat(cells.seven().post("/api/events", this.key, "{").text("code")).isEqualTo("malformed_request");
        Reply missing = cells.seven().get("/api/events/0198c0de-5a2f-7c41-9d3e-6b1f0a2c4d5e", this.key);
        assertThat(missing.text("code")).isEqualTo("not_found");
        assertThat(cells.seven().get("/api/nothing", this.key).status()).isEqualTo(404);
        Reply deleted = cells.seven().delete("/api/portal/sessions", this.key);
        assertThat(deleted.status()).isEqualTo(204);
    }

    @Test
    void whatNoCellKnowsIsRefusedAsEver() {
        for (String unknown : new String[] { foreign("08"), foreign("07"), foreign("00"), foreign("42"), foreign("ab"),
                "nonsense" }) {
            Reply reply = cells.seven().get("/api/inbox", unknown);
            assertThat(reply.status()).as(unknown).isEqualTo(401);
            assertThat(reply.text("code")).isEqualTo("unauthorized");
            assertThat(reply.response().headers().allValues("WWW-Authenticate")).hasSize(1);
        }
        assertThat(cells.seven()
            .post("/api/portal/sessions/exchange", null, "{\"token\":\"zap_link_08" + "0".repeat(64) + "\"}")
            .status()).isEqualTo(401);
    }

    @Test
    void aLongPollIsAnsweredAsSoonAsThereIsSomething() {
        CompletableFuture<Reply> poll = CompletableFuture
            .supplyAsync(() -> cells.seven().get("/api/inbox?wait=25", this.key));
        await().until(() -> Metrics.of(cells.eight()).value("triggers_inbox_waiting") > 0);
        String id = cells.eight().postEvent(this.key, "user.created", "1");
        await().until(poll::isDone);
        assertThat(poll.join().text("/events/0/id")).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = { "text/event-stream", "application/x-ndjson" })
    void aStreamComesThroughAndEndsWithItsClient(String format) {
        try (StreamClient stream = StreamClient.open(cells.seven(), this.key, "?kinds=event.accepted", "Accept",
                format)) {
            for (int i = 1; i <= 3; i++) {
                cells.eight().postEvent(this.key, "user.created", "1");
                stream.awaitAccepted(i);
            }
            assertThat(stream.header("Content-Type")).startsWith(format);
            assertThat(Metrics.of(cells.seven()).value("triggers_cell_under_way")).isGreaterThan(0);
        }
        await().until(() -> {
            // What is written to nobody tells that nobody is there
            cells.eight().postEvent(this.key, "user.created", "1");
            return Metrics.of(cells.seven()).value("triggers_cell_under_way") == 0
                    && Metrics.of(cells.eight()).value("triggers_stream_open") == 0;
        });
    }

    @Test
    void aStreamEndsWithItsCell() {
        try (StreamClient stream = StreamClient.open(cells.seven(), this.key, "")) {
            cells.eight().postEvent(this.key, "user.created", "1");
            stream.awaitAccepted(1);
            cells.toEight().cut();
            stream.awaitEnd();
            assertThat(stream.isBroken()).isTrue();
        }
    }

    @Test
    void aBatchOfMegabytesIsStored() {
        String event = "{\"type\":\"bulk\",\"payload\":\"" + "x".repeat(15_000) + "\"}";
        String batch = "[" + event + ("," + event).repeat(199) + "]";
        Reply stored = cells.seven().post("/api/events/batch", this.key, batch);
        assertThat(stored.status()).as(stored.toString()).isEqualTo(200);
        assertThat(stored.at("accepted").intValue()).isEqualTo(200);
        Reply page = cells.seven().get("/api/inbox?limit=100", this.key);
        assertThat(page.at("count").intValue()).isEqualTo(100);
        assertThat(page.body().length()).isGreaterThan(1_000_000);
        Reply tooLarge = cells.seven().post("/api/events/batch", this.key, "[" + "1,".repeat(5_000_000) + "1]");
        assertThat(tooLarge.text("code")).isEqualTo("payload_too_large");
    }

    /** Half of it is there before the other half is sent, and none of it is held. */
    @Test
    void aBodyOfMegabytesGoesThroughPieceByPiece() throws IOException {
        int half = 4 * 1024 * 1024;
        CountDownLatch more = new CountDownLatch(1);
        try (Socket socket = new Socket("localhost", cells.seven().uri("/").getPort())) {
            Thread.ofVirtual().start(() -> {
                write(socket, "POST /api/events/batch HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-API-Key: "
                        + SpokenCell.key() + "\r\nContent-Length: " + 2 * half + "\r\n\r\n" + " ".repeat(half));
                RawReceiver.hold(more);
                write(socket, " ".repeat(half));
            });
            SpokenCell.Request forwarded = cells.nine().next();
            assertThat(forwarded.header("Content-Length")).isEqualTo(Integer.toString(2 * half));
            int most = half - 64 * 1024;
            assertThat(forwarded.readBody(most)).hasSize(most);
            assertThat(Metrics.of(cells.seven()).value("http_server_bodies_bytes")).isZero();
            more.countDown();
            assertThat(forwarded.readBody(2 * half - most)).hasSize(2 * half - most);
            forwarded.say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(read(socket)).startsWith("HTTP/1.1 200").endsWith("{}");
        }
    }

    private static void write(Socket socket, String text) {
        try {
            RawReceiver.say(socket, text);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void aBodyThatBreaksOffIsNoRequest() throws IOException {
        try (Socket socket = new Socket("localhost", cells.seven().uri("/").getPort())) {
            write(socket, "POST /api/events HTTP/1.1\r\nHost: x\r\nX-API-Key: " + this.key
                    + "\r\nContent-Length: 100\r\n\r\n{\"type\":");
            socket.shutdownOutput();
            assertThat(read(socket)).startsWith("HTTP/1.1 400").contains("malformed_request");
        }
        assertThat(cells.eight().get("/api/inbox", this.key).at("count").intValue()).isZero();
    }

    @Test
    void onlyWhatIsForTheEndsGoesAlong() {
        CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> cells.seven()
            .send(cells.seven()
                .request("/api/inbox?a=%2F&b", SpokenCell.key())
                .header("X-Forwarded-For", "203.0.113.9")
                .header("X-Cell-Client", "198.51.100.1")
                .header("X-Own", "mine")
                .GET()));
        SpokenCell.Request forwarded = cells.nine().next();
        assertThat(forwarded.head()).startsWith("GET /api/inbox?a=%2F&b HTTP/1.1\r\n").doesNotContain(Pair.SECRET);
        assertThat(forwarded.header("X-API-Key")).isEqualTo(SpokenCell.key());
        assertThat(forwarded.header("Host")).isEqualTo("localhost:" + cells.nine().port());
        assertThat(forwarded.header("X-Own")).isEqualTo("mine");
        assertThat(forwarded.header("X-Forwarded-For")).isEmpty();
        assertThat(forwarded.header("X-Cell-From")).isEqualTo("07");
        assertThat(forwarded.header("X-Cell-Client")).isEqualTo("203.0.113.9");
        forwarded.say("HTTP/1.1 299 Odd\r\nContent-Length: 2\r\nKeep-Alive: timeout=5\r\nX-Theirs: 1\r\n"
                + "Connection: close, X-Theirs\r\nRetry-After: 7\r\n\r\nok");
        assertThat(reply.join().status()).isEqualTo(299);
        assertThat(reply.join().body()).isEqualTo("ok");
        assertThat(reply.join().header("Retry-After")).isEqualTo("7");
        assertThat(reply.join().header("X-Theirs")).isNull();
    }

    @Test
    void nothingIsForwardedTwice() {
        Reply reply = cells.seven()
            .send(cells.seven().request("/api/inbox", SpokenCell.key()).header("X-Cell-From", "08").GET());
        assertThat(reply.status()).isEqualTo(508);
        assertThat(reply.text("code")).isEqualTo("cell_loop");
        assertThat(cells.eight()
            .send(cells.eight().request("/api/inbox", this.key).header("X-Cell-From", "07").GET())
            .status()).as("known here").isEqualTo(200);
    }

    @Test
    void aCellThatIsAwayIsToldAtOnceAndOnlyForItsOwnKeys() {
        String own = cells.seven().newKey();
        cells.toEight().cut();
        Reply reply = cells.seven().get("/api/inbox", this.key);
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text("code")).isEqualTo("cell_unavailable");
        assertThat(reply.header("Retry-After")).isEqualTo("1");
        assertThat(cells.seven().get("/api/inbox", own).status()).isEqualTo(200);
        cells.toEight().repair();
        assertThat(cells.seven().get("/api/inbox", this.key).status()).isEqualTo(200);
    }

    @Test
    void aCellThatIsFrozenIsGivenUpOn() {
        double before = counted("08", CellOutcome.LATE);
        cells.toEight().freeze();
        Reply reply = cells.seven().get("/api/inbox", this.key);
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.text("code")).isEqualTo("cell_timeout");
        assertThat(counted("08", CellOutcome.LATE)).isEqualTo(before + 1);
    }

    @Test
    void anAnswerThatIsLostIsToldAndAPartOfOneIsNotTakenForIt() {
        CompletableFuture<Reply> lost = CompletableFuture
            .supplyAsync(() -> cells.seven().post("/api/events", SpokenCell.key(), "{}"));
        cells.nine().next().hangUp();
        assertThat(lost.join().status()).isEqualTo(502);
        assertThat(lost.join().text("code")).isEqualTo("cell_broke_off");
        CompletableFuture<Reply> part = CompletableFuture
            .supplyAsync(() -> cells.seven().get("/api/inbox", SpokenCell.key()));
        SpokenCell.Request forwarded = cells.nine().next();
        forwarded.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n");
        forwarded.hangUp();
        await().until(part::isCompletedExceptionally);
    }

    @Test
    void aPortalOpensThroughTheWrongCell() {
        String token = cells.eight().post("/api/portal/sessions", this.key, "").text("token");
        String exchange = "{\"token\":\"" + token + "\"}";
        Reply session = cells.seven().post("/api/portal/sessions/exchange", null, exchange);
        assertThat(session.status()).as(session.toString()).isEqualTo(200);
        assertThat(session.text("api_key")).startsWith("zap_sess_08");
        assertThat(cells.seven().get("/api/inbox", session.text("api_key")).status()).isEqualTo(200);
        assertThat(cells.seven().post("/api/portal/sessions/exchange", null, exchange).status()).as("once")
            .isEqualTo(401);
    }

    @Test
    void aPlaygroundTakesWhatComesThroughTheWrongCell() {
        String token = cells.eight().post("/api/playground", this.key, "").text("token");
        String body = "y".repeat(100_000);
        Reply knocked = cells.seven().post("/play/" + token + "?a=b", null, body);
        assertThat(knocked.status()).as(knocked.toString()).isEqualTo(200);
        Reply taken = cells.seven().get("/api/playground/" + token + "/requests", this.key);
        assertThat(taken.body()).contains("/play/" + token + "?a=b").doesNotContainIgnoringCase("x-cell-");
        assertThat(cells.seven().post("/play/zap_play_08" + "0".repeat(40), null, "").status()).isEqualTo(410);
    }

    private String lastAddress() {
        return cells.eight().get("/api/audit?limit=1", this.key).text("/entries/0/address");
    }

    @Test
    void theCallersAddressIsBelievedOfACellAlone() {
        Reply made = cells.seven()
            .send(cells.seven()
                .request("/api/organization/keys", this.key)
                .header("X-Forwarded-For", "203.0.113.9")
                .POST(BodyPublishers.ofString("{\"name\":\"one\"}")));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        assertThat(lastAddress()).isEqualTo("203.0.113.9");
        Reply forged = cells.eight()
            .send(cells.eight()
                .request("/api/organization/keys", this.key)
                .header("X-Cell-From", "07")
                .header("X-Cell-Client", "203.0.113.66")
                .header("X-Cell-Code", "0".repeat(64))
                .POST(BodyPublishers.ofString("{\"name\":\"two\"}")));
        assertThat(forged.status()).as(forged.toString()).isEqualTo(201);
        assertThat(lastAddress()).isNotEqualTo("203.0.113.66");
    }

}
