package dev.triggers.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.triggers.event.AcceptedListener;
import dev.triggers.event.NewEvent;
import dev.triggers.time.UuidV7;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Counts the types of accepted events in memory and writes the counts down together, so
 * that no event costs a write for it. A process that is killed loses the counts of its
 * last five seconds.
 */
@Component
class TypeCounts implements AcceptedListener {

    private static final Logger logger = LoggerFactory.getLogger(TypeCounts.class);

    /** Types that are counted at once; somebody may make up one an event. */
    static final int MOST = 10_000;

    private static final int WRITTEN_AT_ONCE = 1_000;

    private final TypeRepository types;

    private final Counter uncounted;

    private final AtomicBoolean writing = new AtomicBoolean();

    private Map<Key, TypeCount> counts = new HashMap<>();

    TypeCounts(TypeRepository types, MeterRegistry registry) {
        this.types = types;
        this.uncounted = Counter.builder("triggers.catalogue.uncounted")
            .description("Events whose types were not counted, since there were too many types or no database")
            .register(registry);
    }

    @Override
    public synchronized void accepted(List<NewEvent> events) {
        for (NewEvent event : events) {
            Instant at = UuidV7.instant(event.id());
            LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
            add(new TypeCount(event.organizationId(), event.type(), day, 1, at, at));
        }
    }

    private void add(TypeCount count) {
        Key key = new Key(count.organizationId(), count.type(), count.day());
        if (this.counts.size() < MOST || this.counts.containsKey(key)) {
            this.counts.merge(key, count, TypeCount::plus);
        }
        else {
            this.uncounted.increment((double) count.events());
        }
    }

    @PreDestroy
    @Scheduled(initialDelayString = "PT5S", fixedRateString = "PT5S")
    void write() {
        if (!this.writing.compareAndSet(false, true)) {
            return;
        }
        try {
            List<TypeCount> taken = take();
            for (int from = 0; from < taken.size(); from += WRITTEN_AT_ONCE) {
                write(taken.subList(from, Math.min(taken.size(), from + WRITTEN_AT_ONCE)));
            }
        }
        finally {
            this.writing.set(false);
        }
    }

    private void write(List<TypeCount> counts) {
        try {
            this.types.add(counts);
        }
        catch (DataAccessException ex) {
            logger.debug("The counts of {} types are written later: {}", counts.size(), ex.getMessage());
            giveBack(counts);
        }
    }

    private synchronized List<TypeCount> take() {
        List<TypeCount> taken = new ArrayList<>(this.counts.values());
        this.counts = new HashMap<>();
        return taken;
    }

    private synchronized void giveBack(List<TypeCount> counts) {
        counts.forEach(this::add);
    }

    @Scheduled(initialDelayString = "PT1M", fixedRateString = "PT1H")
    void forgetOld() {
        try {
            this.types.removeOld();
        }
        catch (DataAccessException ex) {
            logger.debug("Old counts of types are removed later: {}", ex.getMessage());
        }
    }

    private record Key(UUID organizationId, String type, LocalDate day) {

    }

}
