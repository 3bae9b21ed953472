package dev.triggers.cell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.triggers.key.Elsewhere;
import dev.triggers.trace.TraceContext;
import dev.triggers.web.RequestTrace;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpMessage;

/**
 * Which headers go along with what is forwarded, and with its answer: all that are for
 * the ends, and none that are for one connection (RFC 9110, section 7.6.1).
 */
final class ForwardedHeaders {

    private static final Set<String> OF_A_CONNECTION = Set.of("connection", "keep-alive", "proxy-connection",
            "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding", "upgrade");

    /** Made anew; or what the other side takes only of proxies that it trusts. */
    private static final Set<String> NOT_SENT = Set.of("host", "content-length", "expect", "forwarded", "x-real-ip",
            "x-request-id", "x-admin-token");

    private static final String OF_PROXIES = "x-forwarded-";

    /** Said here already, to the page that called here. */
    private static final String CORS = "access-control-";

    private static final Set<String> NOT_ANSWERED = Set.of("date", "vary", "x-request-id", "keep-alive");

    private ForwardedHeaders() {
    }

    /** From the client's request to the one that goes on. */
    static void copy(HttpServletRequest request, HttpServletResponse response, HttpMessage forwarded) {
        Set<String> dropped = named(Collections.list(request.getHeaders("Connection")));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (goesOn(name, dropped)) {
                Collections.list(request.getHeaders(name)).forEach((value) -> forwarded.addHeader(name, value));
            }
        }
        String id = response.getHeader("X-Request-ID");
        if (id != null) {
            forwarded.setHeader("X-Request-ID", id);
        }
        TraceContext trace = RequestTrace.of(request);
        if (trace != null) {
            forwarded.setHeader("traceparent", trace.traceparent());
        }
    }

    static boolean goesOn(String name, Set<String> dropped) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !OF_A_CONNECTION.contains(lower) && !NOT_SENT.contains(lower) && !lower.startsWith(OF_PROXIES)
                && !lower.startsWith(Elsewhere.HEADERS.toLowerCase(Locale.ROOT)) && !dropped.contains(lower);
    }

    /** From the answer to the client's. */
    static void copy(HttpMessage answer, HttpServletResponse response) {
        List<String> connection = new ArrayList<>();
        for (Header header : answer.getHeaders("Connection")) {
            connection.add(header.getValue());
        }
        Set<String> dropped = named(connection);
        Set<String> begun = new HashSet<>();
        for (Header header : answer.getHeaders()) {
            String lower = header.getName().toLowerCase(Locale.ROOT);
            if (OF_A_CONNECTION.contains(lower) || NOT_ANSWERED.contains(lower) || dropped.contains(lower)
                    || lower.startsWith(CORS)) {
                continue;
            }
            // What is said here of every answer gives way to what this one says
            if (begun.add(lower)) {
                response.setHeader(header.getName(), header.getValue());
            }
            else {
                response.addHeader(header.getName(), header.getValue());
            }
        }
    }

    /** Further headers that are for the connection, in lower case. */
    static Set<String> named(Collection<String> connection) {
        Set<String> names = new HashSet<>();
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }

}
