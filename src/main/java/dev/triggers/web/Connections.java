package dev.triggers.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The connections of clients. There may be only so many, and each is kept for further
 * requests: the pools of a few clients could keep all others out for as long as they
 * please. So when hardly any is left, connections are closed with the answer, and whoever
 * waits for one has a turn.
 */
@Component
final class Connections {

    private volatile @Nullable AbstractProtocol<?> protocol;

    Connections(MeterRegistry meters) {
        Gauge.builder("http.server.connections", this, Connections::count)
            .description("Connections of clients")
            .register(meters);
    }

    void watch(AbstractProtocol<?> protocol) {
        this.protocol = protocol;
    }

    /**
     * Whether those that there are keep others out.
     */
    boolean areUsedUp() {
        AbstractProtocol<?> watched = this.protocol;
        return watched != null && watched.getConnectionCount() >= watched.getMaxConnections();
    }

    /**
     * Whether the server ends, and takes no more requests.
     */
    boolean areEnding() {
        AbstractProtocol<?> watched = this.protocol;
        return watched != null && watched.isPaused();
    }

    private long count() {
        AbstractProtocol<?> watched = this.protocol;
        return (watched != null) ? watched.getConnectionCount() : 0;
    }

}
