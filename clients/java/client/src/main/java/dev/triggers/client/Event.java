package dev.triggers.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event to post.
 *
 * @param type of the event
 * @param payload what {@link Json#write} takes
 * @param dedupId under which it is stored once; null: one is made, if {@code dedup}
 * @param dedup false leaves the dedup id out: then nothing is repeated that may have been stored
 * @param deliverAt not before then; may be null
 */
public record Event(String type, Object payload, String dedupId, boolean dedup, Instant deliverAt) {

    /** With a dedup id that the library makes. */
    public static Event of(String type, Object payload) {
        return new Event(type, payload, null, true, null);
    }

    /** With a dedup id of yours. */
    public Event withDedupId(String id) {
        return new Event(this.type, this.payload, id, true, this.deliverAt);
    }

    /** With a dedup id, or without any. */
    public Event withDedup(boolean wanted) {
        return new Event(this.type, this.payload, wanted ? this.dedupId : null, wanted, this.deliverAt);
    }

    /** Not before then. */
    public Event withDeliverAt(Instant time) {
        return new Event(this.type, this.payload, this.dedupId, this.dedup, time);
    }

    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", this.type);
        members.put("payload", this.payload);
        if (this.dedupId != null) {
            members.put("dedup_id", this.dedupId);
        }
        if (this.deliverAt != null) {
            members.put("deliver_at", this.deliverAt);
        }
        return members;
    }

}
