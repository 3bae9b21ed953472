package dev.triggers.ratelimit;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.distributed.BucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.ExpiredEntriesCleaner;
import io.github.bucket4j.distributed.proxy.optimization.DelayParameters;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;

/**
 * The buckets in the database that all instances share.
 */
@Repository
class BucketRepository {

    private static final Logger logger = LoggerFactory.getLogger(BucketRepository.class);

    private static final Duration KEPT = Duration.ofMinutes(2);

    private static final Duration UNSYNCHRONIZED = Duration.ofSeconds(10);

    private static final int CLEANED_AT_ONCE = 1_000;

    private final PostgreSQLSelectForUpdateBasedProxyManager<UUID> proxies;

    BucketRepository(DataSource dataSource) {
        this.proxies = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(dataSource)
            .table("rate_limit_buckets")
            .<UUID>primaryKeyMapper((statement, index, id) -> statement.setObject(index, id))
            .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
            .build();
    }

    /**
     * The organization's bucket. Each instance may take a small part of the limit before
     * it tells the others; that alone bounds by how much several together can exceed it,
     * so the time after which it tells them anyway can be long. A bucket keeps the limit
     * that it was made with: another limit is another bucket.
     */
    BucketProxy bucket(UUID organizationId, int limit) {
        DelayParameters delay = new DelayParameters(unsynchronized(limit), UNSYNCHRONIZED);
        return this.proxies.builder()
            .withOptimization(Optimizations.delaying(delay))
            .build(id(organizationId, limit), () -> configuration(limit));
    }

    /**
     * Makes the bucket, full, if there is none.
     */
    void make(UUID organizationId, int limit) {
        this.proxies.builder().build(id(organizationId, limit), () -> configuration(limit)).getAvailableTokens();
    }

    /** What an instance may take before it tells the others. */
    static int unsynchronized(int limit) {
        return Math.max(2, limit / 250);
    }

    private static UUID id(UUID organizationId, int limit) {
        return new UUID(organizationId.getMostSignificantBits(), organizationId.getLeastSignificantBits() ^ limit);
    }

    private static BucketConfiguration configuration(int limit) {
        return BucketConfiguration.builder()
            .addLimit(Bandwidth.builder().capacity(limit).refillGreedy(limit, Duration.ofMinutes(1)).build())
            .build();
    }

    @Scheduled(fixedDelay = 1, initialDelay = 1, timeUnit = TimeUnit.MINUTES)
    void clean() {
        try {
            int cleaned;
            do {
                cleaned = ((ExpiredEntriesCleaner) this.proxies).removeExpired(CLEANED_AT_ONCE);
            }
            while (cleaned == CLEANED_AT_ONCE);
        }
        catch (RuntimeException ex) {
            logger.warn("Full buckets were not removed: {}", ex.toString());
        }
    }

}
