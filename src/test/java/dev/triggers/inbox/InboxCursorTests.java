package dev.triggers.inbox;

import java.util.UUID;

import dev.triggers.web.ProblemException;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InboxCursorTests {

    @Property
    void readsWhatItWrote(@ForAll long high, @ForAll long low, @ForAll Direction direction,
            @ForAll @IntRange(max = 10_000) int skip) {
        InboxCursor cursor = new InboxCursor(direction, new UUID(high, low), skip);
        assertThat(InboxCursor.parse(cursor.text())).isEqualTo(cursor);
    }

    @Property
    void anyOtherTextIsRefused(@ForAll @StringLength(max = 40) String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> InboxCursor.parse(text));
    }

    @Property
    void oneWrongCharacterIsNoticed(@ForAll long high, @ForAll long low, @ForAll @IntRange(max = 31) int position,
            @ForAll @IntRange(max = 63) int replacement) {
        String text = new InboxCursor(Direction.DESC, new UUID(high, low), 0).text();
        char other = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".charAt(replacement);
        if (other != text.charAt(position)) {
            String changed = text.substring(0, position) + other + text.substring(position + 1);
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> InboxCursor.parse(changed));
        }
    }

    @Example
    void partsAreRefused() {
        String text = new InboxCursor(Direction.ASC, new UUID(1, 2), 3).text();
        assertThat(text).hasSize(32).matches("[A-Za-z0-9_-]+");
        for (String part : new String[] { "", text.substring(1), text.substring(0, 31), text + "A", text + text }) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> InboxCursor.parse(part));
        }
    }

}
