package dev.triggers.repair;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.EventTypes;
import org.jspecify.annotations.Nullable;

/**
 * Which deliveries are replayed.
 *
 * @param endpointId those to an endpoint; null: to any
 * @param type those of events of a type, or of a prefix of it; null: of any
 * @param outcome what had become of them
 * @param visible those of events of the types that its key is held to
 * @param errorCode what the last attempt failed with; null: anything
 * @param since events accepted before are left alone
 * @param until so are those accepted then or later
 */
record ReplayFilter(@Nullable UUID endpointId, @Nullable String type, EventTypes visible, ReplayOutcome outcome,
        @Nullable String errorCode, Instant since, Instant until) {

    @Nullable TypeFilter types() {
        return TypeFilter.parse(this.type, this.visible);
    }

}
