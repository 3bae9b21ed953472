package dev.triggers.delivery;

import java.io.IOException;
import java.io.InterruptedIOException;

import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Tells when a connection that was kept from an earlier request turns out to be closed. A
 * receiver may close it at any time, also just when the next request sets out; that
 * request says nothing of the receiver, and has to go over a connection of its own.
 */
class KeptConnections extends HttpRequestExecutor {

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
        HttpClientContext.cast(context).setUserToken(KEPT); // what becomes of a new one
        EndpointDetails details = connection.getEndpointDetails();
        boolean kept = details.getResponseCount() > 0;
        long received = details.getReceivedBytesCount();
        try {
            return super.execute(request, connection, informed, context);
        }
        catch (InterruptedIOException ex) {
            throw ex; // silence is no close
        }
        catch (IOException ex) {
            if (kept && details.getReceivedBytesCount() == received) {
                throw new ClosedException(ex);
            }
            throw ex;
        }
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
