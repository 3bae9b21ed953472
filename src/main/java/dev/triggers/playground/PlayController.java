package dev.triggers.playground;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import dev.triggers.key.Elsewhere;
import dev.triggers.key.Keyless;
import dev.triggers.key.PlaygroundUrls;
import dev.triggers.sending.HeaderLine;
import dev.triggers.sending.InProcessReceiver.Reply;
import dev.triggers.web.BodyReader;
import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A playground from outside: a plain receiver of whatever somebody sends.
 */
@Hidden
@RestController
class PlayController {

    /** More than what is kept is read, so that a client hears the answer. */
    private static final int READ = 64 * 1024;

    private final PlaygroundReceiver receiver;

    private final PlaygroundUrls urls;

    private final BodyReader bodies;

    private final Elsewhere elsewhere;

    PlayController(PlaygroundReceiver receiver, PlaygroundUrls urls, BodyReader bodies, Elsewhere elsewhere) {
        this.receiver = receiver;
        this.urls = urls;
        this.bodies = bodies;
        this.elsewhere = elsewhere;
    }

    @RequestMapping("/play/{token}")
    @Keyless
    @Nullable ResponseEntity<byte[]> play(@PathVariable String token, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (!this.urls.enabled()) {
            throw ProblemException.of(ProblemKind.NOT_FOUND, "There is nothing at this path");
        }
        byte[] read = this.bodies.beginning(request, READ);
        Reply reply = this.receiver.receive(token, arrival(request, read), Answer.LONGEST);
        boolean elsewhere = reply.equals(PlaygroundReceiver.OVER)
                && this.elsewhere.answer(token, request, response, read);
        return elsewhere ? null : answer(reply);
    }

    private static Arrival arrival(HttpServletRequest request, byte[] read) {
        byte[] body = Arrays.copyOf(read, Math.min(read.length, Arrival.KEPT));
        String query = (request.getQueryString() != null) ? "?" + request.getQueryString() : "";
        return new Arrival(false, request.getMethod(), request.getRequestURI() + query, headers(request), body,
                Math.max(read.length, request.getContentLengthLong()));
    }

    private static List<HeaderLine> headers(HttpServletRequest request) {
        List<HeaderLine> lines = new ArrayList<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            if (name.regionMatches(true, 0, Elsewhere.HEADERS, 0, Elsewhere.HEADERS.length())) {
                continue;
            }
            for (String value : Collections.list(request.getHeaders(name))) {
                lines.add(new HeaderLine(name, value));
            }
        }
        return lines;
    }

    private static ResponseEntity<byte[]> answer(Reply reply) {
        Integer status = reply.status();
        ResponseEntity.BodyBuilder answer = ResponseEntity.status((status != null) ? status : 504)
            .contentType(MediaType.TEXT_PLAIN)
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Security-Policy", "default-src 'none'; sandbox")
            .header(HttpHeaders.CACHE_CONTROL, "no-store");
        Duration retryAfter = reply.retryAfter();
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()));
        }
        boolean empty = status != null && (status == 204 || status == 205 || status == 304);
        return empty ? answer.build() : answer.body(text(status, reply));
    }

    private static byte[] text(@Nullable Integer status, Reply reply) {
        String text = (status != null) ? reply.body() : "No answer, as asked for\n";
        return text.getBytes(StandardCharsets.UTF_8);
    }

}
