package dev.triggers.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.triggers.database.Notifications;
import dev.triggers.support.Customer;
import dev.triggers.support.DatabaseLink;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.support.StreamClient;
import dev.triggers.support.StreamClient.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Streams of two instances, of which one stores and attempts what the other tells of.
 */
class StreamAcrossInstancesTests {

    private static final String LISTEN_ONLY = "DISABLE_WEBHOOK_DELIVERY";

    private static String database;

    private static DatabaseLink link;

    private static Instance telling;

    private static Instance working;

    private Customer here;

    private Customer there;

    @BeforeAll
    static void start() {
        database = PostgresServer.newDatabase();
        link = new DatabaseLink(database);
        telling = Instance.start(link.url(), Map.of(LISTEN_ONLY, "true"));
        working = Instance.start(database, Map.of("DELIVERY_BACKOFF", "50ms"));
        await().until(telling.bean(Notifications.class)::healthy);
        await().until(working.bean(Notifications.class)::healthy);
    }

    @AfterAll
    static void stop() {
        working.close();
        telling.close();
        link.close();
    }

    @BeforeEach
    void join() {
        this.here = new Customer(telling.api());
        this.there = this.here.at(working.api());
    }

    private StreamClient open(String query) {
        return StreamClient.open(telling.api(), this.here.key(), query);
    }

    /** Streams of the other instance know of each listener some milliseconds after it. */
    private StreamClient heard(String query) {
        StreamClient stream = open(query);
        await().until(() -> {
            this.there.acknowledge(this.there.event("heard"));
            return !stream.messages("event.acknowledged").isEmpty();
        });
        return stream;
    }

    @Test
    void tellsOfWhatTheOtherStores() {
        try (StreamClient stream = open("")) {
            List<String> posted = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                posted.add(this.there.event("a"));
                posted.add(this.here.event("a"));
            }
            stream.awaitAccepted(20);
            assertThat(stream.accepted()).containsExactlyElementsOf(posted);
            try (StreamClient resumed = StreamClient.open(working.api(), this.there.key(), "", "Last-Event-ID",
                    String.valueOf(stream.messages("event.accepted").get(9).cursor()))) {
                resumed.awaitAccepted(10);
                assertThat(resumed.accepted()).isEqualTo(posted.subList(10, 20));
            }
        }
    }

    @Test
    void tellsOfWhatTheOtherAttemptsAndOfWhatIsDoneThere() {
        try (Receiver receiver = new Receiver(); StreamClient stream = heard("")) {
            receiver.answer(500);
            String endpoint = this.there.register(receiver);
            assertThat(stream.await("endpoint.changed").text("endpoint_id")).isEqualTo(endpoint);
            String id = this.there.event("a");
            Message dead = stream.await("delivery.dead");
            assertThat(dead.text("event_id")).isEqualTo(id);
            assertThat(stream.messages("attempt.finished")).extracting((message) -> message.data().path("number"))
                .extracting(Object::toString)
                .containsExactly("1", "2");
            this.there.acknowledge(id);
            stream
                .await((message) -> message.kind().equals("event.acknowledged") && message.text("event_id").equals(id));
        }
    }

    @Test
    void endsWithItsKeyWhereverThatIsReplaced() {
        try (StreamClient stream = open("")) {
            assertThat(this.there.post("/api/keys/rotate", "{}").status()).isEqualTo(200);
            stream.awaitEnd();
            assertThat(stream.isBroken()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "{\"scopes\":[\"webhooks:read\"]}", "{\"scopes\":[\"events:read\",\"webhooks:read\"]}" })
    void endsWhereItsKeyGivesSomethingElseByNow(String change) {
        Reply made = this.here.post("/api/organization/keys", "{\"name\":\"reader\",\"scopes\":[\"events:read\"]}");
        try (StreamClient stream = StreamClient.open(telling.api(), made.text("api_key"), "");
                StreamClient other = open("")) {
            this.here.event("a");
            stream.awaitAccepted(1);
            String path = "/api/organization/keys/" + made.text("id");
            assertThat(working.api().patch(path, this.there.key(), change).status()).isEqualTo(200);
            stream.awaitEnd();
            assertThat(stream.isBroken()).isFalse();
            this.here.event("a");
            other.awaitAccepted(2);
        }
    }

    @Test
    void othersAreNotifiedOnlyWhereSomebodyListens() throws SQLException {
        Customer nobody = new Customer(working.api());
        try (Receiver receiver = new Receiver(); Connection connection = listen(); StreamClient stream = heard("")) {
            nobody.register(receiver);
            nobody.awaitDelivered(List.of(nobody.event("a")));
            String id = this.there.event("a");
            this.there.acknowledge(id);
            stream
                .await((message) -> message.kind().equals("event.acknowledged") && message.text("event_id").equals(id));
            List<String> topics = topics(connection);
            String organization = nobody.get("/api/keys").text("organization_id");
            assertThat(topics).anyMatch((text) -> text.startsWith("events "))
                .anyMatch((text) -> text.startsWith("live "));
            assertThat(topics).noneMatch((text) -> text.contains(organization));
        }
    }

    private static Connection listen() throws SQLException {
        Matcher url = Pattern.compile("postgres://([^:]+):([^@]+)@(.+)").matcher(database);
        assertThat(url.matches()).isTrue();
        Connection connection = DriverManager.getConnection("jdbc:postgresql://" + url.group(3), url.group(1),
                url.group(2));
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen triggers");
        }
        return connection;
    }

    private static List<String> topics(Connection connection) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (PGNotification notification : connection.unwrap(PGConnection.class).getNotifications(1_000)) {
            texts.add(notification.getParameter());
        }
        return texts;
    }

    @Test
    void databaseThatWasAwayLeavesNoGap() {
        List<String> posted = new ArrayList<>();
        try (StreamClient stream = open("?kinds=event.accepted")) {
            posted.addAll(this.there.events("a", 3));
            stream.awaitAccepted(3);
            link.cut();
            posted.addAll(this.there.events("a", 3));
            link.repair();
            posted.addAll(this.there.events("a", 3));
            stream.awaitAccepted(9);
            assertThat(stream.accepted()).isEqualTo(posted);
        }
        finally {
            link.repair();
        }
    }

    @Test
    void whoeverStopsEndsItsStreamsCleanly() throws Exception {
        Instance third = Instance.start(database, Map.of());
        try (third;
                StreamClient events = StreamClient.open(third.api(), this.here.key(), "");
                StreamClient lines = StreamClient.open(third.api(), this.here.key(), "", "Accept",
                        "application/x-ndjson")) {
            String id = this.there.event("a");
            events.awaitAccepted(1);
            CompletableFuture.runAsync(third::close).get(20, TimeUnit.SECONDS);
            events.awaitEnd();
            lines.awaitEnd();
            assertThat(events.isBroken()).isFalse();
            assertThat(lines.isBroken()).isFalse();
            String missed = this.there.event("a");
            try (StreamClient resumed = StreamClient.open(telling.api(), this.here.key(), "", "Last-Event-ID",
                    events.lastId())) {
                resumed.awaitAccepted(1);
                assertThat(resumed.accepted()).containsExactly(missed);
                assertThat(events.accepted()).containsExactly(id);
            }
        }
    }

    @Test
    void oneThatDoesNotReadIsToldToResumeAndNobodyElseSuffers() throws IOException {
        List<String> posted = new ArrayList<>();
        try (Socket slow = new Socket(); StreamClient fast = open("?kinds=event.accepted")) {
            slow.setReceiveBufferSize(8 * 1024);
            slow.setSoTimeout(60_000);
            slow.connect(new InetSocketAddress("localhost", telling.api().uri("/").getPort()));
            slow.getOutputStream()
                .write(("GET /api/stream?kinds=event.accepted HTTP/1.0\r\nHost: localhost\r\nX-API-Key: "
                        + this.here.key() + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream in = slow.getInputStream();
            assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            String payload = "\"" + "x".repeat(200 * 1024) + "\"";
            Streams streams = telling.bean(Streams.class);
            for (int i = 0; i < 60; i++) {
                posted.add(this.here.event("a", payload));
            }
            fast.awaitAccepted(60);
            assertThat(fast.accepted()).isEqualTo(posted);
            String told = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Matcher lagging = Pattern.compile("event: stream.lagging\ndata: \\{\"cursor\":\"([^\"]+)\"}\n\n$")
                .matcher(told);
            assertThat(lagging.find()).isTrue();
            long got = Pattern.compile("event: event.accepted").matcher(told).results().count();
            assertThat(got).isLessThan(60);
            try (StreamClient resumed = StreamClient.open(telling.api(), this.here.key(), "?payloads=false",
                    "Last-Event-ID", lagging.group(1))) {
                resumed.awaitAccepted(60 - (int) got);
                assertThat(resumed.accepted()).isEqualTo(posted.subList((int) got, 60));
            }
            await().until(() -> streams.all().stream().noneMatch((stream) -> stream.behind() > 0));
        }
        await().until(() -> telling.bean(StreamMemory.class).held() == 0);
    }

}
