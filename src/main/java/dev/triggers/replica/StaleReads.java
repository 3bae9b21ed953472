package dev.triggers.replica;

import java.time.Duration;
import java.util.Locale;

import dev.triggers.database.ReadRoute;
import dev.triggers.database.ReplicaBehindException;
import dev.triggers.key.Caller;
import dev.triggers.replica.ReplicaMetrics.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Answers from the replica what may be a little old. Where there is none, where it is too
 * old, fails, or does not know of what is asked for, the primary is asked: so it is
 * faster or not there, but never in the way.
 */
@Component
public class StaleReads {

    /**
     * How many milliseconds old an answer is at the most; not there: it is the latest.
     */
    public static final String HEADER = "X-Staleness-Ms";

    private final ReplicaWatch watch;

    private final ReplicaRepository servers;

    private final ReplicaMetrics metrics;

    StaleReads(ReplicaWatch watch, ReplicaRepository servers, ReplicaMetrics metrics) {
        this.watch = watch;
        this.servers = servers;
        this.metrics = metrics;
    }

    /**
     * Reads, and tells in a header how old that is, if it is. A request with
     * {@code Cache-Control: no-cache}
     * (<a href="https://www.rfc-editor.org/rfc/rfc9111#section-5.2.1.4">RFC 9111</a>) is
     * answered with the latest.
     * @param caller whose organization is read; one that moves or has just come is not
     * @param reading what stores nothing, and can be done again
     */
    public <T> T answer(Caller caller, HttpServletRequest request, HttpServletResponse response, Reading<T> reading)
            throws InterruptedException {
        if (!this.watch.isConfigured() || asksForTheLatest(request)) {
            return reading.read();
        }
        Duration staleness = this.watch.usable();
        if (staleness == null) {
            this.metrics.count(Outcome.STALE);
            return reading.read();
        }
        try {
            T answer = ReadRoute.<T, InterruptedException>toReplica(this.watch.logHorizon(), () -> {
                if (!this.servers.hasOrganization(caller.organizationId())) {
                    throw new ReplicaBehindException();
                }
                return reading.read();
            });
            this.watch.trust();
            response.setHeader(HEADER, Long.toString(staleness.toMillis() + 1));
            this.metrics.count(Outcome.ANSWERED);
            return answer;
        }
        catch (ReplicaBehindException ex) {
            this.metrics.count(Outcome.BEHIND);
        }
        catch (DataAccessException | TransactionException ex) {
            this.watch.doubt();
            this.metrics.count(Outcome.FAILED);
        }
        return reading.read();
    }

    private static boolean asksForTheLatest(HttpServletRequest request) {
        String control = request.getHeader("Cache-Control");
        return control != null && control.toLowerCase(Locale.ROOT).contains("no-cache");
    }

    /**
     * Reads from the database.
     *
     * @param <T> what is read
     */
    @FunctionalInterface
    public interface Reading<T> {

        T read() throws InterruptedException;

    }

}
