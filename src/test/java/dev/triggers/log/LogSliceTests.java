package dev.triggers.log;

import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogSliceTests {

    private static final UUID ORGANIZATION = new UUID(0, 1);

    private static LogPosition at(long position) {
        return new LogPosition(position, new UUID(1, position));
    }

    private static LogSlice slice(long from, long horizon, @Nullable LogPosition edge, long... positions) {
        LogState state = new LogState(0, 0, 1, 0, horizon, horizon + 10);
        List<LogEntry> entries = LongStream.of(positions)
            .mapToObj((position) -> new LogEntry(ORGANIZATION, at(position), "a"))
            .toList();
        return new LogSlice(LogCursor.at(ORGANIZATION, LogPosition.before(from), 1), state, entries, edge);
    }

    @Test
    void whatIsBeforeTheEndStays() {
        LogSlice slice = slice(1, 10, null, 3, 7);
        assertThat(slice.before(10)).isEqualTo(slice);
        assertThat(slice.before(Long.MAX_VALUE)).isEqualTo(slice);
    }

    @Test
    void whatLiesBehindTheEndComesWithTheNextPage() {
        LogSlice slice = slice(1, 10, null, 3, 7, 8).before(7);
        assertThat(slice.entries()).extracting(LogEntry::position).containsExactly(at(3));
        assertThat(slice.next().position()).isEqualTo(LogPosition.before(7));
    }

    @Test
    void whereALookEndedCountsOnlyBeforeTheEnd() {
        assertThat(slice(1, 10, at(5), 3).before(7).next().position()).isEqualTo(at(5));
        LogSlice slice = slice(1, 10, at(8), 3).before(7);
        assertThat(slice.edge()).isNull();
        assertThat(slice.next().position()).isEqualTo(LogPosition.before(7));
    }

    @Test
    void aCursorThatIsFurtherDoesNotGoBack() {
        LogSlice slice = slice(9, 12, null, 10).before(7);
        assertThat(slice.entries()).isEmpty();
        assertThat(slice.next().position()).isEqualTo(LogPosition.before(9));
    }

}
