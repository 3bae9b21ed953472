import dev.triggers.client.ConsumeOptions;
import dev.triggers.client.Event;
import dev.triggers.client.InboxConsumer;
import dev.triggers.client.Json;
import dev.triggers.client.Triggers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The Java library beside the JDK's client. */
class Figures {

    private static final String URL = System.getenv("TRIGGERS_URL");

    private static final String KEY = System.getenv("TRIGGERS_KEY");

    private static final Triggers TRIGGERS = new Triggers(URL, KEY);

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static double number(String name) {
        return Double.parseDouble(System.getenv(name));
    }

    private static void bare() throws Exception {
        String body = "{\"type\":\"figures\",\"payload\":{\"id\":42},\"dedup_id\":\"" + UUID.randomUUID() + "\"}";
        HttpResponse<byte[]> response = HTTP.send(HttpRequest.newBuilder(URI.create(URL + "/api/events")).header("Content-Type", "application/json")
            .header("X-API-Key", KEY).POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.toString());
        }
    }

    private static void library() {
        TRIGGERS.send("figures", Map.of("id", 42));
    }

    /** One after the other, each first as often. */
    private static double[] pairs(int count) throws Exception {
        double[][] times = new double[2][count];
        for (int pair = 0; pair < count; pair++) {
            for (int place = 0; place < 2; place++) {
                int which = (pair + place) % 2;
                long began = System.nanoTime();
                if (which == 0) {
                    bare();
                }
                else {
                    library();
                }
                times[which][pair] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(times[0]);
        Arrays.sort(times[1]);
        return new double[] { times[0][count / 2], times[1][count / 2] };
    }

    private static double rate(double seconds) throws InterruptedException {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        AtomicInteger count = new AtomicInteger();
        Thread[] senders = new Thread[16];
        for (int place = 0; place < senders.length; place++) {
            senders[place] = new Thread(() -> {
                while (System.nanoTime() < end) {
                    library();
                    count.incrementAndGet();
                }
            });
            senders[place].start();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        return count.get() / seconds;
    }

    private static double consumed(int events) throws InterruptedException {
        TRIGGERS.sendBatch(IntStream.range(0, events).mapToObj((id) -> Event.of("consumed", Map.of("id", id))).toList());
        CountDownLatch all = new CountDownLatch(events);
        long began = System.nanoTime();
        InboxConsumer consumer = TRIGGERS.inbox().consume((event) -> all.countDown(), ConsumeOptions.defaults().withType("consumed").withBatch(1_000));
        all.await();
        consumer.stop();
        if (consumer.await().acknowledged() != events) {
            throw new IllegalStateException(consumer.await().toString());
        }
        return events / ((System.nanoTime() - began) / 1e9);
    }

    public static void main(String[] arguments) throws Exception {
        int count = (int) number("PAIRS");
        pairs(count / 4);
        double[] medians = pairs(count);
        System.out.println(Json.write(Map.of("runtime", String.valueOf(Runtime.version().feature()), "bare_ms", medians[0], "library_ms", medians[1], "overhead_ms",
                medians[1] - medians[0], "rate", rate(number("SECONDS")), "consumed", consumed((int) number("EVENTS")))));
    }

}
