package dev.triggers.database;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import dev.triggers.settings.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What may keep the embedded database from starting.
 */
class EmbeddedDatabaseTests {

    /** Unpacking takes longer than anything else. */
    @TempDir
    private static Path binaries;

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void folder() throws Exception {
        // The server may run as another user
        Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(this.directory.resolve("binaries"), binaries);
        this.data = this.directory.resolve("postgres");
    }

    private Database start() {
        return EmbeddedDatabase.start(new DatabaseProperties("", "", "", Duration.ofSeconds(5), 4, this.directory, 30,
                Duration.ZERO, "", ""));
    }

    @Test
    void aLockThatNamesAnotherLivingProcessIsToldAtOnceAndLeft() throws Exception {
        Process other = new ProcessBuilder("sleep", "1000").start();
        try {
            Files.createDirectories(this.data);
            Path lock = Files.writeString(this.data.resolve("postmaster.pid"), other.pid() + "\n" + this.data + "\n");
            assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(lock + " names process " + other.pid());
            assertThat(lock).exists();
            assertThat(other.isAlive()).isTrue();
        }
        finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aPostgresThatServesAnotherFolderIsNotEnded() throws Exception {
        Path program = Files.copy(Path.of("/bin/sleep"), this.directory.resolve("postgres-of-somebody-postgres"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Process other = new ProcessBuilder(program.toString(), "1000").start();
        try {
            Files.createDirectories(this.data);
            Files.writeString(this.data.resolve("postmaster.pid"), other.pid() + "\n" + this.data + "\n");
            assertThatThrownBy(this::start).hasMessageContaining("is no server of this folder");
            assertThat(other.isAlive()).isTrue();
        }
        finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aFolderThatAnotherServiceUsesIsLeftToIt() throws Exception {
        try (Database database = start()) {
            assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("another service uses the folder");
            assertThat(database.sessions().getConnection().isValid(1)).isTrue();
        }
        start().close();
    }

    @Test
    void aFileInThePlaceOfTheFolderIsTold() throws Exception {
        Path file = Files.writeString(this.directory.resolve("file"), "");
        assertThatThrownBy(() -> EmbeddedDatabase
            .start(new DatabaseProperties("", "", "", Duration.ofSeconds(5), 4, file, 30, Duration.ZERO, "", "")))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(file.toString());
    }

    @Test
    void aFolderThatMayNotBeWrittenIsTold() throws Exception {
        boolean mounted = mount("ro", this.directory);
        try {
            if (!mounted) {
                Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("r-xr-xr-x"));
            }
            assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
                .hasMessageMatching(".*(no right to write " + this.directory + "|Read-only file system).*");
        }
        finally {
            if (mounted) {
                unmount(this.directory);
            }
            Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void anAddressThatCannotBeHadIsTold() throws Exception {
        start().close();
        Files.writeString(this.data.resolve("postgresql.auto.conf"), "listen_addresses = '203.0.113.1'\n");
        Map<Path, FileTime> before = files();
        assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("could not create any TCP/IP sockets");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aFullDiskIsToldAndTheDataIsAsItWas() throws Exception {
        assumeTrue(mount("size=150m,mode=755", this.directory), "only root mounts a small disk");
        try {
            Files.createSymbolicLink(this.directory.resolve("binaries"), binaries);
            start().close();
            assertThat(run("dd", "if=/dev/zero", "of=" + this.directory.resolve("filler"), "bs=4k")).isFalse();
            Map<Path, FileTime> before = files();
            assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("No space left on device");
            assertThat(files()).isEqualTo(before);
        }
        finally {
            unmount(this.directory);
        }
    }

    /** When each of the data was written. */
    private Map<Path, FileTime> files() throws Exception {
        Map<Path, FileTime> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(this.data)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.getLastModifiedTime(file));
            }
        }
        // Who runs is no data
        files.keySet().removeIf((file) -> file.getFileName().toString().matches("postmaster\\..*|epg-lock"));
        return files;
    }

    private static boolean mount(String options, Path directory) throws Exception {
        return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString());
    }

    private static void unmount(Path directory) throws Exception {
        assertThat(run("umount", "--lazy", directory.toString())).isTrue();
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start()
            .waitFor() == 0;
    }

    @Test
    void dataThatTheServerDoesNotTakeIsToldInItsWordsAndSecretsAreTheOwnersAlone() throws Exception {
        try (Database database = start()) {
            assertThat(database.embedded()).isTrue();
            assertThat(database.sessions().getConnection()).isNotNull();
        }
        Path secrets = this.directory.resolve("secrets.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets))).isEqualTo("rw-------");
        // Made by an earlier build
        Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-r--r--"));
        start().close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets))).isEqualTo("rw-------");
        Files.writeString(this.data.resolve("PG_VERSION"), "14\n");
        Map<Path, FileTime> before = files();
        assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("database files are incompatible with server");
        assertThat(files()).isEqualTo(before);
    }

}
