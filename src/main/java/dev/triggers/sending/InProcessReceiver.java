package dev.triggers.sending;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A receiver that is part of the service: what is sent there is handed over in memory.
 * There is no connection, so no address that would have to be allowed.
 */
public interface InProcessReceiver {

    /**
     * Whether a URL leads to it.
     */
    boolean receives(URI url);

    /**
     * Takes a request, and returns within the time that it is given.
     * @param url where to
     * @param headers as they would be sent
     * @param body as it would be sent
     * @param longest after so long there is no answer any more
     */
    Reply receive(URI url, List<HeaderLine> headers, byte[] body, Duration longest);

    /**
     * What came of it.
     *
     * @param status the answer's status; null: no answer within the time
     * @param retryAfter how long it asks to be left alone
     * @param body the answer's body
     */
    record Reply(@Nullable Integer status, @Nullable Duration retryAfter, String body) {

        /** No answer at all. */
        public static final Reply SILENCE = new Reply(null, null, "");

    }

}
