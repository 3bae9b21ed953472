package dev.triggers.fault;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import dev.triggers.support.Api;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.StreamClient;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A consumer of the stream whose instances are killed, while others are.
 */
class StreamFaultTests {

    @Test
    void whoeverComesBackWithItsCursorGetsEveryEventOnceInOrder() {
        String database = PostgresServer.newDatabase();
        JdbcClient jdbc = PostgresServer.client(database);
        try (ServiceProcess first = ServiceProcess.start(database, Map.of());
                ServiceProcess second = ServiceProcess.start(database, Map.of())) {
            first.awaitReady();
            second.awaitReady();
            String key = first.api().newKey();
            try (Consumer consumer = new Consumer(key, first.api());
                    Load load = new Load(8, key, first.api());
                    Load other = new Load(8, key, second.api(), 1_000_000)) {
                load.awaitMore(200);
                other.awaitMore(200);
                first.kill();
                consumer.goTo(second.api());
                other.awaitMore(200);
                try (ServiceProcess third = ServiceProcess.start(database, Map.of()).awaitReady();
                        Load further = new Load(8, key, third.api(), 2_000_000)) {
                    further.awaitMore(100);
                    second.kill();
                    consumer.goTo(third.api());
                    further.awaitMore(200);
                    further.stop();
                    List<String> stored = jdbc.sql("select id::text from events order by position, id")
                        .query(String.class)
                        .list();
                    assertThat(stored).hasSizeGreaterThan(900);
                    await().until(() -> consumer.received().size() >= stored.size());
                    assertThat(consumer.received()).isEqualTo(stored);
                    assertThat(consumer.breaks()).isGreaterThanOrEqualTo(2);
                }
            }
        }
    }

    /** Comes back, with its cursor, whenever its stream has ended. */
    private static final class Consumer implements AutoCloseable {

        private final List<String> received = new ArrayList<>();

        private final String key;

        private final AtomicReference<Api> instance;

        private volatile boolean closed;

        private StreamClient current;

        private int breaks;

        private Consumer(String key, Api instance) {
            this.key = key;
            this.instance = new AtomicReference<>(instance);
            StreamClient begun = StreamClient.open(instance, key, "?kinds=event.accepted");
            this.current = begun;
            await().until(() -> !begun.lastId().equals("null"));
            Thread.ofVirtual().start(() -> run(begun));
        }

        private void run(StreamClient begun) {
            StreamClient stream = begun;
            while (!this.closed) {
                stream.awaitEnd();
                StreamClient next = again(stream.lastId());
                replace(stream, next);
                stream = next;
            }
        }

        private synchronized void replace(StreamClient ended, StreamClient next) {
            this.received.addAll(ended.accepted());
            this.current = next;
            this.breaks++;
        }

        private StreamClient again(String cursor) {
            return await()
                .ignoreExceptionsMatching((ex) -> ex instanceof UncheckedIOException || ex instanceof AssertionError)
                .until(() -> StreamClient.open(this.instance.get(), this.key, "?kinds=event.accepted", "Last-Event-ID",
                        cursor), Objects::nonNull);
        }

        private void goTo(Api other) {
            this.instance.set(other);
        }

        private synchronized List<String> received() {
            List<String> all = new ArrayList<>(this.received);
            all.addAll(this.current.accepted());
            return all;
        }

        private synchronized int breaks() {
            return this.breaks;
        }

        @Override
        public synchronized void close() {
            this.closed = true;
            this.current.close();
        }

    }

}
