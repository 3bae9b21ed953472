package dev.triggers.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import dev.triggers.settings.ConfigurationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What may keep the embedded database from starting.
 */
class EmbeddedDatabaseTests {

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void folder() throws Exception {
        // The server may run as another user
        Files.setPosixFilePermissions(this.directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        this.data = this.directory.resolve("postgres");
    }

    private Database start() {
        return EmbeddedDatabase.start(new DatabaseProperties("", "", 4, this.directory, 30, Duration.ZERO, "", ""));
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
    void aFileInThePlaceOfTheFolderIsTold() throws Exception {
        Path file = Files.writeString(this.directory.resolve("file"), "");
        assertThatThrownBy(
                () -> EmbeddedDatabase.start(new DatabaseProperties("", "", 4, file, 30, Duration.ZERO, "", "")))
            .isInstanceOf(ConfigurationException.class)
            .hasMessageContaining(file.toString());
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
        assertThatThrownBy(this::start).isInstanceOf(ConfigurationException.class)
            .hasMessageContaining("database files are incompatible with server");
    }

}
