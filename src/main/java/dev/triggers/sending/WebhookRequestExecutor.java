package dev.triggers.sending;

import java.io.IOException;
import java.io.InterruptedIOException;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Sends requests, and tells what the client itself does not. One is that a connection
 * that was kept from an earlier request turns out to be closed: a receiver may close it
 * at any time, also just when the next request sets out, and that one has to go over a
 * connection of its own. The other is an answer that leaves HTTP behind.
 */
class WebhookRequestExecutor extends HttpRequestExecutor {

    /** A mark of all connections that are kept. */
    private static final String KEPT = "kept";

    /** A mark that none of them has. */
    private static final String NEW = "new";

    /**
     * For a request that takes a kept connection if there is one.
     */
    static HttpClientContext anyConnection() {
        return contextOf(KEPT);
    }

    /**
     * For a request that gets a new connection in any case.
     */
    static HttpClientContext newConnection() {
        return contextOf(NEW);
    }

    private static HttpClientContext contextOf(String mark) {
        HttpClientContext context = HttpClientContext.create();
        context.setUserToken(mark);
        return context;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection,
            HttpResponseInformationCallback informed, HttpContext context) throws IOException, HttpException {
        // What becomes of a new one
        HttpClientContext.cast(context).setUserToken(KEPT);
        EndpointDetails details = connection.getEndpointDetails();
        boolean kept = details.getResponseCount() > 0;
        long received = details.getReceivedBytesCount();
        Milestones milestones = Milestones.of(context);
        milestones.sending(connection, kept);
        try {
            ClassicHttpResponse response = super.execute(request, connection, WebhookRequestExecutor::requireHttp,
                    context);
            milestones.answered();
            return response;
        }
        catch (InterruptedIOException ex) {
            // Silence is no close
            throw ex;
        }
        catch (IOException ex) {
            if (kept && details.getReceivedBytesCount() == received) {
                throw new ClosedException(ex);
            }
            throw ex;
        }
    }

    private static void requireHttp(HttpResponse interim, HttpConnection connection, HttpContext context)
            throws SwitchedException {
        if (interim.getCode() == HttpStatus.SC_SWITCHING_PROTOCOLS) {
            throw new SwitchedException();
        }
    }

    /**
     * The receiver answered 101: nothing that follows is an answer.
     */
    static final class SwitchedException extends HttpException {

        private static final long serialVersionUID = 1L;

    }

    /**
     * A kept connection was closed before any byte of an answer came.
     */
    static final class ClosedException extends IOException {

        private static final long serialVersionUID = 1L;

        private ClosedException(IOException cause) {
            super(cause);
        }

    }

}
