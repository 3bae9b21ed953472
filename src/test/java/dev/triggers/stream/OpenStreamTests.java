package dev.triggers.stream;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import dev.triggers.key.Access;
import dev.triggers.key.Caller;
import dev.triggers.log.LogCursor;
import dev.triggers.log.LogPosition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What streams hold, and what becomes of those whose clients are slow.
 */
class OpenStreamTests {

    private static final UUID ORGANIZATION = new UUID(1, 1);

    private static final Caller CALLER = new Caller(ORGANIZATION, "Streams", "free", "0123456789abcdef", Access.FULL,
            false);

    private static final StreamFilter EVERYTHING = new StreamFilter(EnumSet.allOf(StreamKind.class), null, null, true,
            Access.FULL);

    private static final int KIBIBYTE = 1024;

    private final StreamMemory memory = new StreamMemory(4 * 1024 * KIBIBYTE);

    private final Streams streams = new Streams(new StreamMetrics(new SimpleMeterRegistry(), this.memory), 9, 9);

    private final Ends ends = new Ends();

    private static LogCursor cursor(long number) {
        return new LogCursor(ORGANIZATION, new LogPosition(number, new UUID(0x7000, number)), new UUID(0x7000, number),
                0);
    }

    private OpenStream open(OutputStream out) {
        OpenStream stream = new OpenStream(CALLER, EVERYTHING, StreamFormat.EVENTS, out, cursor(1), false, this.ends);
        this.streams.add(stream);
        stream.start();
        return stream;
    }

    private Message message(long number, int payload) {
        Message message = new Message(StreamKind.EVENT_ACCEPTED, "a", null, cursor(number),
                "{}".getBytes(StandardCharsets.UTF_8),
                ("\"" + "x".repeat(payload) + "\"").getBytes(StandardCharsets.UTF_8), this.memory);
        assertThat(this.memory.take(message.weight())).isTrue();
        return message;
    }

    private void publish(long number, int payload) {
        Message message = message(number, payload);
        this.streams.publish(ORGANIZATION, message);
        message.letGo();
    }

    @Test
    void whatSeveralReadCountsOnceUntilTheLastHasWrittenIt() {
        SlowClient one = new SlowClient();
        SlowClient other = new SlowClient();
        OpenStream first = open(one);
        OpenStream second = open(other);
        publish(2, 100 * KIBIBYTE);
        assertThat(this.memory.held()).isBetween(100L * KIBIBYTE, 101L * KIBIBYTE);
        assertThat(first.behind()).isEqualTo(second.behind()).isEqualTo(this.memory.held());
        one.goOn();
        await().until(() -> first.behind() == 0);
        assertThat(this.memory.held()).isPositive();
        other.goOn();
        await().until(() -> this.memory.held() == 0);
    }

    @Test
    void oneThatIsMoreThanAMebibyteBehindIsToldWhereToResumeAndEnds() {
        SlowClient slow = new SlowClient();
        ByteArrayOutputStream fast = new ByteArrayOutputStream();
        OpenStream stream = open(slow);
        OpenStream other = open(fast);
        publish(2, 10);
        slow.awaitWrite();
        for (int i = 3; i < 15; i++) {
            publish(i, 100 * KIBIBYTE);
            await().until(() -> other.behind() == 0);
        }
        // What it could not write is free at once
        await().until(() -> this.memory.held() < 2 * KIBIBYTE);
        assertThat(this.ends.reasons).isEmpty();
        publish(15, 10);
        slow.goOn();
        await().until(() -> this.ends.reasons.equals(List.of(StreamEnd.LAGGING)));
        assertThat(slow.text()).endsWith("event: stream.lagging\ndata: {\"cursor\":\"" + cursor(2).text() + "\"}\n\n");
        await().until(() -> fast.toString(StandardCharsets.UTF_8).contains("id: " + cursor(15).text() + "\n"));
        assertThat(stream.behind()).isZero();
    }

    @Test
    void whereMemoryIsShortTheOneFurthestBehindEnds() {
        SlowClient slower = new SlowClient();
        SlowClient slow = new SlowClient();
        open(slower);
        publish(2, 300 * KIBIBYTE);
        open(slow);
        publish(3, 300 * KIBIBYTE);
        slow.awaitWrite();
        slower.awaitWrite();
        this.streams.shed();
        slow.goOn();
        slower.goOn();
        await().until(() -> this.ends.reasons.size() == 1);
        assertThat(slower.text()).contains("stream.lagging");
        assertThat(slow.text()).doesNotContain("stream.lagging");
        await().until(() -> this.memory.held() == 0);
    }

    @Test
    void signOfLifeSaysHowFarTheStreamHasCome() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenStream stream = open(out);
        publish(2, 10);
        stream.fed(cursor(2).movedTo(LogPosition.before(40)));
        await().until(() -> this.memory.held() == 0);
        stream.beat();
        String beat = ":\nid: " + cursor(2).movedTo(LogPosition.before(40)).text() + "\n\n";
        await().until(() -> out.toString(StandardCharsets.UTF_8).endsWith(beat));
    }

    @Test
    void signOfLifeNeverFallsBehindWhatWasWritten() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OpenStream stream = open(out);
        publish(9, 10);
        await().until(() -> this.memory.held() == 0);
        stream.beat();
        await().until(() -> out.toString(StandardCharsets.UTF_8).endsWith(":\nid: " + cursor(9).text() + "\n\n"));
    }

    @Test
    void whatItHasIsWrittenBeforeItEnds() {
        SlowClient slow = new SlowClient();
        open(slow);
        publish(2, 10);
        slow.awaitWrite();
        publish(3, 10);
        this.streams.close();
        assertThat(this.ends.reasons).isEmpty();
        slow.goOn();
        await().until(() -> this.ends.reasons.equals(List.of(StreamEnd.SHUTDOWN)));
        assertThat(slow.text()).contains("id: " + cursor(3).text());
    }

    @Test
    void whoeverGoesAwayLeavesNothingBehind() {
        SlowClient slow = new SlowClient();
        OpenStream stream = open(slow);
        publish(2, 10 * KIBIBYTE);
        slow.awaitWrite();
        publish(3, 10 * KIBIBYTE);
        stream.finish(StreamEnd.CLIENT);
        stream.finish(StreamEnd.CLIENT);
        assertThat(this.ends.reasons).containsExactly(StreamEnd.CLIENT);
        assertThat(this.memory.held()).isLessThan(11 * KIBIBYTE);
        publish(4, 10 * KIBIBYTE);
        assertThat(this.memory.held()).isLessThan(11 * KIBIBYTE);
    }

    @Test
    void serverThatLearnsOfTheEndWaitsForWhoeverWrites() {
        SlowClient slow = new SlowClient();
        OpenStream stream = open(slow);
        publish(2, 10);
        slow.awaitWrite();
        Thread server = Thread.ofVirtual().start(stream::abandon);
        await().until(() -> server.getState() == Thread.State.WAITING);
        assertThat(this.ends.reasons).containsExactly(StreamEnd.CLIENT);
        slow.goOn();
        await().until(() -> !server.isAlive());
        assertThat(slow.text()).contains("id: " + cursor(2).text());
    }

    @Test
    void streamThatCouldNotBeBegunHasNobodyToWaitFor() {
        OpenStream stream = new OpenStream(CALLER, EVERYTHING, StreamFormat.EVENTS, OutputStream.nullOutputStream(),
                cursor(1), false, this.ends);
        stream.abandon();
        assertThat(this.ends.reasons).containsExactly(StreamEnd.CLIENT);
    }

    private static final class Ends implements OpenStream.Listener {

        private final List<StreamEnd> reasons = new CopyOnWriteArrayList<>();

        @Override
        public void written(OpenStream stream) {
            // Nothing waits for it here
        }

        @Override
        public void finished(OpenStream stream, StreamEnd reason) {
            this.reasons.add(reason);
        }

    }

    /** A client that takes nothing until it is told to. */
    private static final class SlowClient extends OutputStream {

        private final CountDownLatch begun = new CountDownLatch(1);

        private final CountDownLatch reading = new CountDownLatch(1);

        private final List<byte[]> pieces = new ArrayList<>();

        @Override
        public void write(int b) {
            write(new byte[] { (byte) b }, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            this.begun.countDown();
            try {
                this.reading.await();
            }
            catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
            synchronized (this.pieces) {
                this.pieces.add(java.util.Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }

        private void awaitWrite() {
            await().until(() -> this.begun.getCount() == 0);
        }

        private void goOn() {
            this.reading.countDown();
        }

        private String text() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            synchronized (this.pieces) {
                this.pieces.forEach(all::writeBytes);
            }
            return all.toString(StandardCharsets.UTF_8);
        }

    }

}
