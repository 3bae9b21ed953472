package dev.triggers.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Something that a search asks of an event.
 */
sealed interface Term {

    /**
     * Asked of the event itself.
     */
    sealed interface OfEvent extends Term {

        boolean holds(String type, @Nullable String dedupId, UUID id);

    }

    /**
     * Asked of its deliveries.
     */
    sealed interface OfDeliveries extends Term {

        boolean holds(Facts facts);

    }

    /**
     * Asked of its payload.
     */
    sealed interface OfPayload extends Term {

        /** Texts that a payload contains, unless it spells them with escapes. */
        List<String> needles();

    }

    /**
     * Its type.
     *
     * @param filter which types; null: every one
     */
    record Type(@Nullable TypeFilter filter) implements OfEvent {

        @Override
        public boolean holds(String type, @Nullable String dedupId, UUID id) {
            return this.filter == null || this.filter.matches(type);
        }

    }

    /**
     * What it was posted with.
     *
     * @param dedupId its deduplication id
     */
    record Dedup(String dedupId) implements OfEvent {

        @Override
        public boolean holds(String type, @Nullable String ofEvent, UUID id) {
            return this.dedupId.equals(ofEvent);
        }

    }

    /**
     * Which one it is.
     *
     * @param id its identifier
     */
    record Id(UUID id) implements OfEvent {

        @Override
        public boolean holds(String type, @Nullable String dedupId, UUID ofEvent) {
            return this.id.equals(ofEvent);
        }

    }

    /**
     * How far it has come.
     *
     * @param status pending, retrying, delivered or failed
     */
    record Status(String status) implements OfDeliveries {

        @Override
        public boolean holds(Facts facts) {
            return this.status.equals("retrying") ? facts.status().equals("pending") && facts.attempts() > 0
                    : this.status.equals(facts.status());
        }

    }

    /**
     * Where it went, or is to go.
     *
     * @param endpointId an endpoint
     */
    record Endpoint(UUID endpointId) implements OfDeliveries {

        @Override
        public boolean holds(Facts facts) {
            return facts.endpoints().contains(this.endpointId);
        }

    }

    /**
     * What any attempt was answered.
     *
     * @param lowest the lowest status
     * @param highest the highest
     */
    record Code(int lowest, int highest) implements OfDeliveries {

        @Override
        public boolean holds(Facts facts) {
            return facts.statuses().stream().anyMatch((status) -> status >= this.lowest && status <= this.highest);
        }

    }

    /**
     * What any attempt failed with.
     *
     * @param code the error's code
     */
    record ErrorCode(String code) implements OfDeliveries {

        @Override
        public boolean holds(Facts facts) {
            return facts.errorCodes().contains(this.code);
        }

    }

    /**
     * How many attempts there were at one endpoint, the most.
     *
     * @param lowest at least
     * @param highest at most
     */
    record Attempts(int lowest, int highest) implements OfDeliveries {

        @Override
        public boolean holds(Facts facts) {
            return facts.attempts() >= this.lowest && facts.attempts() <= this.highest;
        }

    }

    /**
     * A value somewhere in the payload.
     *
     * @param path names of members; null stands for any element of an array
     * @param value what it is
     */
    record Member(List<@Nullable String> path, Value value) implements OfPayload {

        @Override
        public List<String> needles() {
            List<String> needles = new ArrayList<>();
            for (String name : this.path) {
                if (name != null) {
                    needles.add('"' + name + '"');
                }
            }
            if (this.value.isText()) {
                needles.add('"' + this.value.text() + '"');
            }
            return needles;
        }

    }

    /**
     * A text in any name, string, number or other value of the payload.
     *
     * @param text the text
     */
    record Word(String text) implements OfPayload {

        @Override
        public List<String> needles() {
            return List.of(this.text);
        }

    }

    /**
     * A value to compare with.
     *
     * @param text as it was given
     * @param number the number that it may stand for too
     * @param quoted whether it stands for a string alone
     */
    record Value(String text, @Nullable JsonNumber number, boolean quoted) {

        private static final Set<String> LITERALS = Set.of("true", "false", "null");

        static Value of(String text, boolean quoted) {
            return new Value(text, quoted ? null : JsonNumber.of(text), quoted);
        }

        boolean isText() {
            return this.quoted || (this.number == null && !LITERALS.contains(this.text));
        }

        boolean equalsString(String value) {
            return this.text.equals(value);
        }

        boolean equalsNumber(String value) {
            return this.number != null && this.number.equals(JsonNumber.of(value));
        }

        boolean equalsLiteral(String value) {
            return !this.quoted && this.text.equals(value);
        }

    }

}
