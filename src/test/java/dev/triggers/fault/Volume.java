package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A small disk in memory, which can be filled.
 */
final class Volume implements AutoCloseable {

    private final Path folder;

    private Volume(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one.
     * @throws IllegalStateException where that is not allowed
     */
    static Volume mount(int megabytes) {
        try {
            Path folder = Files.createTempDirectory("volume");
            run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
            return new Volume(folder);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    Path folder() {
        return this.folder;
    }

    /** Leaves no room. */
    void fill() {
        try {
            new ProcessBuilder("dd", "if=/dev/zero", "of=" + filler(), "bs=64k").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** There is room again. */
    void clear() {
        filler().toFile().delete();
    }

    private Path filler() {
        return this.folder.resolve("filler");
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(List.of(command)).inheritIO().start().waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close() {
        try {
            run("umount", "--lazy", this.folder.toString());
            Files.deleteIfExists(this.folder);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

}
