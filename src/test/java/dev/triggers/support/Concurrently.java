package dev.triggers.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Many clients that do something at the same time.
 */
public final class Concurrently {

    private Concurrently() {
    }

    /**
     * Has each client make its call, none before all are there.
     * @param call what a client does, given its number from 0
     * @return what each of them got
     */
    public static <T> List<T> call(int clients, IntFunction<T> call) {
        CountDownLatch arrivals = new CountDownLatch(clients);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> calls = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int client = i;
                calls.add(threads.submit(() -> {
                    arrivals.countDown();
                    arrivals.await();
                    return call.apply(client);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> made : calls) {
                results.add(made.get());
            }
            return results;
        }
        catch (ExecutionException ex) {
            throw new AssertionError(ex.getCause());
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

}
