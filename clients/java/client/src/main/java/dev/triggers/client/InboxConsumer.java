package dev.triggers.client;

import dev.triggers.client.model.AcknowledgementBatch;
import dev.triggers.client.model.LeaseExtension;
import dev.triggers.client.model.LeaseRelease;
import dev.triggers.client.model.LeaseRequest;
import dev.triggers.client.model.LeasedEvents;
import dev.triggers.client.model.LeasedItem;
import dev.triggers.client.model.ListInboxQuery;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Consumes the inbox in threads of its own, until it is stopped. Closing it stops it and waits. */
public final class InboxConsumer implements AutoCloseable {

    private static final int MOST_ACKNOWLEDGED = 1_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Triggers triggers;

    private final Handler<LeasedItem> handler;

    private final ConsumeOptions options;

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    private final CompletableFuture<Consumed> ended = new CompletableFuture<>();

    private final Semaphore places;

    // Guarded by this object's monitor, all of them.
    private final Set<String> running = new HashSet<>();

    private final Deque<String> done = new ArrayDeque<>();

    private final Set<String> told = new HashSet<>();

    private final Set<String> confirmed = new HashSet<>();

    private final Map<String, Integer> failures = new HashMap<>();

    private final Map<String, Long> resting = new HashMap<>();

    private final Map<String, Set<String>> leases = new HashMap<>();

    private final Map<String, String> leaseOf = new HashMap<>();

    private final List<String> poison = new ArrayList<>();

    private final List<String> unacknowledged = new ArrayList<>();

    private int handled;

    private int failed;

    private int acknowledged;

    private boolean closing;

    InboxConsumer(Triggers triggers, Handler<LeasedItem> handler, ConsumeOptions options) {
        this.triggers = triggers;
        this.handler = handler;
        this.options = options;
        this.places = new Semaphore(options.parallel());
        started("triggers-consume", this::run);
    }

    /** No further event is begun; those under way are finished and acknowledged. */
    public void stop() {
        this.stopped.complete(null);
    }

    /** Waits for its end: what came of it, or what ended it. */
    public Consumed await() {
        return this.triggers.now(this.ended);
    }

    /** The same as a future; cancelling that stops nothing. */
    public CompletableFuture<Consumed> ended() {
        return this.ended.copy();
    }

    @Override
    public void close() {
        stop();
        await();
    }

    private static Thread started(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void run() {
        Throwable failure = null;
        ExecutorService handlers = threads();
        Thread acknowledging = started("triggers-acknowledge", this::acknowledge);
        Thread extending = started("triggers-extend", this::extend);
        try {
            loop(handlers);
        }
        catch (InterruptedException | RuntimeException | Error ex) {
            failure = ex;
        }
        try {
            stop();
            handlers.shutdown();
            while (!handlers.awaitTermination(1, TimeUnit.DAYS)) {
                continue;
            }
            synchronized (this) {
                this.closing = true;
                notifyAll();
            }
            acknowledging.join();
            extending.join();
            giveBack();
        }
        catch (InterruptedException | RuntimeException ex) {
            failure = (failure != null) ? failure : ex;
        }
        if (failure != null) {
            this.ended.completeExceptionally((failure instanceof RuntimeException) ? failure : new CompletionException(failure));
        }
        else {
            this.ended.complete(new Consumed(this.handled, this.failed, this.acknowledged, List.copyOf(this.poison), List.copyOf(this.unacknowledged)));
        }
    }

    /** Virtual threads, where the JDK has them. */
    private static ExecutorService threads() {
        try {
            return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        }
        catch (ReflectiveOperationException ex) {
            return Executors.newCachedThreadPool((work) -> {
                Thread thread = new Thread(work, "triggers-handle");
                thread.setDaemon(true);
                return thread;
            });
        }
    }

    private void loop(ExecutorService handlers) throws InterruptedException {
        while (!this.stopped.isDone()) {
            for (LeasedItem event : fetched()) {
                while (!this.places.tryAcquire(20, TimeUnit.MILLISECONDS)) {
                    if (this.stopped.isDone()) {
                        return;
                    }
                }
                if (this.stopped.isDone()) {
                    return;
                }
                synchronized (this) {
                    this.running.add(event.id());
                }
                handlers.execute(() -> {
                    try {
                        handle(event);
                    }
                    finally {
                        this.places.release();
                    }
                });
            }
        }
    }

    private List<LeasedItem> fetched() throws InterruptedException {
        try {
            return (this.options.lease() != null) ? leased() : listed();
        }
        catch (TriggersException ex) {
            boolean passing = ex instanceof ConnectionFailedException
                    || (ex instanceof ApiException refused && (refused.status() >= 500 || refused.status() == 429));
            if (!passing) {
                throw ex;
            }
            // The call has been repeated for its total time already.
            this.options.onError().accept(ex);
            pause(Duration.ofSeconds(1));
            return List.of();
        }
    }

    private void pause(Duration time) throws InterruptedException {
        try {
            this.stopped.get(time.toMillis(), TimeUnit.MILLISECONDS);
        }
        catch (java.util.concurrent.TimeoutException | java.util.concurrent.ExecutionException ex) {
            // As long as it should be.
            return;
        }
    }

    /** What a call gives, or null if it was stopped meanwhile: then the call goes on by itself. */
    private <T> T orStopped(CompletableFuture<T> asked) {
        CompletableFuture.anyOf(asked.handle((value, failure) -> null), this.stopped).join();
        return this.stopped.isDone() ? null : this.triggers.now(asked);
    }

    private List<LeasedItem> leased() {
        LeaseRequest request = LeaseRequest.of().limit(this.options.batch()).leaseSeconds(seconds()).wait_(5).maxReceives(this.options.maxAttempts());
        request = (this.options.type() != null) ? request.type(this.options.type()) : request;
        request = (this.options.name() != null) ? request.consumer(this.options.name()) : request;
        synchronized (this) {
            // Acknowledged before this call begins: no later one leases them.
            this.confirmed.clear();
        }
        CompletableFuture<LeasedEvents> asked = this.triggers.async().lease(request);
        LeasedEvents page = orStopped(asked);
        if (page == null) {
            // What is leased by then is given back, not held until its lease ends.
            asked.thenAccept((late) -> started("triggers-release", () -> release(late.events().stream().map(LeasedItem::id).toList(), Duration.ZERO)));
            return List.of();
        }
        return taken(page);
    }

    /** Those that are new: what it has already, under an earlier lease that has ended, it does not handle again. */
    private synchronized List<LeasedItem> taken(LeasedEvents page) {
        List<LeasedItem> open = page.events().stream().filter((event) -> !this.confirmed.contains(event.id())).toList();
        List<LeasedItem> fresh = open.stream().filter((event) -> !this.leaseOf.containsKey(event.id())).toList();
        List<String> ids = open.stream().map(LeasedItem::id).toList();
        forget(ids);
        if (!ids.isEmpty()) {
            ids.forEach((id) -> this.leaseOf.put(id, page.leaseId()));
            this.leases.put(page.leaseId(), new HashSet<>(ids));
        }
        return fresh;
    }

    private long seconds() {
        return Math.max(1, (this.options.lease().toMillis() + 999) / 1_000);
    }

    /** The open events that this consumer has neither under way nor set aside. */
    private List<LeasedItem> listed() throws InterruptedException {
        Set<String> forgotten;
        synchronized (this) {
            // Acknowledged before this listing begins: no later one shows them.
            forgotten = Set.copyOf(this.confirmed);
        }
        String cursor = null;
        while (!this.stopped.isDone()) {
            boolean idle;
            synchronized (this) {
                idle = cursor == null && this.running.isEmpty() && this.resting.isEmpty() && this.done.isEmpty();
            }
            ListInboxQuery query = ListInboxQuery.of().order("asc").limit(this.options.batch()).wait_(idle ? 5 : 0).type(this.options.type());
            CompletableFuture<Map<String, Object>> asked = this.triggers.async().operation("listInbox", List.of(), query.cursor(cursor).asMap(), null);
            Map<String, Object> page = orStopped(asked);
            if (page == null) {
                asked.cancel(true);
                return List.of();
            }
            List<LeasedItem> fresh = fresh(page, forgotten);
            if (!fresh.isEmpty()) {
                return fresh;
            }
            if (!Boolean.TRUE.equals(page.get("has_more"))) {
                if (!idle) {
                    synchronized (this) {
                        wait((this.running.isEmpty() && this.done.isEmpty()) ? 500 : 20);
                    }
                }
                return List.of();
            }
            cursor = (String) page.get("next_cursor");
        }
        return List.of();
    }

    private synchronized List<LeasedItem> fresh(Map<String, Object> page, Set<String> forgotten) {
        List<LeasedItem> fresh = new ArrayList<>();
        long now = System.nanoTime();
        for (InboxItemMembers event : InboxItemMembers.of(page)) {
            boolean known = this.running.contains(event.id()) || this.told.contains(event.id()) || this.done.contains(event.id());
            Long until = this.resting.get(event.id());
            if (!known && (until == null || (until != NEVER && until - now <= 0))) {
                this.resting.remove(event.id());
                fresh.add(event.item());
            }
        }
        if (!Boolean.TRUE.equals(page.get("has_more"))) {
            this.told.removeAll(forgotten);
            this.confirmed.removeAll(forgotten);
        }
        return fresh;
    }

    private void handle(LeasedItem event) {
        if (this.stopped.isDone()) {
            // What is not begun is given back in the end.
            finished(event.id());
            return;
        }
        try {
            this.handler.handle(event);
        }
        catch (Exception ex) {
            failed(event, ex);
            return;
        }
        synchronized (this) {
            this.handled++;
            this.failures.remove(event.id());
            this.running.remove(event.id());
            this.done.add(event.id());
            notifyAll();
        }
    }

    private synchronized void finished(String id) {
        this.running.remove(id);
        notifyAll();
    }

    private void failed(LeasedItem event, Exception failure) {
        long count;
        synchronized (this) {
            this.failed++;
            count = Math.max(this.failures.merge(event.id(), 1, Integer::sum), event.receives());
        }
        boolean given = count >= this.options.maxAttempts();
        boolean dropped = given && this.options.onPoison().test(event, failure);
        Duration delay = given ? this.options.longestRetryWait() : this.options.waitAfter(count);
        synchronized (this) {
            this.running.remove(event.id());
            if (given) {
                this.poison.add(event.id());
                this.failures.remove(event.id());
            }
            if (dropped) {
                this.done.add(event.id());
            }
            else if (this.options.lease() == null) {
                this.resting.put(event.id(), given ? NEVER : System.nanoTime() + delay.toNanos());
            }
            notifyAll();
        }
        if (!dropped && this.options.lease() != null) {
            release(List.of(event.id()), delay);
        }
    }

    private void release(List<String> ids, Duration delay) {
        forget(ids);
        try {
            if (!ids.isEmpty()) {
                this.triggers.releaseLease(LeaseRelease.of().eventIds(ids).delaySeconds((delay.toMillis() + 999) / 1_000));
            }
        }
        catch (TriggersException ex) {
            // Its lease ends by itself.
            this.options.onError().accept(ex);
        }
    }

    private synchronized void forget(List<String> ids) {
        for (String id : ids) {
            String lease = this.leaseOf.remove(id);
            Set<String> others = this.leases.get(lease);
            if (others != null) {
                others.remove(id);
                if (others.isEmpty()) {
                    this.leases.remove(lease);
                }
            }
        }
    }

    private void giveBack() {
        List<String> left;
        synchronized (this) {
            left = new ArrayList<>(this.leaseOf.keySet());
            left.removeAll(this.unacknowledged);
        }
        for (int from = 0; from < left.size(); from += MOST_ACKNOWLEDGED) {
            release(List.copyOf(left.subList(from, Math.min(from + MOST_ACKNOWLEDGED, left.size()))), Duration.ZERO);
        }
    }

    private void acknowledge() {
        try {
            for (List<String> batch = gathered(); !batch.isEmpty(); batch = gathered()) {
                try {
                    this.triggers.acknowledgeEvents(AcknowledgementBatch.of(batch));
                    acknowledged(batch);
                }
                catch (TriggersException ex) {
                    this.options.onError().accept(ex);
                    if (!kept(batch)) {
                        return;
                    }
                    pause(Duration.ofSeconds(1));
                }
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is done, in a little company; empty: nothing more will come. */
    private synchronized List<String> gathered() throws InterruptedException {
        while (this.done.isEmpty() && !this.closing) {
            wait();
        }
        long end = System.nanoTime() + 5_000_000;
        for (long left = 5; left > 0 && this.done.size() < MOST_ACKNOWLEDGED && !this.closing; left = (end - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        List<String> batch = new ArrayList<>();
        while (batch.size() < MOST_ACKNOWLEDGED && !this.done.isEmpty()) {
            batch.add(this.done.poll());
        }
        this.told.addAll(batch);
        return batch;
    }

    private synchronized void acknowledged(List<String> batch) {
        this.acknowledged += batch.size();
        forget(batch);
        this.confirmed.addAll(batch);
        if (this.options.lease() != null) {
            this.told.removeAll(batch);
        }
    }

    /** Whether there will be another try. */
    private synchronized boolean kept(List<String> batch) {
        if (this.closing) {
            this.unacknowledged.addAll(batch);
            this.unacknowledged.addAll(this.done);
            return false;
        }
        for (int place = batch.size() - 1; place >= 0; place--) {
            this.done.addFirst(batch.get(place));
        }
        return true;
    }

    private void extend() {
        if (this.options.lease() == null) {
            return;
        }
        long every = Math.max(300, this.options.lease().toMillis() / 3);
        try {
            while (true) {
                List<String> held;
                synchronized (this) {
                    long end = System.nanoTime() + every * 1_000_000;
                    for (long left = every; left > 0 && !this.closing; left = (end - System.nanoTime()) / 1_000_000) {
                        wait(left);
                    }
                    if (this.closing) {
                        return;
                    }
                    held = List.copyOf(this.leases.keySet());
                }
                held.forEach(this::extend);
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void extend(String lease) {
        try {
            this.triggers.extendLease(LeaseExtension.of(lease, seconds()));
        }
        catch (TriggersException ex) {
            boolean still;
            synchronized (this) {
                still = this.leases.containsKey(lease);
            }
            if (still) {
                // Whoever gets it now may handle an event beside this one.
                this.options.onError().accept(ex);
            }
        }
    }

    /** An item of a listing, as one that is leased. */
    private record InboxItemMembers(String id, LeasedItem item) {

        @SuppressWarnings("unchecked")
        static List<InboxItemMembers> of(Map<String, Object> page) {
            List<InboxItemMembers> items = new ArrayList<>();
            for (Object event : (List<Object>) page.get("events")) {
                LeasedItem item = LeasedItem.from((Map<String, Object>) event);
                items.add(new InboxItemMembers(item.id(), item));
            }
            return items;
        }

    }

}
