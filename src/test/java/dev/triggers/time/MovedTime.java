package dev.triggers.time;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A time that goes on as the real one, and jumps ahead when it is told to: the clock that
 * is handed to the service, and that of a PostgreSQL server that {@code libfaketime}
 * gives the same.
 */
final class MovedTime extends Clock {

    private final Path file;

    private volatile Duration ahead = Duration.ZERO;

    MovedTime(Path file) {
        this.file = file;
        write(this.ahead);
    }

    /** The library; empty where Debian's package faketime is missing. */
    static Optional<Path> library() {
        try (Stream<Path> found = Files.find(Path.of("/usr/lib"), 4,
                (path, attributes) -> path.endsWith("faketime/libfaketimeMT.so.1"))) {
            return found.findFirst();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What lets a program live in this time, but for how long things take. */
    Map<String, String> environment() {
        // With its fix for waits by the monotonic clock, each such wait of a JVM ends at
        // once, and is begun again
        return Map.of("LD_PRELOAD", library().orElseThrow().toString(), "FAKETIME_TIMESTAMP_FILE",
                this.file.toAbsolutePath().toString(), "FAKETIME_NO_CACHE", "1", "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                "FAKETIME_FORCE_MONOTONIC_FIX", "0");
    }

    void jumpTo(Instant instant) {
        move(Duration.ofSeconds(Duration.between(Clock.systemUTC().instant(), instant).toSeconds()));
    }

    void jump(Duration further) {
        move(this.ahead.plus(further));
    }

    /** The server goes first: a service whose clock is ahead makes a note of it. */
    private void move(Duration ahead) {
        write(ahead);
        this.ahead = ahead;
    }

    private void write(Duration ahead) {
        try {
            Path next = this.file.resolveSibling("next");
            Files.writeString(next, "+" + ahead.toSeconds() + "\n");
            Files.move(next, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(this.ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("UTC will do");
    }

}
