package dev.triggers.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Access;
import org.jspecify.annotations.Nullable;

/**
 * What of everything a stream shows. A condition narrows the kinds that have what it asks
 * for, and lets the others through, which {@code kinds} leaves out.
 *
 * @param kinds the kinds
 * @param type the types of events; null: all
 * @param endpointId an endpoint; null: all
 * @param payloads whether payloads are shown
 * @param access what the key may see, whatever was asked for
 */
record StreamFilter(Set<StreamKind> kinds, @Nullable TypeFilter type, @Nullable UUID endpointId, boolean payloads,
        Access access) {

    boolean showsEvents() {
        return this.kinds.contains(StreamKind.EVENT_ACCEPTED);
    }

    /**
     * Whether it shows a thing.
     * @param eventType the type of its event, if it has one
     * @param endpoint its endpoint, if it has one
     */
    boolean shows(StreamKind kind, @Nullable String eventType, @Nullable UUID endpoint) {
        return this.kinds.contains(kind) && showsType(eventType) && showsEndpoint(endpoint);
    }

    private boolean showsEndpoint(@Nullable UUID endpoint) {
        return endpoint == null || ((this.endpointId == null || this.endpointId.equals(endpoint))
                && this.access.endpoints().include(endpoint));
    }

    private boolean showsType(@Nullable String eventType) {
        if (eventType == null) {
            return true;
        }
        return this.access.types().include(eventType) && isAskedFor(eventType);
    }

    private boolean isAskedFor(String eventType) {
        if (this.type == null) {
            return true;
        }
        return compare(this.type.low(), eventType) <= 0 && compare(eventType, this.type.high()) < 0;
    }

    /** In the order of code points, as the database compares. */
    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

}
