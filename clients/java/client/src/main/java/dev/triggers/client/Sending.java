package dev.triggers.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Posts events, each of them once. */
final class Sending {

    private static final byte[] FRAME_START = "{\"events\":[".getBytes(StandardCharsets.UTF_8);

    private static final byte[] FRAME_END = "]}".getBytes(StandardCharsets.UTF_8);

    private static final int FRAME = FRAME_START.length + FRAME_END.length;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Calls calls;

    Sending(Calls calls) {
        this.calls = calls;
    }

    CompletableFuture<Sent> send(Event event) {
        Made made = Made.of(event);
        String dedupId = made.event().dedupId();
        CompletableFuture<Calls.Done> posted = this.calls.call("POST", "/api/events", made.bytes(), dedupId != null, Duration.ZERO);
        CompletableFuture<Sent> sent = posted.handle((done, failure) -> {
            if (failure == null) {
                return new Sent(id(done), dedupId, false);
            }
            Throwable cause = HttpTransport.unwrapped(failure);
            if (cause instanceof ApiException.DuplicateEvent duplicate && duplicate.id() != null && (made.own() || duplicate.unsure())) {
                return new Sent(duplicate.id(), dedupId, true);
            }
            throw (cause instanceof RuntimeException known) ? known : new CompletionException(cause);
        });
        return passing(sent, posted);
    }

    private static <T> CompletableFuture<T> passing(CompletableFuture<T> after, CompletableFuture<?> before) {
        after.whenComplete((value, failure) -> {
            if (after.isCancelled()) {
                before.cancel(true);
            }
        });
        return after;
    }

    private static String id(Calls.Done done) {
        return done.object()
            .map((members) -> (members.get("id") instanceof String id && !id.isEmpty()) ? id : null)
            .orElseThrow(() -> new MalformedAnswerException("an answer without the event's id", null).after(done.requests()));
    }

    CompletableFuture<BatchSent> sendBatch(List<Event> events) {
        Batch batch = new Batch(events);
        batch.next();
        return batch.result;
    }

    /** An event as it goes over the wire. */
    private record Made(Event event, boolean own, byte[] bytes) {

        static Made of(Event event) {
            boolean own = event.dedupId() == null && event.dedup();
            Event made = own ? event.withDedupId(dedupId()) : event;
            return new Made(made, own, Json.write(made.members()).getBytes(StandardCharsets.UTF_8));
        }

        private static String dedupId() {
            byte[] random = new byte[16];
            RANDOM.nextBytes(random);
            return HexFormat.of().formatHex(random);
        }

    }

    private final class Batch {

        private final CompletableFuture<BatchSent> result = new CompletableFuture<>();

        private final List<Made> all;

        private final BatchItem[] items;

        private final List<List<Integer>> parts = new ArrayList<>();

        private int done;

        private volatile CompletableFuture<?> current;

        Batch(List<Event> events) {
            this.all = events.stream().map(Made::of).toList();
            this.items = new BatchItem[events.size()];
            for (int index = 0; index < this.items.length; index++) {
                this.items[index] = new BatchItem(index, BatchItem.Status.UNSENT, null, null, this.all.get(index).event().dedupId(), false);
            }
            split();
            this.result.whenComplete((sent, failure) -> {
                if (this.result.isCancelled() && this.current != null) {
                    this.current.cancel(true);
                }
            });
        }

        private void split() {
            Options options = Sending.this.calls.options();
            int size = 0;
            List<Integer> part = null;
            for (int index = 0; index < this.items.length; index++) {
                int length = this.all.get(index).bytes().length;
                if (FRAME + length > options.maxBatchBytes()) {
                    this.items[index] = new BatchItem(index, BatchItem.Status.REJECTED, null, "larger than " + options.maxBatchBytes() + " bytes",
                            this.items[index].dedupId(), false);
                }
                else if (part == null || part.size() >= options.maxBatchEvents() || size + 1 + length > options.maxBatchBytes()) {
                    part = new ArrayList<>(List.of(index));
                    this.parts.add(part);
                    size = FRAME + length;
                }
                else {
                    part.add(index);
                    size += 1 + length;
                }
            }
        }

        void next() {
            if (this.result.isDone()) {
                return;
            }
            if (this.done == this.parts.size()) {
                this.result.complete(new BatchSent(Arrays.asList(this.items)));
                return;
            }
            List<Integer> part = this.parts.get(this.done++);
            boolean repeat = part.stream().allMatch((index) -> this.all.get(index).event().dedupId() != null);
            CompletableFuture<Calls.Done> posted = Sending.this.calls.call("POST", "/api/events/batch", body(part), repeat, Duration.ZERO);
            this.current = posted;
            posted.whenComplete((answered, failure) -> {
                try {
                    if (failure != null) {
                        throw (HttpTransport.unwrapped(failure) instanceof RuntimeException known) ? known : new CompletionException(failure);
                    }
                    merge(part, answered);
                }
                catch (RuntimeException ex) {
                    interrupted(part, ex);
                    return;
                }
                next();
            });
        }

        private byte[] body(List<Integer> part) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(FRAME_START);
            for (int place = 0; place < part.size(); place++) {
                if (place > 0) {
                    body.write(',');
                }
                body.writeBytes(this.all.get(part.get(place)).bytes());
            }
            body.writeBytes(FRAME_END);
            return body.toByteArray();
        }

        private void merge(List<Integer> part, Calls.Done answered) {
            Object results = answered.object().map((members) -> members.get("results")).orElse(null);
            if (!(results instanceof List<?> found) || found.size() != part.size()) {
                throw new MalformedAnswerException("a batch's answer without a result for each event", null).after(answered.requests());
            }
            List<BatchItem> merged = new ArrayList<>();
            for (int place = 0; place < part.size(); place++) {
                merged.add(item(part.get(place), found.get(place), answered));
            }
            merged.forEach((item) -> this.items[item.index()] = item);
        }

        private BatchItem item(int index, Object found, Calls.Done answered) {
            Map<?, ?> members = (found instanceof Map<?, ?> map) ? map : Map.of();
            String dedupId = this.items[index].dedupId();
            BatchItem.Status status = switch (String.valueOf(members.get("status"))) {
                case "accepted" -> BatchItem.Status.ACCEPTED;
                case "duplicate" -> BatchItem.Status.DUPLICATE;
                case "rejected" -> BatchItem.Status.REJECTED;
                default -> throw new MalformedAnswerException("a result of a batch that is none", null).after(answered.requests());
            };
            boolean repeated = status == BatchItem.Status.DUPLICATE
                    && (this.all.get(index).own() || (dedupId != null && answered.unsure()));
            return new BatchItem(index, repeated ? BatchItem.Status.ACCEPTED : status, text(members.get("id")), text(members.get("error")), dedupId,
                    repeated);
        }

        private static String text(Object value) {
            return (value instanceof String text) ? text : null;
        }

        private void interrupted(List<Integer> part, RuntimeException failure) {
            // An answer of the 400s stored nothing, unless an earlier request of the part did.
            if (!(failure instanceof ApiException refused) || refused.status() >= 500 || refused.unsure()) {
                part.forEach((index) -> this.items[index] = this.items[index].with(BatchItem.Status.UNKNOWN));
            }
            List<Event> remaining = new ArrayList<>();
            for (BatchItem item : this.items) {
                if (item.status() == BatchItem.Status.UNKNOWN || item.status() == BatchItem.Status.UNSENT) {
                    remaining.add(this.all.get(item.index()).event());
                }
            }
            BatchInterruptedException interrupted = new BatchInterruptedException(failure, Arrays.asList(this.items), remaining);
            interrupted.after((failure instanceof TriggersException known) ? known.requests() : 0);
            this.result.completeExceptionally(interrupted);
        }

    }

}
