package dev.triggers.stream;

import java.util.concurrent.atomic.AtomicLong;

import dev.triggers.settings.MemoryProperties;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The bytes that all streams of an instance hold together. What several streams have yet
 * to write counts once.
 */
@Component
final class StreamMemory {

    static final long MOST = 8 * 1024 * 1024;

    private final long most;

    private final AtomicLong held = new AtomicLong();

    @Autowired
    StreamMemory(MemoryProperties memory) {
        this(memory.scaled(MOST));
    }

    StreamMemory(long most) {
        this.most = most;
    }

    /**
     * Takes so many bytes.
     * @return false if they are not free
     */
    boolean take(long bytes) {
        return takeBelow(this.most, bytes);
    }

    /**
     * The same for what can wait: half is left to what happens now.
     */
    boolean takeSpare(long bytes) {
        return takeBelow(this.most / 2, bytes);
    }

    private boolean takeBelow(long limit, long bytes) {
        if (this.held.addAndGet(bytes) <= limit) {
            return true;
        }
        this.held.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        this.held.addAndGet(-bytes);
    }

    long held() {
        return this.held.get();
    }

}
