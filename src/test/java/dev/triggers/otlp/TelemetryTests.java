package dev.triggers.otlp;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.triggers.support.Api;
import dev.triggers.support.Concurrently;
import dev.triggers.support.Customer;
import dev.triggers.support.Instance;
import dev.triggers.support.PostgresServer;
import dev.triggers.support.Receiver;
import dev.triggers.support.Reply;
import dev.triggers.trace.TraceContext;
import dev.triggers.trace.TracedLog;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;

import static dev.triggers.support.Customer.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What arrives at a collector, read by OpenTelemetry's own library: of an instance that
 * takes events and attempts nothing, and keeps only the traces that its clients keep, and
 * of another one that attempts, and keeps all.
 */
@ExtendWith(OutputCaptureExtension.class)
class TelemetryTests {

    private static final String CLIENT_SPAN = "b7ad6b7169203331";

    private static final AtomicInteger traces = new AtomicInteger();

    private static Receiver collector;

    private static String database;

    private static Instance front;

    private static Instance sender;

    private static JdbcClient jdbc;

    @BeforeAll
    static void start() {
        collector = new Receiver();
        database = PostgresServer.newDatabase();
        jdbc = PostgresServer.client(database);
        front = Instance.start(database, settings("DISABLE_WEBHOOK_DELIVERY", "true", "OTEL_SERVICE_NAME", "orders",
                "OTEL_TRACES_SAMPLER", "parentbased_always_off"));
        startSender();
    }

    private static void startSender() {
        sender = Instance.start(database, settings("DELIVERY_BACKOFF", "0s", "OTEL_METRICS_EXPORTER", "none"));
    }

    private static Map<String, String> settings(String... more) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(""),
                "OTEL_METRIC_EXPORT_INTERVAL", "100", "OTEL_BSP_SCHEDULE_DELAY", "100", "OTEL_EXPORTER_OTLP_HEADERS",
                "Authorization=Bearer%20s3cret,x-team=a+b", "OTEL_RESOURCE_ATTRIBUTES", "deployment.environment=test"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    @AfterAll
    static void stop() {
        front.close();
        sender.close();
        collector.close();
    }

    private static String newTrace() {
        return "0af7651916cd43dd8448eb21%08x".formatted(traces.incrementAndGet());
    }

    private static String post(Api api, Customer customer, String type, String... traceparents) {
        return post(api, customer, type, List.of(traceparents), List.of());
    }

    private static String post(Api api, Customer customer, String type, List<String> traceparents,
            List<String> tracestates) {
        var request = api.request("/api/events", customer.key())
            .POST(BodyPublishers.ofString("{\"type\":\"" + type + "\",\"payload\":{}}"));
        for (String traceparent : traceparents) {
            request.header("traceparent", traceparent);
        }
        tracestates.forEach((tracestate) -> request.header("tracestate", tracestate));
        Reply reply = Api.patiently(() -> api.send(request));
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        return reply.text("id");
    }

    @Test
    void oneTraceGoesFromTheClientOverTwoInstancesAndTwoAttemptsToTheReceiver() {
        Customer customer = new Customer(front.api());
        String trace = newTrace();
        AtomicInteger requests = new AtomicInteger();
        try (Receiver receiver = new Receiver().answer((request, exchange) -> Receiver.respond(exchange,
                (requests.incrementAndGet() == 1) ? 503 : 200, "ok"))) {
            String endpoint = customer.register(receiver);
            String event = post(front.api(), customer, "order.paid", List.of("00-" + trace + "-" + CLIENT_SPAN + "-01"),
                    List.of("rojo=00f067 , congo=t61", "a@b=1"));
            customer.awaitStatus(event, "delivered");
            eventually(() -> assertThat(spans(trace)).hasSize(7));
            List<Told> spans = spans(trace);
            Told request = only(spans, "POST /api/events");
            assertThat(request.parent()).isEqualTo(CLIENT_SPAN);
            assertThat(request.span.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
            assertThat(request.service()).isEqualTo("orders");
            assertThat(request.attribute("http.route")).isEqualTo("/api/events");
            assertThat(request.attribute("http.response.status_code")).isEqualTo("201");
            assertThat(only(spans, "validate").parent()).isEqualTo(request.id());
            Told commit = only(spans, "store events");
            assertThat(commit.links()).containsExactly(request.id());
            assertThat(commit.parent()).isEqualTo(request.id());
            List<Told> deliveries = named(spans, "deliver order.paid");
            List<Told> posts = named(spans, "POST");
            assertThat(deliveries).hasSize(2).allSatisfy((delivery) -> {
                assertThat(delivery.parent()).isEqualTo(request.id());
                assertThat(delivery.service()).isEqualTo("triggers-api");
                assertThat(delivery.attribute("messaging.message.id")).isEqualTo(event);
                assertThat(delivery.attribute("triggers.endpoint.id")).isEqualTo(endpoint);
            });
            assertThat(deliveries.getFirst().links()).containsExactly(request.id());
            assertThat(deliveries.getLast().links()).containsExactly(request.id(), deliveries.getFirst().id());
            assertThat(deliveries.stream().map((delivery) -> delivery.attribute("triggers.outcome")))
                .containsExactly("retry", "delivered");
            assertThat(posts.stream().map(Told::parent))
                .containsExactlyElementsOf(deliveries.stream().map(Told::id).toList());
            Told failed = posts.getFirst();
            assertThat(failed.span.getKind()).isEqualTo(SpanKind.SPAN_KIND_CLIENT);
            assertThat(failed.span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
            assertThat(failed.attribute("http.response.status_code")).isEqualTo("503");
            assertThat(failed.attribute("error.type")).isEqualTo("503");
            assertThat(failed.attribute("http.request.resend_count")).isEmpty();
            assertThat(failed.attribute("triggers.phase.first_byte_ms")).matches("\\d+");
            assertThat(failed.attribute("server.address")).isEqualTo("localhost");
            assertThat(failed.span.toString()).as("paths may be secrets").doesNotContain("/hook");
            assertThat(posts.getLast().attribute("http.request.resend_count")).isEqualTo("1");
            assertThat(posts.getLast().span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_UNSET);
            assertThat(receiver.requests(event).stream().map((sent) -> sent.header("traceparent"))).containsExactly(
                    "00-" + trace + "-" + failed.id() + "-01", "00-" + trace + "-" + posts.getLast().id() + "-01");
            assertThat(receiver.requests(event))
                .allSatisfy((sent) -> assertThat(sent.header("tracestate")).isEqualTo("rojo=00f067,congo=t61,a@b=1"));
            assertThat(spans)
                .allSatisfy((told) -> assertThat(told.span.getTraceState()).isEqualTo("rojo=00f067,congo=t61,a@b=1"));
            Reply attempt = customer.get("/api/attempts/" + event + "/" + endpoint + "/2");
            assertThat(attempt.text("trace_id")).isEqualTo(trace);
            assertThat(attempt.at("/request/headers").toString())
                .contains(receiver.requests(event).getLast().header("traceparent"), "rojo=00f067,congo=t61,a@b=1");
        }
    }

    @Test
    void whatIsHandedOverInMemoryStaysInItsTraceAndARedeliveryGoesOnWithIt() {
        Customer customer = new Customer(sender.api());
        String trace = newTrace();
        try (Receiver receiver = new Receiver()) {
            customer.register(receiver);
            String event = post(sender.api(), customer, "a", List.of("00-" + trace + "-" + CLIENT_SPAN + "-01"),
                    List.of("congo=t61"));
            customer.awaitStatus(event, "delivered");
            assertThat(customer.post("/api/events/" + event + "/redeliver", "").status()).isEqualTo(202);
            eventually(() -> assertThat(receiver.requests(event)).hasSize(2));
            assertThat(receiver.requests(event)).allSatisfy((request) -> {
                assertThat(request.header("traceparent")).startsWith("00-" + trace + "-");
                assertThat(request.header("tracestate")).isEqualTo("congo=t61");
            });
            eventually(() -> assertThat(named(spans(trace), "deliver a")).hasSize(2));
        }
    }

    @Test
    void aRestartedInstanceGoesOnWithTheTrace() {
        Customer customer = new Customer(front.api());
        String trace = newTrace();
        try (Receiver receiver = new Receiver().answer(503)) {
            customer.register(receiver.url(), ",\"retry_schedule\":[3600]");
            String event = post(front.api(), customer, "a", "00-" + trace + "-" + CLIENT_SPAN + "-01");
            UUID id = UUID.fromString(event);
            eventually(() -> assertThat(jdbc.sql(
                    "select attempts from event_deliveries where event_id = :id and due_at > now() + interval '30 minutes'")
                .param("id", id)
                .query(Integer.class)
                .optional()).contains(1));
            sender.close();
            receiver.answer(200);
            jdbc.sql("update event_deliveries set due_at = now() where event_id = :id").param("id", id).update();
            startSender();
            customer.awaitStatus(event, "delivered");
            eventually(() -> assertThat(named(spans(trace), "deliver a")).hasSize(2));
            Told request = only(spans(trace), "POST /api/events");
            List<Told> deliveries = named(spans(trace), "deliver a");
            assertThat(deliveries.getLast().links()).containsExactly(request.id(), deliveries.getFirst().id());
            assertThat(receiver.requests(event).getLast().header("traceparent")).startsWith("00-" + trace + "-");
        }
    }

    @Test
    void whatIsNoContextBeginsATraceOfItsOwn() {
        Customer customer = new Customer(sender.api());
        String trace = newTrace();
        String good = "00-" + trace + "-" + CLIENT_SPAN + "-01";
        try (Receiver receiver = new Receiver()) {
            customer.register(receiver);
            for (String[] traceparents : new String[][] { {}, { good.toUpperCase(java.util.Locale.ROOT) },
                    { "00-" + trace + "-0000000000000000-01" }, { good, good } }) {
                String event = post(sender.api(), customer, "a", traceparents);
                customer.awaitStatus(event, "delivered");
                TraceContext sent = TraceContext.parse(receiver.requests(event).getFirst().header("traceparent"));
                assertThat(sent).isNotNull();
                assertThat(sent.traceId()).isNotIn(trace, event.replace("-", ""));
                eventually(() -> assertThat(spans(sent.traceId()).stream().map((told) -> told.span.getName()))
                    .contains("POST /api/events", "deliver a", "POST"));
            }
            assertThat(spans(trace)).isEmpty();
        }
    }

    @Test
    void whatTheClientDoesNotRecordIsNotRecordedButHandedOn() {
        Customer customer = new Customer(front.api());
        String trace = newTrace();
        try (Receiver receiver = new Receiver()) {
            customer.register(receiver);
            String event = post(front.api(), customer, "a", "00-" + trace + "-" + CLIENT_SPAN + "-00");
            customer.awaitStatus(event, "delivered");
            assertThat(receiver.requests(event).getFirst().header("traceparent"))
                .matches("00-" + trace + "-[0-9a-f]{16}-00");
            String later = post(sender.api(), customer, "a", "00-" + newTrace() + "-" + CLIENT_SPAN + "-01");
            customer.awaitStatus(later, "delivered");
            assertThat(spans(trace)).isEmpty();
        }
    }

    @Test
    void requestsThatShareACommitAreAllLinkedToIt() {
        Customer customer = new Customer(sender.api());
        Set<String> traces = Stream.generate(TelemetryTests::newTrace).limit(32).collect(Collectors.toSet());
        List<String> each = List.copyOf(traces);
        Concurrently.call(each.size(),
                (n) -> post(sender.api(), customer, "a", "00-" + each.get(n) + "-" + CLIENT_SPAN + "-01"));
        eventually(() -> {
            List<Told> spans = told().filter((told) -> traces.contains(hex(told.span.getTraceId()))).toList();
            List<Told> commits = named(spans, "store events");
            assertThat(commits.stream().flatMap((commit) -> commit.links().stream()))
                .containsExactlyInAnyOrderElementsOf(named(spans, "POST /api/events").stream().map(Told::id).toList())
                .hasSameSizeAs(traces);
            assertThat(commits).allSatisfy((commit) -> {
                assertThat(commit.links()).contains(commit.parent());
                assertThat(commit.attribute("triggers.events.stored")).isEqualTo("" + commit.links().size());
            });
        });
    }

    @Test
    void contextIsStoredWhereTheClientSentOneOrTheSamplerKeptTheTrace() {
        Customer customer = new Customer(front.api());
        List<String> kept = List.of("00-" + newTrace() + "-" + CLIENT_SPAN + "-01");
        List<String> events = List.of(post(front.api(), customer, "a"),
                post(front.api(), customer, "a", List.of(), List.of("a=1")),
                post(front.api(), customer, "a", "00-" + newTrace() + "-" + CLIENT_SPAN + "-00"),
                post(front.api(), customer, "a", kept, List.of()),
                post(front.api(), customer, "a", kept, List.of("a=1", "=nonsense")),
                post(front.api(), customer, "a", kept, List.of("a=1")), post(sender.api(), customer, "a"));
        assertThat(events.stream()
            .map((event) -> jdbc.sql("select octet_length(trace) from event_deliveries where event_id = :id")
                .param("id", UUID.fromString(event))
                .query((row, number) -> Objects.toString(row.getObject(1)))
                .single()))
            .containsExactly("null", "null", "25", "25", "25", "36", "25");
    }

    @Test
    void aBatchIsOneRequest() {
        Customer customer = new Customer(sender.api());
        String trace = newTrace();
        Reply reply = sender.api()
            .send(sender.api()
                .request("/api/events/batch", customer.key())
                .header("traceparent", "00-" + trace + "-" + CLIENT_SPAN + "-01")
                .POST(BodyPublishers
                    .ofString("[{\"type\":\"a\",\"payload\":1},{\"type\":\"\"},{\"type\":\"b\",\"payload\":2}]")));
        assertThat(reply.at("/accepted").intValue()).isEqualTo(2);
        eventually(() -> assertThat(spans(trace)).hasSize(3));
        Told validation = only(spans(trace), "validate");
        assertThat(validation.attribute("triggers.events.posted")).isEqualTo("3");
        assertThat(validation.attribute("triggers.events.valid")).isEqualTo("2");
        Told commit = only(spans(trace), "store events");
        assertThat(commit.attribute("triggers.events.stored")).isEqualTo("2");
        assertThat(commit.links()).containsExactly(only(spans(trace), "POST /api/events/batch").id());
        assertThat(jdbc.sql("select count(distinct trace) from event_deliveries where event_id = any (:ids)")
            .param("ids",
                    new UUID[] { UUID.fromString(reply.text("/results/0/id")),
                            UUID.fromString(reply.text("/results/2/id")) })
            .query(Integer.class)
            .single()).isOne();
    }

    @Test
    void aTraceIsNamedInTheLog(CapturedOutput output) {
        TraceContext context = new TraceContext(newTrace(), CLIENT_SPAN, true);
        TracedLog.begin(context);
        LoggerFactory.getLogger(TelemetryTests.class).warn("within");
        TracedLog.end();
        LoggerFactory.getLogger(TelemetryTests.class).warn("outside");
        assertThat(output.getOut()).containsPattern("\\[trace " + context.traceId() + "\\] .*within");
        assertThat(output.getOut().lines().filter((line) -> line.endsWith("outside"))).singleElement()
            .asString()
            .doesNotContain("[trace");
        String trace = newTrace();
        Customer customer = new Customer(front.api());
        UUID endpoint = UUID.fromString(customer.register("http://localhost:1/", "").text("id"));
        byte[] secret = jdbc.sql("select secret from endpoints where id = :id")
            .param("id", endpoint)
            .query(byte[].class)
            .single();
        secret(endpoint, new byte[secret.length]);
        try {
            post(front.api(), customer, "a", "00-" + trace + "-" + CLIENT_SPAN + "-01");
            eventually(() -> assertThat(output.getOut())
                .containsPattern("\\[trace " + trace + "\\] .*to endpoint " + endpoint + " was given up for now"));
        }
        finally {
            secret(endpoint, secret);
        }
    }

    private static void secret(UUID endpoint, byte[] secret) {
        jdbc.sql("update endpoints set secret = :secret where id = :id")
            .param("secret", secret)
            .param("id", endpoint)
            .update();
    }

    @Test
    void latenciesNameATraceThatTheCollectorKnows() {
        Customer customer = new Customer(sender.api());
        try (Receiver receiver = new Receiver()) {
            customer.register(receiver);
            customer.awaitStatus(post(sender.api(), customer, "a", "00-" + newTrace() + "-" + CLIENT_SPAN + "-01"),
                    "delivered");
        }
        eventually(() -> {
            Reply metrics = sender.api()
                .send(sender.api().request("/metrics", null).header("Accept", "application/openmetrics-text"));
            Set<String> known = told().map((told) -> hex(told.span.getTraceId())).collect(Collectors.toSet());
            for (String timer : List.of("triggers_ingest_latency", "triggers_delivery_latency",
                    "http_server_requests")) {
                assertThat(exemplars(metrics.body(), timer)).as(timer).isNotEmpty().isSubsetOf(known);
            }
        });
        assertThat(sender.api().get("/metrics", null).body()).as("of the other form").doesNotContain("trace_id");
    }

    private static Set<String> exemplars(String metrics, String timer) {
        return Pattern
            .compile("(?m)^" + timer
                    + "_seconds_bucket\\{.*# \\{span_id=\"[0-9a-f]{16}\",trace_id=\"([0-9a-f]{32})\"\\}")
            .matcher(metrics)
            .results()
            .map((found) -> found.group(1))
            .collect(Collectors.toSet());
    }

    @Test
    void metersArriveWithTheirValuesLabelsAndBuckets() {
        String key = front.api().newKey();
        front.api().postEvent(key, "a", "1");
        front.api().get("/api/keys", "nonsense");
        // A push may be made up while the event is being counted.
        ResourceMetrics arrived = await().until(TelemetryTests::last,
                (metrics) -> metric(metrics, "triggers_events_total").getSum()
                    .getDataPointsList()
                    .stream()
                    .anyMatch((point) -> point.getAsDouble() >= 1)
                        && metric(metrics, "triggers_ingest_latency_seconds").getHistogram()
                            .getDataPointsList()
                            .stream()
                            .anyMatch((point) -> point.getCount() >= 1));
        assertThat(attributes(arrived.getResource().getAttributesList())).containsEntry("service.name", "orders")
            .containsEntry("deployment.environment", "test")
            .containsEntry("telemetry.sdk.language", "java");
        Metric events = metric(arrived, "triggers_events_total");
        assertThat(events.getDescription()).isEqualTo("Events posted, by what became of them");
        assertThat(events.getSum().getIsMonotonic()).isTrue();
        assertThat(events.getSum().getAggregationTemporality())
            .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        assertThat(events.getSum().getDataPointsList()).hasSize(4).allSatisfy((point) -> {
            boolean accepted = attributes(point.getAttributesList()).containsValue("accepted");
            assertThat(point.getAsDouble() >= 1).isEqualTo(accepted);
            assertThat(point.getStartTimeUnixNano()).isPositive().isLessThan(point.getTimeUnixNano());
        });
        HistogramDataPoint latency = metric(arrived, "triggers_ingest_latency_seconds").getHistogram().getDataPoints(0);
        assertThat(latency.getCount()).isPositive();
        assertThat(latency.getSum()).isPositive();
        assertThat(latency.getExplicitBoundsList()).startsWith(0.001, 0.002).endsWith(2.5);
        assertThat(latency.getBucketCountsList()).hasSize(latency.getExplicitBoundsCount() + 1);
        assertThat(latency.getBucketCountsList().stream().mapToLong(Long::longValue).sum())
            .isEqualTo(latency.getCount());
        List<NumberDataPoint> listening = metric(arrived, "database_listening").getGauge().getDataPointsList();
        assertThat(listening).hasSize(1);
        assertThat(metric(arrived, "key_hashes_seconds").getSummary().getDataPointsList())
            .anySatisfy((point) -> assertThat(point.getCount()).isPositive());
    }

    @Test
    void pushesAreAddressedAsTheSettingsSay() {
        sender.api().get("/api/keys", null);
        for (String path : List.of("/v1/metrics", "/v1/traces")) {
            Receiver.Request push = await().until(() -> pushes(path), (requests) -> !requests.isEmpty()).getFirst();
            assertThat(push.method()).isEqualTo("POST");
            assertThat(push.header("Content-Type")).isEqualTo("application/x-protobuf");
            assertThat(push.header("Authorization")).isEqualTo("Bearer s3cret");
            assertThat(push.header("x-team")).isEqualTo("a+b");
        }
    }

    private static List<Receiver.Request> pushes(String path) {
        return collector.requests().stream().filter((request) -> request.path().equals(path)).toList();
    }

    /** All that have arrived. */
    private static Stream<Told> told() {
        return pushes("/v1/traces").stream()
            .flatMap((push) -> parse(push.bytes()).getResourceSpansList().stream())
            .flatMap((resource) -> resource.getScopeSpansList()
                .stream()
                .flatMap((scope) -> scope.getSpansList().stream())
                .map((span) -> new Told(resource, span)));
    }

    /** Those of a trace, in the order in which they began. */
    private static List<Told> spans(String trace) {
        return told().filter((told) -> hex(told.span.getTraceId()).equals(trace))
            .sorted(java.util.Comparator.comparing((told) -> told.span.getStartTimeUnixNano()))
            .toList();
    }

    private static ExportTraceServiceRequest parse(byte[] bytes) {
        try {
            return ExportTraceServiceRequest.parseFrom(bytes);
        }
        catch (InvalidProtocolBufferException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<Told> named(List<Told> spans, String name) {
        return spans.stream().filter((told) -> told.span.getName().equals(name)).toList();
    }

    private static Told only(List<Told> spans, String name) {
        List<Told> named = named(spans, name);
        assertThat(named).as("%s in %s", name, spans).hasSize(1);
        return named.getFirst();
    }

    private static String hex(ByteString bytes) {
        return java.util.HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static ResourceMetrics last() throws InvalidProtocolBufferException {
        List<Receiver.Request> pushes = pushes("/v1/metrics");
        return pushes.isEmpty() ? ResourceMetrics.getDefaultInstance()
                : ExportMetricsServiceRequest.parseFrom(pushes.getLast().bytes()).getResourceMetrics(0);
    }

    private static Metric metric(ResourceMetrics metrics, String name) {
        return metrics.getScopeMetricsList()
            .stream()
            .flatMap((scope) -> scope.getMetricsList().stream())
            .filter((metric) -> metric.getName().equals(name))
            .findFirst()
            .orElse(Metric.getDefaultInstance());
    }

    private static Map<String, String> attributes(List<KeyValue> attributes) {
        return attributes.stream().collect(Collectors.toMap(KeyValue::getKey, TelemetryTests::text));
    }

    private static String text(KeyValue attribute) {
        return attribute.getValue().hasIntValue() ? Long.toString(attribute.getValue().getIntValue())
                : attribute.getValue().getStringValue();
    }

    /**
     * A span as it was told.
     *
     * @param resource whose it is
     * @param span the span
     */
    private record Told(ResourceSpans resource, Span span) {

        String id() {
            return hex(this.span.getSpanId());
        }

        String parent() {
            return hex(this.span.getParentSpanId());
        }

        List<String> links() {
            return this.span.getLinksList().stream().map((link) -> hex(link.getSpanId())).toList();
        }

        String service() {
            return attributes(this.resource.getResource().getAttributesList()).getOrDefault("service.name", "");
        }

        String attribute(String name) {
            return attributes(this.span.getAttributesList()).getOrDefault(name, "");
        }

    }

}
