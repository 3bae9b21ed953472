package dev.triggers.delivery;

import java.util.UUID;

import dev.triggers.database.Instances;
import dev.triggers.delivery.AbandonedRepository.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Gives back what instances had leased that have ended: it is due at once, for whoever is
 * there, and an attempt that ended with its instance counts as none. A statement that an
 * instance had sent before it ended may still lease something, so each is looked at again
 * for two seconds, and only then is its number free.
 */
@Component
class AbandonedLeases {

    private static final Logger logger = LoggerFactory.getLogger(AbandonedLeases.class);

    private static final UUID START = new UUID(0, 0);

    private final Instances instances;

    private final AbandonedRepository leases;

    private final DeliveryProperties properties;

    AbandonedLeases(Instances instances, AbandonedRepository leases, DeliveryProperties properties, WorkSignal signal) {
        this.instances = instances;
        this.leases = leases;
        this.properties = properties;
        instances.onEnded(signal::wake);
    }

    void giveBack() {
        for (int number : this.instances.takeEnded()) {
            int freed = giveBackAll((short) number);
            if (freed > 0) {
                logger.info("{} deliveries of instance {}, which has ended, are free", freed, number);
            }
            else {
                this.instances.forget(number);
            }
        }
    }

    private int giveBackAll(short number) {
        int freed = 0;
        @Nullable UUID after = START;
        while (after != null) {
            Step step = this.leases.giveBack(number, after, this.properties.lease());
            freed += step.freed();
            after = step.next();
        }
        return freed;
    }

}
