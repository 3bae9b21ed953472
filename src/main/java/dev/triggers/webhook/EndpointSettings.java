package dev.triggers.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What the owner of an endpoint may set.
 *
 * @param url where it is
 * @param description a note of its owner
 * @param eventTypes the filters; empty: all
 * @param headers sent with every delivery
 * @param enabled whether deliveries are sent, not only collected
 * @param operations whether it takes operational events, and only these
 * @param ordered whether its deliveries are sent one after the other, in order
 * @param rateLimitPerSecond the most deliveries in a second
 * @param retrySchedule the waits between attempts; null: the service's
 */
record EndpointSettings(CallbackUrl url, @Nullable String description, List<String> eventTypes,
        Map<String, String> headers, boolean enabled, boolean operations, boolean ordered,
        @Nullable Integer rateLimitPerSecond, @Nullable List<Duration> retrySchedule) {

    static EndpointSettings of(CallbackUrl url) {
        return new EndpointSettings(url, null, List.of(), Map.of(), true, false, false, null, null);
    }

    static EndpointSettings of(Endpoint endpoint) {
        return new EndpointSettings(endpoint.url(), endpoint.description(), endpoint.eventTypes(), endpoint.headers(),
                endpoint.enabled(), endpoint.operations(), endpoint.ordered(), endpoint.rateLimitPerSecond(),
                endpoint.retrySchedule());
    }

    /** The same, enabled, at another URL; of another origin, without its headers. */
    EndpointSettings enabledAt(CallbackUrl other) {
        return new EndpointSettings(other, this.description, this.eventTypes,
                other.hasOriginOf(this.url) ? this.headers : Map.of(), true, this.operations, this.ordered,
                this.rateLimitPerSecond, this.retrySchedule);
    }

    EndpointSettings withoutHeaders() {
        return new EndpointSettings(this.url, this.description, this.eventTypes, Map.of(), this.enabled,
                this.operations, this.ordered, this.rateLimitPerSecond, this.retrySchedule);
    }

    @Override
    public String toString() {
        return "EndpointSettings[url=" + this.url + ", headers=" + this.headers.keySet() + "]";
    }

}
