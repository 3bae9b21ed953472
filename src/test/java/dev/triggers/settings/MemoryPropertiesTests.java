package dev.triggers.settings;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Bounds in what memory there is.
 */
class MemoryPropertiesTests {

    @Test
    void boundsGrowWithTheMemory() {
        MemoryProperties memory = new MemoryProperties(4);
        assertThat(memory.scaled(128)).isEqualTo(512);
        assertThat(memory.scaled(8L * 1024 * 1024)).isEqualTo(32L * 1024 * 1024);
    }

    @Test
    void thereIsNoLessThanBoundsAreFor() {
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> new MemoryProperties(0))
            .withMessageContaining("triggers.memory.scale");
    }

}
