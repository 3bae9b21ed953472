package dev.triggers.cell;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.triggers.cell.ForwardedAnswer.BrokenException;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import dev.triggers.web.RequestPlaces;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Sends requests on to the cells that they are for, and hands the answers back. Bodies
 * are never held: what comes in goes out, at the pace of the slower side, and what one
 * side ends is ended on the other.
 */
@Component
public class Forwarder {

    private static final Duration RETRY = Duration.ofSeconds(1);

    static final String ADMIN_TOKEN = "X-Admin-Token";

    private final CellClient client;

    private final ForwardPlaces forwards;

    private final RequestPlaces places;

    private final UnderWay underWay;

    private final Hop hop;

    private final CellMetrics metrics;

    Forwarder(CellClient client, ForwardPlaces forwards, RequestPlaces places, UnderWay underWay, Hop hop,
            CellMetrics metrics) {
        this.client = client;
        this.forwards = forwards;
        this.places = places;
        this.underWay = underWay;
        this.hop = hop;
        this.metrics = metrics;
    }

    /**
     * Forwards a request.
     * @param read what was read of its body
     * @throws ProblemException if the cell does not answer
     */
    void forward(OtherCell cell, HttpServletRequest request, HttpServletResponse response, byte[] read)
            throws IOException {
        forward(cell, request, response, read, null);
    }

    /**
     * Forwards a request with the operator's token that came with it, if one did.
     * @param read what was read of its body
     * @throws ProblemException if the cell does not answer
     */
    public void forwardWithAdminToken(OtherCell cell, HttpServletRequest request, HttpServletResponse response,
            byte[] read) throws IOException {
        forward(cell, request, response, read, request.getHeader(ADMIN_TOKEN));
    }

    private void forward(OtherCell cell, HttpServletRequest request, HttpServletResponse response, byte[] read,
            @Nullable String adminToken) throws IOException {
        try (ForwardPlaces.Place place = this.forwards.enter(cell, Patience.isStream(request))) {
            if (place == null) {
                this.metrics.count(cell, CellOutcome.FULL);
                throw ProblemException.unavailable("Too many requests for other cells are under way", RETRY);
            }
            HttpUriRequestBase forwarded = forwarded(cell, request, response, read);
            if (adminToken != null) {
                forwarded.setHeader(ADMIN_TOKEN, adminToken);
            }
            boolean lasting = Patience.isStream(request) || Patience.mayWait(request);
            if (lasting) {
                this.underWay.add(forwarded);
            }
            // It is the other cell that works
            RequestPlaces.Absence absence = this.places.leaveFor();
            try {
                exchange(cell, request, response, forwarded);
            }
            finally {
                absence.close();
                this.underWay.remove(forwarded);
            }
        }
    }

    private HttpUriRequestBase forwarded(OtherCell cell, HttpServletRequest request, HttpServletResponse response,
            byte[] read) {
        HttpUriRequestBase forwarded = new HttpUriRequestBase(request.getMethod(), cell.address());
        String query = (request.getQueryString() != null) ? "?" + request.getQueryString() : "";
        forwarded.setPath(request.getRequestURI() + query);
        ForwardedHeaders.copy(request, response, forwarded);
        this.hop.mark(request, forwarded);
        if (ForwardedBody.isIn(request, read)) {
            forwarded.setEntity(new ForwardedBody(request, read));
        }
        return forwarded;
    }

    private void exchange(OtherCell cell, HttpServletRequest request, HttpServletResponse response,
            HttpUriRequestBase forwarded) throws IOException {
        try (ClassicHttpResponse answer = open(cell, request, forwarded)) {
            handOn(answer, response, forwarded);
            this.metrics.count(cell, CellOutcome.FORWARDED);
        }
        catch (ForwardedBody.Unread ex) {
            this.metrics.count(cell, CellOutcome.ABANDONED);
            throw ex.problem();
        }
        catch (ClientAbortException ex) {
            this.metrics.count(cell, CellOutcome.ABANDONED);
            throw ex;
        }
        catch (IOException ex) {
            throw failure(cell, response, forwarded, ex);
        }
    }

    private ClassicHttpResponse open(OtherCell cell, HttpServletRequest request, HttpUriRequestBase forwarded)
            throws IOException {
        Duration sending = (forwarded.getEntity() != null) ? ForwardedBody.PATIENCE : Duration.ZERO;
        Duration patience = Patience.of(request);
        try {
            return this.client.open(cell, forwarded, sending, patience);
        }
        catch (IOException ex) {
            boolean reads = forwarded.getEntity() == null && Set.of("GET", "HEAD").contains(forwarded.getMethod());
            if (!reads || outcome(forwarded, ex) != CellOutcome.BROKEN) {
                throw ex;
            }
            // A connection that was kept may be closed just as it is used
            return this.client.open(cell, forwarded, sending, patience);
        }
    }

    private static void handOn(ClassicHttpResponse answer, HttpServletResponse response, HttpUriRequestBase forwarded)
            throws IOException {
        try {
            new ForwardedAnswer(answer).writeTo(response);
        }
        catch (IOException ex) {
            // To close it would be to read a stream to its end
            forwarded.cancel();
            throw ex;
        }
    }

    /** What its client hears of it, if there is still something to hear. */
    private IOException failure(OtherCell cell, HttpServletResponse response, HttpUriRequestBase forwarded,
            IOException ex) {
        if (this.underWay.isStopping() && forwarded.isCancelled()) {
            this.metrics.count(cell, CellOutcome.FORWARDED);
            if (response.isCommitted()) {
                return new CloseNowException(ex);
            }
            throw UnderWay.stopped();
        }
        CellOutcome outcome = outcome(forwarded, ex);
        this.metrics.count(cell, outcome);
        if (response.isCommitted()) {
            // So that nobody takes the part for the whole
            return new CloseNowException(ex);
        }
        throw switch (outcome) {
            case AWAY -> ProblemException
                .of(ProblemKind.CELL_UNAVAILABLE, "The cell that this is for cannot be reached; try again")
                .retryAfter(RETRY);
            case LATE -> ProblemException.of(ProblemKind.CELL_TIMEOUT,
                    "The cell that this is for does not answer in time; what was asked for may be done");
            default -> ProblemException.of(ProblemKind.CELL_BROKE_OFF,
                    "The answer of the cell that this is for was lost; what was asked for may be done");
        };
    }

    private static CellOutcome outcome(HttpUriRequestBase forwarded, IOException ex) {
        return switch (ex) {
            // Nothing was sent
            case ConnectException refused -> CellOutcome.AWAY;
            case ConnectTimeoutException silent -> CellOutcome.AWAY;
            case UnknownHostException unknown -> CellOutcome.AWAY;
            case NoRouteToHostException unreachable -> CellOutcome.AWAY;
            case SSLHandshakeException failed -> CellOutcome.AWAY;
            case SSLPeerUnverifiedException distrusted -> CellOutcome.AWAY;
            case SocketTimeoutException timeout -> CellOutcome.LATE;
            case BrokenException broken ->
                (broken.getCause() instanceof SocketTimeoutException) ? CellOutcome.LATE : CellOutcome.BROKEN;
            default -> forwarded.isCancelled() ? CellOutcome.LATE : CellOutcome.BROKEN;
        };
    }

}
