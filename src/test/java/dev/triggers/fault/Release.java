package dev.triggers.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import dev.triggers.TriggersApplication;

/**
 * A version of the service that can be started.
 *
 * @param name what it is called
 * @param program the words behind {@code java}
 */
record Release(String name, List<String> program) {

    private static final Path PREVIOUS = Path.of("release", "previous");

    /** The one under test. */
    static Release current() {
        String separator = System.getProperty("path.separator");
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(separator))
            .map((entry) -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(separator));
        return new Release("current", List.of("-cp", classPath, TriggersApplication.class.getName()));
    }

    /**
     * The commit before; empty where it is not there, as in a copy without its history.
     */
    static Optional<String> previousCommit() {
        try {
            String commit = Files.readString(PREVIOUS).strip();
            return succeeds("git", "cat-file", "-e", commit + "^{commit}") ? Optional.of(commit) : Optional.empty();
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The one before, built where nothing else is touched. */
    static Release previous() {
        String commit = previousCommit().orElseThrow();
        Path folder = Path.of("target", "previous").toAbsolutePath();
        Path jar = folder.resolve(commit + ".jar");
        if (!Files.exists(jar)) {
            build(commit, folder.resolve("source"), jar);
        }
        return new Release("previous", List.of("-jar", jar.toString()));
    }

    private static void build(String commit, Path source, Path jar) {
        succeeds("git", "worktree", "remove", "--force", source.toString());
        require(succeeds("git", "worktree", "add", "--detach", "--force", source.toString(), commit),
                "git worktree add");
        try {
            String mvnw = source.resolve("mvnw").toString();
            String pom = source.resolve("pom.xml").toString();
            require(succeeds(mvnw, "-q", "-B", "-f", pom, "-Dmaven.test.skip=true", "package"),
                    "the build of " + commit);
            Files.copy(source.resolve("target/triggers-api.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        finally {
            succeeds("git", "worktree", "remove", "--force", source.toString());
        }
    }

    private static void require(boolean done, String what) {
        if (!done) {
            throw new IllegalStateException(what + " failed; see target/previous.log");
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Path log = Files.createDirectories(Path.of("target")).resolve("previous.log");
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
            return process.waitFor(15, TimeUnit.MINUTES) && process.exitValue() == 0;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public String toString() {
        return this.name;
    }

}
