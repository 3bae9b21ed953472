package dev.triggers.web;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

import dev.triggers.database.FencedException;
import dev.triggers.database.SqlState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.ClientAbortException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The one place where failures become HTTP.
 */
@RestControllerAdvice
public class ProblemHandler {

    private static final Logger logger = LoggerFactory.getLogger(ProblemHandler.class);

    private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);

    /** What answers when no controller does. */
    private static final String STATIC_FILES = "/**";

    /** Every request fails while the database is away; one line a second says so. */
    private static final long LOG_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_PAUSE_NANOS);

    private final ProblemWriter writer;

    ProblemHandler(ProblemWriter writer) {
        this.writer = writer;
    }

    /**
     * Answers a request that failed; filters, whose failures no controller's advice hears
     * of, call it themselves.
     */
    @ExceptionHandler(Throwable.class)
    public void handle(HttpServletRequest request, HttpServletResponse response, Throwable thrown) throws IOException {
        if (thrown instanceof ClientAbortException || response.isCommitted()) {
            logger.debug("The client went away, or the answer was begun: {}", thrown.toString());
            return;
        }
        this.writer.write(request, response, problem(request, response, thrown));
    }

    private ProblemException problem(HttpServletRequest request, HttpServletResponse response, Throwable thrown) {
        return switch (thrown) {
            case ProblemException problem -> problem;
            case HttpRequestMethodNotSupportedException ex -> wrongMethod(request, response, ex);
            case MethodArgumentTypeMismatchException ex -> ProblemException.invalid(ex.getName(), "has a wrong form");
            case TypeMismatchException ex -> ProblemException.of(ProblemKind.INVALID, "A parameter has a wrong form");
            case HttpMessageNotReadableException ex -> ProblemException.of(ProblemKind.MALFORMED, "Malformed JSON");
            case EOFException ex -> ProblemException.of(ProblemKind.MALFORMED, "The body ended early");
            case ErrorResponse ex -> ofStatus(ex.getStatusCode().value());
            case FencedException ex ->
                ProblemException.unavailable("The organization moves to another cell; try again", DATABASE_RETRY);
            case DataAccessException ex when isFault(ex) -> fault(ex);
            case DataAccessException ex -> databaseAway(ex);
            case TransactionException ex -> databaseAway(ex);
            default -> fault(thrown);
        };
    }

    private static ProblemException wrongMethod(HttpServletRequest request, HttpServletResponse response,
            HttpRequestMethodNotSupportedException ex) {
        if (STATIC_FILES.equals(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE))) {
            return ofStatus(HttpStatus.NOT_FOUND.value());
        }
        Set<String> allowed = new TreeSet<>(
                (ex.getSupportedMethods() != null) ? List.of(ex.getSupportedMethods()) : List.of());
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        response.setHeader("Allow", String.join(", ", allowed));
        return ofStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
    }

    /**
     * The problem for an error of the framework or the server, known by its status alone.
     */
    static ProblemException ofStatus(int status) {
        return switch (status) {
            case 401 -> ProblemException.of(ProblemKind.UNAUTHORIZED, "Authentication is required");
            case 404 -> ProblemException.of(ProblemKind.NOT_FOUND, "There is nothing at this path");
            case 405 -> ProblemException.of(ProblemKind.METHOD_NOT_ALLOWED, "This path does not answer to this method");
            case 406 -> ProblemException.of(ProblemKind.NOT_ACCEPTABLE, "Only JSON can be answered");
            case 408 -> ProblemException.of(ProblemKind.REQUEST_TIMEOUT, "The request did not arrive in time");
            case 413 -> ProblemException.of(ProblemKind.TOO_LARGE, "The body is too large");
            case 415 ->
                ProblemException.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json");
            case 431 -> ProblemException.of(ProblemKind.HEADERS_TOO_LARGE, "The headers are larger than 16 KiB");
            // What the server does not speak is a fault of the request, not of ours.
            case 501 -> ProblemException.of(ProblemKind.MALFORMED,
                    "Neither CONNECT nor a Transfer-Encoding other than chunked is supported");
            case 503 -> ProblemException.unavailable("The service is shutting down", DATABASE_RETRY);
            case 505 -> ProblemException.of(ProblemKind.MALFORMED, "The protocol must be HTTP/1.1");
            default ->
                (status < 500) ? ProblemException.of(ProblemKind.MALFORMED, "The request is not well-formed HTTP")
                        : ProblemException.of(ProblemKind.INTERNAL, "The request failed; the fault is ours");
        };
    }

    /**
     * Whether the statement was wrong, rather than the database away, full or busy.
     */
    private static boolean isFault(DataAccessException ex) {
        return ex instanceof NonTransientDataAccessException && !(ex instanceof NonTransientDataAccessResourceException)
                && !(ex instanceof UncategorizedDataAccessException) && !isOfOtherSession(ex);
    }

    /** A pooler led to a session in which a statement of this name is another. */
    private static boolean isOfOtherSession(DataAccessException ex) {
        return "42P05".equals(SqlState.of(ex).code());
    }

    private ProblemException databaseAway(Exception ex) {
        long now = System.nanoTime();
        long logged = this.loggedAt.get();
        if (now - logged > LOG_PAUSE_NANOS && this.loggedAt.compareAndSet(logged, now)) {
            logger.warn("The database does not answer: {}", NestedExceptionUtils.getMostSpecificCause(ex).toString());
        }
        return ProblemException.unavailable("The database does not answer; try again", DATABASE_RETRY);
    }

    private static ProblemException fault(Throwable thrown) {
        logger.error("A request failed", thrown);
        return ofStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
    }

}
