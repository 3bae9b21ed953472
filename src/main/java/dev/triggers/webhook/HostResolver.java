package dev.triggers.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Looks up names on threads of its own. The system's look-up is native code, which would
 * hold a carrier of virtual threads for as long as a name server is silent: as many names
 * as there are processors would stop the whole service. Callers asking for the same name
 * share one look-up.
 */
final class HostResolver {

    private static final int THREADS = 32;

    private static final int WAITING = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Executor lookups = lookupThreads();

    private final AsyncCache<String, InetAddress[]> recent = Caffeine.newBuilder()
        .maximumSize(1_000)
        .expireAfterWrite(Duration.ofSeconds(5))
        .executor(lookups)
        .buildAsync();

    InetAddress[] resolve(String host) throws UnknownHostException {
        try {
            InetAddress[] addresses = this.recent.get(host, HostResolver::lookUp)
                .get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (addresses.length == 0) {
                throw unknown(host, "does not resolve");
            }
            return addresses;
        }
        catch (ExecutionException | TimeoutException | RejectedExecutionException ex) {
            throw unknown(host, "did not resolve in time");
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw unknown(host, "did not resolve in time");
        }
    }

    /** No address at all stands for a name that does not resolve. */
    private static InetAddress[] lookUp(String host) {
        try {
            return InetAddress.getAllByName(host);
        }
        catch (UnknownHostException ex) {
            return new InetAddress[0];
        }
    }

    private static UnknownHostException unknown(String host, String what) {
        return new UnknownHostException(host + " " + what);
    }

    private static Executor lookupThreads() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING), Thread.ofPlatform().daemon().name("lookup-", 0).factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

}
