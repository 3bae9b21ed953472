package dev.triggers.client;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Set;

/**
 * Settings of a client.
 *
 * @param totalTime of one call with all its repeats and waits, and of one part of a batch: 30 s
 * @param attemptTime of one exchange: 10 s
 * @param maxAnswerBytes of an answer's body: 16 MiB
 * @param firstWait of the backoff: 250 ms
 * @param longestWait of the backoff: 8 s
 * @param hosts that a 421 may lead to beside those of the same registrable domain
 * @param maxBatchEvents of one request: 1,000
 * @param maxBatchBytes of one request: 8 MiB
 * @param http the client to use, for a proxy or certificates of your own; null: one of its own
 * @param adminToken the operator's, for what is the operator's; it is sent with nothing else; null: none
 */
public record Options(Duration totalTime, Duration attemptTime, int maxAnswerBytes, Duration firstWait, Duration longestWait, Set<String> hosts,
        int maxBatchEvents, int maxBatchBytes, HttpClient http, String adminToken) {

    /** Checked once. */
    public Options {
        hosts = Set.copyOf(hosts);
        if (totalTime.isNegative() || attemptTime.isNegative() || attemptTime.isZero() || maxAnswerBytes < 1 || firstWait.isNegative()
                || longestWait.isNegative() || maxBatchEvents < 1 || maxBatchBytes < 1) {
            throw new IllegalArgumentException("times are not negative, bounds at least 1");
        }
        Calls.requireSecret(adminToken, "admin token");
    }

    /** What holds where nothing is said. */
    public static Options defaults() {
        return new Options(Duration.ofSeconds(30), Duration.ofSeconds(10), 16_777_216, Duration.ofMillis(250), Duration.ofSeconds(8), Set.of(),
                1_000, 8_388_608, null, null);
    }

    /** With another total time. */
    public Options withTotalTime(Duration time) {
        return new Options(time, this.attemptTime, this.maxAnswerBytes, this.firstWait, this.longestWait, this.hosts, this.maxBatchEvents,
                this.maxBatchBytes, this.http, this.adminToken);
    }

    /** With another time of one exchange. */
    public Options withAttemptTime(Duration time) {
        return new Options(this.totalTime, time, this.maxAnswerBytes, this.firstWait, this.longestWait, this.hosts, this.maxBatchEvents,
                this.maxBatchBytes, this.http, this.adminToken);
    }

    /** With another bound of answers. */
    public Options withMaxAnswerBytes(int bytes) {
        return new Options(this.totalTime, this.attemptTime, bytes, this.firstWait, this.longestWait, this.hosts, this.maxBatchEvents,
                this.maxBatchBytes, this.http, this.adminToken);
    }

    /** With another backoff. */
    public Options withWaits(Duration first, Duration longest) {
        return new Options(this.totalTime, this.attemptTime, this.maxAnswerBytes, first, longest, this.hosts, this.maxBatchEvents,
                this.maxBatchBytes, this.http, this.adminToken);
    }

    /** With further hosts that a 421 may lead to. */
    public Options withHosts(Set<String> names) {
        return new Options(this.totalTime, this.attemptTime, this.maxAnswerBytes, this.firstWait, this.longestWait, names, this.maxBatchEvents,
                this.maxBatchBytes, this.http, this.adminToken);
    }

    /** With other bounds of one request of a batch. */
    public Options withBatches(int events, int bytes) {
        return new Options(this.totalTime, this.attemptTime, this.maxAnswerBytes, this.firstWait, this.longestWait, this.hosts, events, bytes,
                this.http, this.adminToken);
    }

    /** With a client of yours. */
    public Options withHttp(HttpClient client) {
        return new Options(this.totalTime, this.attemptTime, this.maxAnswerBytes, this.firstWait, this.longestWait, this.hosts,
                this.maxBatchEvents, this.maxBatchBytes, client, this.adminToken);
    }

    /** With the operator's token. */
    public Options withAdminToken(String token) {
        return new Options(this.totalTime, this.attemptTime, this.maxAnswerBytes, this.firstWait, this.longestWait, this.hosts,
                this.maxBatchEvents, this.maxBatchBytes, this.http, token);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "Options[totalTime=" + this.totalTime + ", attemptTime=" + this.attemptTime + ", maxAnswerBytes=" + this.maxAnswerBytes
                + ", firstWait=" + this.firstWait + ", longestWait=" + this.longestWait + ", hosts=" + this.hosts + ", maxBatchEvents="
                + this.maxBatchEvents + ", maxBatchBytes=" + this.maxBatchBytes + "]";
    }

}
