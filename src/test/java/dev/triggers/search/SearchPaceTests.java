package dev.triggers.search;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A search gives way to who posts.
 */
class SearchPaceTests {

    private final AtomicLong clock = new AtomicLong(-5);

    private final SearchPace pace = new SearchPace(this.clock::get);

    @Test
    void readsAsFastAsItCanWhereNobodyPosts() {
        assertThat(this.pace.most(100, TimeUnit.SECONDS.toNanos(1))).isEqualTo(10_000);
        assertThat(this.pace.restNanos(1_000)).isZero();
    }

    @Test
    void readsLittleAndRestsForLongerWhileEventsComeIn() {
        this.pace.accepted(List.of());
        this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(150));
        assertThat(this.pace.most(100, TimeUnit.MILLISECONDS.toNanos(1))).isEqualTo(200);
        assertThat(this.pace.restNanos(1_000)).isEqualTo(4_000);
        this.clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
        assertThat(this.pace.most(100, TimeUnit.MILLISECONDS.toNanos(1))).isEqualTo(10_000);
        assertThat(this.pace.restNanos(1_000)).isZero();
    }

    @Test
    void readsNeitherNothingNorTooMuchAtOnceWhileEventsComeIn() {
        this.pace.accepted(List.of());
        assertThat(this.pace.most(64, TimeUnit.SECONDS.toNanos(1))).isEqualTo(50);
        assertThat(this.pace.most(1_000, 1)).isEqualTo(1_000);
        assertThat(this.pace.most(1_000, 0)).isEqualTo(1_000);
    }

}
