package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.triggers.fault.NameServer.Manner;

/**
 * What instances see of the machine: a root that is read-only, a small folder for
 * temporary files, and a name server of their own. It takes the rights of root and a
 * system that gives a process mounts of its own.
 */
final class Enclosure implements AutoCloseable {

    private static final int MEGABYTES = 48;

    private final Volume temporary = Volume.mount(MEGABYTES);

    private final NameServer names = new NameServer();

    private Enclosure() {
    }

    /** Empty where it cannot be made. */
    static Optional<Enclosure> open() {
        if (!"root".equals(System.getProperty("user.name")) || !mayMount()) {
            return Optional.empty();
        }
        try {
            Enclosure enclosure = new Enclosure();
            Files.writeString(enclosure.resolver(),
                    "nameserver " + enclosure.names.address() + "\noptions timeout:1 attempts:2\n");
            return Optional.of(enclosure);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean mayMount() {
        try {
            Process process = new ProcessBuilder("unshare", "--mount", "mount", "-o", "remount,bind,ro", "/")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        }
        catch (IOException ex) {
            return false;
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Path resolver() {
        return this.temporary.folder().resolve("resolv.conf");
    }

    /** A command that runs another one, in the same process. */
    List<String> around(List<String> command) {
        return Stream.concat(Stream.of("unshare", "--mount", "sh", "-euc",
                "mount --bind '%s' /etc/resolv.conf; mount -o remount,bind,ro /; exec \"$@\"".formatted(resolver()),
                "enclosure"), command.stream())
            .toList();
    }

    /** Options of the JVM that go with it; names are asked for anew each second. */
    String options() {
        return "-Djava.io.tmpdir=%1$s -Djna.tmpdir=%1$s -Dsun.net.inetaddr.ttl=1 -Dsun.net.inetaddr.negative.ttl=1"
            .formatted(this.temporary.folder());
    }

    void names(Manner manner) {
        this.names.behave(manner);
    }

    /** Leaves no room for temporary files. */
    void fill() {
        this.temporary.fill();
    }

    /** There is room again. */
    void clear() {
        this.temporary.clear();
    }

    @Override
    public void close() {
        this.names.close();
        this.temporary.close();
    }

}
