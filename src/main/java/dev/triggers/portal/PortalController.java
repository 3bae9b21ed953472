package dev.triggers.portal;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import io.swagger.v3.oas.annotations.Hidden;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the portal to browsers. Whoever does not ask for a page is led to the reference.
 */
@Hidden
@RestController
class PortalController {

    private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private final String policy;

    private final FutureTask<PortalFiles> files = new FutureTask<>(PortalFiles::load);

    PortalController(PortalPageProperties properties) {
        this.policy = properties.contentSecurityPolicy();
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page(@RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings) {
        if (accept == null || !accept.contains("text/html")) {
            return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/docs"))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .build();
        }
        return answer(files().page(), encodings, CacheControl.noCache()).header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
            .header("Content-Security-Policy", this.policy)
            .header("Referrer-Policy", "no-referrer")
            .body(body(files().page(), encodings));
    }

    /**
     * A page that was loaded from another version, as while instances are being replaced,
     * gets this one's file, which nobody keeps.
     */
    @GetMapping(PortalFiles.PREFIX + "{fingerprint}/{*path}")
    ResponseEntity<byte[]> file(@PathVariable String fingerprint, @PathVariable String path,
            @RequestHeader(name = HttpHeaders.ACCEPT_ENCODING, required = false) @Nullable String encodings) {
        PortalFile file = files().file(path.substring(1));
        if (file == null) {
            throw ProblemException.of(ProblemKind.NOT_FOUND, "The portal has no such file");
        }
        boolean current = fingerprint.equals(files().fingerprint());
        return answer(file, encodings, current ? FOR_EVER : CacheControl.noStore()).body(body(file, encodings));
    }

    /**
     * The start does not wait for it. A virtual thread that waits for its turn while it
     * holds the jar would never get one from requests that load classes out of the same
     * jar, since these keep what virtual threads run on.
     */
    @EventListener(ApplicationReadyEvent.class)
    void prepare() {
        Thread.ofPlatform().name("portal").daemon().start(this.files);
    }

    private PortalFiles files() {
        try {
            return this.files.get();
        }
        catch (ExecutionException ex) {
            throw new IllegalStateException("The portal's files cannot be read", ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    private static ResponseEntity.BodyBuilder answer(PortalFile file, @Nullable String encodings, CacheControl cache) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.ok()
            .cacheControl(cache)
            .header(HttpHeaders.CONTENT_TYPE, file.type())
            .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
            .header("X-Content-Type-Options", "nosniff");
        return acceptsGzip(encodings) ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
    }

    private static byte[] body(PortalFile file, @Nullable String encodings) {
        return acceptsGzip(encodings) ? file.compressed() : file.plain();
    }

    private static boolean acceptsGzip(@Nullable String encodings) {
        return encodings != null && encodings.contains("gzip") && !encodings.contains("gzip;q=0");
    }

}
