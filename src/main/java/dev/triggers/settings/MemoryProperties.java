package dev.triggers.settings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much memory there is. Whatever bounds what the heap holds says what it is in a
 * process of 256 MB.
 *
 * @param scale how many times that much such bounds may be
 */
@ConfigurationProperties("triggers.memory")
public record MemoryProperties(@DefaultValue("1") int scale) {

    public MemoryProperties {
        ConfigurationException.requireBetween("triggers.memory.scale", scale, 1, 16);
    }

    /**
     * What a bound is here.
     * @param bound what it is in a process of 256 MB
     */
    public int scaled(int bound) {
        return Math.multiplyExact(bound, this.scale);
    }

    /**
     * The same of a bound in bytes.
     */
    public long scaled(long bound) {
        return Math.multiplyExact(bound, this.scale);
    }

}
