package dev.triggers.webhook;

import java.util.List;

import dev.triggers.key.Caller;
import dev.triggers.key.EventTypes;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;

/**
 * What a key that is held to types or endpoints may do with endpoints: a key has those
 * that it is held to, as far as they take no other types than it is held to. Any other is
 * absent for it.
 */
final class EndpointAccess {

    private EndpointAccess() {
    }

    static boolean isOwn(Caller caller, Endpoint endpoint) {
        return caller.endpoints().include(endpoint.id())
                && isWithin(caller, endpoint.eventTypes(), endpoint.operations());
    }

    private static boolean isWithin(Caller caller, List<String> eventTypes, boolean operations) {
        if (caller.types().isEvery()) {
            return true;
        }
        return !operations && caller.types().cover(EventTypes.of(eventTypes.isEmpty() ? null : eventTypes));
    }

    /**
     * @throws ProblemException 403 if the key must not make an endpoint
     */
    static void requireMaking(Caller caller, EndpointSettings settings) {
        if (!caller.endpoints().isEvery()) {
            throw ProblemException.of(ProblemKind.INSUFFICIENT_SCOPE, "A key that is held to endpoints makes no other");
        }
        requireTypes(caller, settings);
    }

    /**
     * @throws ProblemException 403 if the endpoint would take what the key may not see
     */
    static void requireTypes(Caller caller, EndpointSettings settings) {
        if (!isWithin(caller, settings.eventTypes(), settings.operations())) {
            throw ProblemException.of(ProblemKind.INSUFFICIENT_SCOPE,
                    "event_types: must lie within the types that the key is held to");
        }
    }

}
