package dev.triggers.otlp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CollectorLogTests {

    private final List<String> lines = new ArrayList<>();

    private final AtomicLong now = new AtomicLong();

    private final CollectorLog log = new CollectorLog(this.lines::add, this.now::get);

    private void publish(Level level, String message) {
        this.log.publish(new LogRecord(level, message));
    }

    @Test
    void whatAWholeMinuteHasToSayIsOneLine() {
        for (int second = 0; second < 60; second++) {
            this.now.set(Duration.ofSeconds(second).toNanos());
            publish(Level.WARNING, "Failed to export spans. Server responded with HTTP status code 403.");
            publish(Level.SEVERE, "Failed to export metrics. The request could not be executed.");
        }
        assertThat(this.lines).containsExactly("Failed to export spans. Server responded with HTTP status code 403.");
        this.now.set(Duration.ofMinutes(1).toNanos());
        publish(Level.WARNING, "Failed again");
        assertThat(this.lines).hasSize(2).last().isEqualTo("Failed again (and 119 times before)");
    }

    @Test
    void reasonIsToldAndWhatIsNoTroubleIsNot() {
        publish(Level.INFO, "Too many log messages detected");
        LogRecord entry = new LogRecord(Level.SEVERE, "Failed to export spans.");
        entry.setThrown(new java.net.ConnectException("refused"));
        this.log.publish(entry);
        assertThat(this.lines).containsExactly("Failed to export spans. java.net.ConnectException: refused");
    }

}
