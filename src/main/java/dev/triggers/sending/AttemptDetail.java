package dev.triggers.sending;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an attempt went through, kept where it helps to find out why it failed or took
 * long. A phase is null that the attempt did not come to, or did without.
 *
 * @param dnsMs looking the host up
 * @param connectMs connecting to it
 * @param tlsMs the TLS handshake
 * @param firstByteMs from the request's first byte to the end of the answer's head
 * @param kept whether the connection was kept from an earlier request
 * @param address what was connected to
 * @param headers the beginning of the answer's headers
 * @param waitMs how long the delivery waits after this attempt; null if it does not
 */
@JsonInclude(Include.NON_NULL)
public record AttemptDetail(@JsonProperty("d") @Nullable Integer dnsMs, @JsonProperty("c") @Nullable Integer connectMs,
        @JsonProperty("t") @Nullable Integer tlsMs, @JsonProperty("f") @Nullable Integer firstByteMs,
        @JsonProperty("k") boolean kept, @JsonProperty("a") @Nullable String address,
        @JsonProperty("h") @Nullable List<HeaderLine> headers, @JsonProperty("w") @Nullable Long waitMs) {

    private static final JsonMapper json = new JsonMapper();

    /** The same with how long the delivery waits now. */
    public AttemptDetail waiting(long millis) {
        return new AttemptDetail(this.dnsMs, this.connectMs, this.tlsMs, this.firstByteMs, this.kept, this.address,
                this.headers, millis);
    }

    /** How long the parts took that there were, in milliseconds. */
    Map<String, Integer> phases() {
        Map<String, Integer> phases = new LinkedHashMap<>();
        put(phases, "dns", this.dnsMs);
        put(phases, "connect", this.connectMs);
        put(phases, "tls", this.tlsMs);
        put(phases, "first_byte", this.firstByteMs);
        return phases;
    }

    private static void put(Map<String, Integer> phases, String name, @Nullable Integer millis) {
        if (millis != null) {
            phases.put(name, millis);
        }
    }

    /** As it is stored. */
    public byte[] bytes() {
        return json.writeValueAsBytes(this);
    }

    /**
     * Reads what was stored; null stays null.
     */
    public static @Nullable AttemptDetail of(byte @Nullable [] stored) {
        try {
            return (stored != null) ? json.readValue(stored, AttemptDetail.class) : null;
        }
        catch (JacksonException ex) {
            // Of another version of the service
            return null;
        }
    }

}
