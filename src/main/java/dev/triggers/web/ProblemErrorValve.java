package dev.triggers.web;

import java.io.IOException;
import java.time.Duration;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers with a problem where the server itself refuses a request, before any filter
 * sees it.
 */
final class ProblemErrorValve extends ErrorReportValve {

    private static final Logger logger = LoggerFactory.getLogger(ProblemErrorValve.class);

    /** The server tells oversized headers from other bad requests by this text alone. */
    private static final String HEADERS_TOO_LARGE = StringManager.getManager(Http11InputBuffer.class)
        .getString("iib.requestheadertoolarge.error");

    private static final String TOO_MANY_HEADERS = StringManager.getManager(MimeHeaders.class)
        .getString("headers.maxCountFail", ServerCustomizer.MOST_HEADERS);

    private final ProblemWriter writer;

    private final Connections connections;

    ProblemErrorValve(ProblemWriter writer, Connections connections) {
        this.writer = writer;
        this.connections = connections;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        boolean unseen = response.getHeader(RequestFilter.REQUEST_ID) == null;
        if (unseen) {
            response.setHeader(RequestFilter.REQUEST_ID, RequestFilter.id(request.getHeader(RequestFilter.REQUEST_ID)));
        }
        if (status >= 500 && thrown != null) {
            logger.error("A request failed", thrown);
        }
        try {
            this.writer.write(request, response, (unseen && this.connections.areEnding()) ? ending()
                    : ProblemHandler.ofStatus(isTooLarge(thrown) ? 431 : status));
            response.finishResponse();
        }
        catch (IOException | IllegalStateException ex) {
            logger.debug("The client went away", ex);
        }
    }

    /**
     * A server that ends reads no headers any more, and takes a request for a bad one
     * since it finds none: its client would not try again.
     */
    private static ProblemException ending() {
        return ProblemException.unavailable("The service is shutting down", Duration.ofSeconds(1));
    }

    private static boolean isTooLarge(@Nullable Throwable thrown) {
        return thrown != null
                && (HEADERS_TOO_LARGE.equals(thrown.getMessage()) || TOO_MANY_HEADERS.equals(thrown.getMessage()));
    }

}
