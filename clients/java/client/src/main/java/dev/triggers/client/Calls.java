package dev.triggers.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Calls, with their repeats. */
final class Calls {

    private final URI base;

    private final String origin;

    private final String prefix;

    private final Map<String, String> headers;

    private final Options options;

    private final Transport transport;

    private final Pacing pacing;

    Calls(URI base, String key, Options options, Transport transport, Pacing pacing) {
        this.base = base;
        this.origin = base.getScheme() + "://" + base.getRawAuthority();
        this.prefix = (base.getRawPath() != null) ? base.getRawPath().replaceAll("/+$", "") : "";
        this.headers = new LinkedHashMap<>();
        this.headers.put("Accept", "application/json, text/plain;q=0.5");
        this.headers.put("User-Agent", "triggers-api-java/" + Version.VERSION + " (Java " + Runtime.version().feature() + ")");
        if (key != null && !key.isEmpty()) {
            this.headers.put("X-API-Key", key);
        }
        this.options = options;
        this.transport = transport;
        this.pacing = pacing;
    }

    static void requireSecret(String secret, String kind) {
        if (secret != null && !secret.chars().allMatch((letter) -> letter > 32 && letter < 127)) {
            throw new IllegalArgumentException("not an " + kind + ": it has letters that none has");
        }
    }

    Options options() {
        return this.options;
    }

    Pacing pacing() {
        return this.pacing;
    }

    Transport transport() {
        return this.transport;
    }

    @Override
    public String toString() {
        return this.origin + this.prefix;
    }

    Transport.Request request(String method, String target, byte[] body, boolean operator) {
        Map<String, String> sent = new LinkedHashMap<>(this.headers);
        if (body != null) {
            sent.put("Content-Type", "application/json");
        }
        if (operator && this.options.adminToken() != null) {
            sent.put("X-Admin-Token", this.options.adminToken());
        }
        Trace.inject(sent);
        return new Transport.Request(method, this.origin, this.prefix + target, sent, body);
    }

    CompletableFuture<Done> call(String method, String target, byte[] body, boolean repeat, Duration wait) {
        return call(request(method, target, body, false), repeat, wait);
    }

    CompletableFuture<Done> call(Transport.Request request, boolean repeat, Duration wait) {
        Call call = new Call(request, repeat, wait);
        call.exchange();
        return call.result;
    }

    /** What became of a future, and its cancellation passed on. */
    static <T, R> CompletableFuture<R> then(CompletableFuture<T> before, Function<T, R> function) {
        CompletableFuture<R> after = before.thenApply(function);
        after.whenComplete((value, failure) -> {
            if (after.isCancelled()) {
                before.cancel(true);
            }
        });
        return after;
    }

    record Done(Answer answer, int requests, boolean unsure) {

        Optional<Map<String, Object>> object() {
            boolean none = this.answer.status() == 204 || this.answer.status() == 202;
            if (none && this.answer.text().isBlank()) {
                return Optional.empty();
            }
            return Optional.of(this.answer.members()
                .orElseThrow(() -> new MalformedAnswerException("a success that is no JSON object", null).after(this.requests)));
        }

    }

    private final class Call {

        private final CompletableFuture<Done> result = new CompletableFuture<>();

        private final boolean repeat;

        private final Duration attemptTime;

        private final Instant deadline;

        private Transport.Request request;

        private volatile CompletableFuture<?> current;

        private int requests;

        private int waits;

        private boolean unsure;

        Call(Transport.Request request, boolean repeat, Duration wait) {
            this.request = request;
            this.repeat = repeat;
            this.attemptTime = Calls.this.options.attemptTime().plus(wait);
            this.deadline = Calls.this.pacing.now().plus(Calls.this.options.totalTime()).plus(wait);
            this.result.whenComplete((done, failure) -> {
                if (this.result.isCancelled() && this.current != null) {
                    this.current.cancel(true);
                }
            });
        }

        void exchange() {
            if (this.result.isDone()) {
                return;
            }
            this.requests++;
            Duration left = Duration.between(Calls.this.pacing.now(), this.deadline);
            Duration timeout = (left.compareTo(this.attemptTime) < 0) ? left : this.attemptTime;
            CompletableFuture<Answer> answer;
            try {
                answer = Calls.this.transport.send(this.request, timeout, Calls.this.options.maxAnswerBytes());
            }
            catch (RuntimeException | Error ex) {
                this.result.completeExceptionally(ex);
                return;
            }
            this.current = answer;
            answer.whenComplete((found, failure) -> {
                try {
                    if (failure != null) {
                        failed(HttpTransport.unwrapped(failure));
                    }
                    else {
                        answered(found);
                    }
                }
                catch (RuntimeException | Error ex) {
                    this.result.completeExceptionally(ex);
                }
            });
            if (this.result.isCancelled()) {
                answer.cancel(true);
            }
        }

        private void failed(Throwable failure) {
            if (failure instanceof ConnectionFailedException broken) {
                boolean never = broken.kind() == ConnectionFailedException.Kind.CONNECT;
                this.unsure |= !never;
                again(this.repeat || never, null, broken);
            }
            else if (failure instanceof TriggersException other) {
                this.result.completeExceptionally(other.after(this.requests));
            }
            else {
                this.result.completeExceptionally(failure);
            }
        }

        private void answered(Answer answer) {
            if (answer.success()) {
                this.result.complete(new Done(answer, this.requests, this.unsure));
                return;
            }
            ApiException refused = ApiException.of(answer, Calls.this.pacing.now());
            if (answer.status() == 421 && this.request.origin().equals(Calls.this.origin)) {
                Optional<String> there = Redirect.followed(Calls.this.base, refused.location(), Calls.this.options.hosts())
                    .filter((to) -> !to.equals(Calls.this.origin));
                if (there.isPresent()) {
                    this.request = new Transport.Request(this.request.method(), there.get(), this.request.target(), this.request.headers(),
                            this.request.body());
                    exchange();
                    return;
                }
            }
            refused.unsure(this.unsure);
            boolean limited = answer.status() == 429;
            this.unsure |= !limited;
            boolean passing = limited || (answer.status() >= 502 && answer.status() <= 504);
            again(passing && (this.repeat || limited), refused.retryAfter().orElse(null), refused);
        }

        private void again(boolean allowed, Duration hint, TriggersException failure) {
            failure.after(this.requests);
            if (!allowed) {
                this.result.completeExceptionally(failure);
                return;
            }
            Duration pause = pause(hint);
            if (!Calls.this.pacing.now().plus(pause).isBefore(this.deadline)) {
                this.result.completeExceptionally(failure);
                return;
            }
            CompletableFuture<Void> slept = Calls.this.pacing.sleep(pause);
            this.current = slept;
            slept.thenRun(this::exchange);
        }

        private Duration pause(Duration hint) {
            Duration longest = Calls.this.options.longestWait();
            Duration grown = Calls.this.options.firstWait().multipliedBy(1L << Math.min(this.waits++, 20));
            double backoff = ((grown.compareTo(longest) < 0) ? grown : longest).toNanos();
            double chance = Calls.this.pacing.random();
            return (hint != null) ? hint.plusNanos((long) (backoff * chance / 2)) : Duration.ofNanos((long) (backoff * (1 + chance) / 2));
        }

    }

}
