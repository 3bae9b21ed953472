package dev.triggers.client;

import dev.triggers.client.model.Fields;
import dev.triggers.client.model.Replay;
import dev.triggers.client.model.ReplayRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The client whose calls give futures; cancelling one ends its call. */
public final class AsyncTriggers extends AsyncOperations {

    private static final Duration LONGEST_POLL = Duration.ofSeconds(30);

    private final Calls calls;

    private final Sending sending;

    AsyncTriggers(Calls calls) {
        this.calls = calls;
        this.sending = new Sending(calls);
    }

    /** Posts an event. It is stored when the future is complete. */
    public CompletableFuture<Sent> send(Event event) {
        return this.sending.send(event);
    }

    /** Posts any number of events, in parts of 1,000 and 8 MiB. */
    public CompletableFuture<BatchSent> sendBatch(List<Event> events) {
        return this.sending.sendBatch(events);
    }

    /** A replay that is no dry run. */
    public CompletableFuture<Replay> startReplay(ReplayRequest request) {
        return ask("createReplay", List.of(), null, request.dryRun(false), Replay::from);
    }

    /** Any operation by its operationId: the members of its answer, null where it has none. Query and body may be null. */
    public CompletableFuture<Map<String, Object>> operation(String name, List<String> path, Map<String, ?> query, Object body) {
        return Calls.then(done(name, path, query, body), (done) -> done.object().orElse(null));
    }

    /** A position compared with the one before: repeated, since the caller looks whose position a conflict shows. */
    CompletableFuture<Calls.Done> keep(String consumer, Map<String, Object> body) {
        String target = filled(OperationTable.ROWS.get("putConsumer").path(), List.of(consumer));
        return this.calls.call("PUT", target, Json.write(body).getBytes(StandardCharsets.UTF_8), true, Duration.ZERO);
    }

    @Override
    <T> CompletableFuture<T> ask(String name, List<String> path, Fields query, Fields body, Function<Map<String, Object>, T> reader) {
        return Calls.then(done(name, path, (query != null) ? query.asMap() : null, body), (done) -> done.object().map((members) -> {
            try {
                return reader.apply(members);
            }
            catch (ClassCastException | java.time.DateTimeException ex) {
                throw new MalformedAnswerException("a success of another form", ex).after(done.requests());
            }
        }).orElse(null));
    }

    @Override
    CompletableFuture<String> askText(String name, List<String> path, Fields query) {
        return Calls.then(done(name, path, (query != null) ? query.asMap() : null, null), (done) -> done.answer().text());
    }

    private CompletableFuture<Calls.Done> done(String name, List<String> path, Map<String, ?> query, Object body) {
        OperationTable.Row row = OperationTable.ROWS.get(name);
        if (row == null) {
            throw new IllegalArgumentException("no operation " + name);
        }
        byte[] encoded = (body != null) ? Json.write(body).getBytes(StandardCharsets.UTF_8) : null;
        Map<?, ?> members = (body instanceof Fields fields) ? fields.asMap() : (body instanceof Map<?, ?> map) ? map : Map.of();
        Transport.Request request = this.calls.request(row.method(), filled(row.path(), path) + search(query), encoded, row.operator());
        return this.calls.call(request, repeatable(row.repeat(), members), waiting(name, query, members));
    }

    static String filled(List<String> segments, List<String> path) {
        StringBuilder target = new StringBuilder();
        for (int place = 0; place < segments.size(); place++) {
            if (place % 2 == 0) {
                target.append(segments.get(place));
                continue;
            }
            String value = (place / 2 < path.size()) ? path.get(place / 2) : null;
            if (value == null || value.isEmpty() || value.equals(".") || value.equals("..")) {
                throw new IllegalArgumentException("not a part of a path: " + segments.get(place));
            }
            target.append(escaped(value));
        }
        return target.toString();
    }

    static String search(Map<String, ?> query) {
        StringJoiner search = new StringJoiner("&", "?", "").setEmptyValue("");
        if (query != null) {
            query.forEach((name, value) -> {
                if (value != null) {
                    search.add(escaped(name) + "=" + escaped(String.valueOf(value)));
                }
            });
        }
        return search.toString();
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static boolean repeatable(String rule, Map<?, ?> body) {
        return switch (rule) {
            case "always" -> true;
            case "compared" -> !body.containsKey("if_cursor");
            case "dedup" -> (body.get("events") instanceof List<?> events) ? !events.isEmpty() && events.stream().allMatch(AsyncTriggers::named)
                    : named(body);
            default -> false;
        };
    }

    private static boolean named(Object event) {
        Map<?, ?> members = (event instanceof Fields fields) ? fields.asMap() : (event instanceof Map<?, ?> map) ? map : Map.of();
        return members.get("dedup_id") != null;
    }

    /** A long poll's wait, which comes on top of the times. */
    private static Duration waiting(String name, Map<String, ?> query, Map<?, ?> body) {
        Object wait = name.equals("lease") ? body.get("wait") : (query != null) ? query.get("wait") : null;
        if (!(wait instanceof Number seconds) || seconds.longValue() <= 0) {
            return Duration.ZERO;
        }
        return (seconds.longValue() > LONGEST_POLL.toSeconds()) ? LONGEST_POLL : Duration.ofSeconds(seconds.longValue());
    }

}
