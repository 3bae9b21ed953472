package dev.triggers.stream;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.triggers.inbox.TypeFilter;
import dev.triggers.key.Access;
import dev.triggers.key.EventTypes;
import dev.triggers.key.OwnEndpoints;
import dev.triggers.key.Scopes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StreamFilterTests {

    private static final UUID ONE = new UUID(1, 1);

    private static final UUID OTHER = new UUID(2, 2);

    private static StreamFilter filter(@Nullable String type, @Nullable UUID endpointId, Access access) {
        return new StreamFilter(EnumSet.allOf(StreamKind.class), TypeFilter.parse(type), endpointId, true, access);
    }

    @Test
    void conditionNarrowsTheKindsThatHaveWhatItAsksFor() {
        StreamFilter filter = filter("user.*", ONE, Access.FULL);
        assertThat(filter.shows(StreamKind.ATTEMPT_FINISHED, "user.created", ONE)).isTrue();
        assertThat(filter.shows(StreamKind.ATTEMPT_FINISHED, "user.created", OTHER)).isFalse();
        assertThat(filter.shows(StreamKind.ATTEMPT_FINISHED, "users", ONE)).isFalse();
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "user.created", null)).isTrue();
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "user", null)).isFalse();
        assertThat(filter.shows(StreamKind.ENDPOINT_CHANGED, null, ONE)).isTrue();
        assertThat(filter.shows(StreamKind.ENDPOINT_CHANGED, null, OTHER)).isFalse();
    }

    @Test
    void typesCompareByTheirCodePoints() {
        // In UTF-16 a surrogate sorts before what is smaller
        StreamFilter filter = filter("\uFFFDa", null, Access.FULL);
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "\uFFFDa", null)).isTrue();
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "\uD83D\uDE00", null)).isFalse();
        assertThat(filter("\uD83D\uDE00.*", null, Access.FULL).shows(StreamKind.EVENT_ACCEPTED, "\uD83D\uDE00.x", null))
            .isTrue();
    }

    @Test
    void keyShowsNoMoreThanItIsHeldTo() {
        Access held = new Access(Scopes.EVERY, EventTypes.of(List.of("user.*")), new OwnEndpoints(Set.of(ONE)));
        StreamFilter filter = filter(null, null, held);
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "user.created", null)).isTrue();
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "order.paid", null)).isFalse();
        assertThat(filter.shows(StreamKind.DELIVERY_DEAD, "user.created", OTHER)).isFalse();
        assertThat(filter.shows(StreamKind.ENDPOINT_CHANGED, null, OTHER)).isFalse();
        assertThat(filter.shows(StreamKind.ENDPOINT_CHANGED, null, ONE)).isTrue();
    }

    @Test
    void kindsLeaveOutTheOthers() {
        StreamFilter filter = new StreamFilter(StreamKind.parse("attempt.finished, delivery.dead"), null, null, true,
                Access.FULL);
        assertThat(filter.shows(StreamKind.DELIVERY_DEAD, "a", ONE)).isTrue();
        assertThat(filter.shows(StreamKind.EVENT_ACCEPTED, "a", null)).isFalse();
        assertThat(filter.showsEvents()).isFalse();
    }

}
