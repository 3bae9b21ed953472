package dev.triggers.sending;

import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;

/**
 * The length that an answer's head announces; a head that announces nonsense is still a
 * head, and its body goes on until the connection ends.
 */
class ForgivingContentLength implements ContentLengthStrategy {

    @Override
    public long determineLength(HttpMessage message) {
        try {
            return DefaultContentLengthStrategy.INSTANCE.determineLength(message);
        }
        catch (HttpException ex) {
            return ContentLengthStrategy.UNDEFINED;
        }
    }

}
