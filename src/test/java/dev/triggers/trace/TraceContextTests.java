package dev.triggers.trace;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceContextTests {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void headerIsRead() {
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-01"))
            .isEqualTo(new TraceContext(TRACE, SPAN, true));
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-00"))
            .isEqualTo(new TraceContext(TRACE, SPAN, false));
        assertThat(TraceContext.parse("00-" + TRACE + "-" + SPAN + "-ff"))
            .isEqualTo(new TraceContext(TRACE, SPAN, true));
    }

    @Test
    void laterVersionsMaySayMore() {
        TraceContext known = new TraceContext(TRACE, SPAN, true);
        assertThat(TraceContext.parse("01-" + TRACE + "-" + SPAN + "-01")).isEqualTo(known);
        assertThat(TraceContext.parse("cc-" + TRACE + "-" + SPAN + "-03-what.else")).isEqualTo(known);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "00", "garbage", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
            "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
            "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333z-01",
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
            "00-0af7651916cd43dd8448eb211c80319cb-7ad6b7169203331-01",
            "00-\u0660af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" })
    void whatIsNoContextIsIgnored(String header) {
        assertThat(TraceContext.parse(header)).isNull();
        assertThat(TraceContext.parse(null)).isNull();
    }

    @Test
    void requestTellsOfOneSpanAndWhatOthersSayOfItsTrace() {
        String good = "00-" + TRACE + "-" + SPAN + "-01";
        assertThat(TraceContext.parse(List.of(good), List.of("a=1", "b=2")))
            .isEqualTo(new TraceContext(TRACE, SPAN, true, new Tracestate("a=1,b=2")));
        assertThat(TraceContext.parse(List.of(good), List.of("nonsense")))
            .isEqualTo(new TraceContext(TRACE, SPAN, true));
        assertThat(TraceContext.parse(List.of(good, good), List.of("a=1"))).isNull();
        assertThat(TraceContext.parse(List.of("nonsense"), List.of("a=1"))).isNull();
        assertThat(TraceContext.parse(List.of(), List.of("a=1"))).isNull();
    }

    @Test
    void whatOthersTellStandsBehindTheAttempt() {
        TraceContext context = new TraceContext(TRACE, SPAN, true, new Tracestate("a=1,b=2"));
        byte[] stored = context.bytes();
        assertThat(stored).hasSize(TraceContext.BYTES + 8 + 7);
        assertThat(TraceContext.of(stored)).isEqualTo(context);
        assertThat(Lineage.of(stored)).isEqualTo(new Lineage(context, null));
        byte[] sent = new SentTrace(context, "00f067aa0ba902b7").bytes();
        assertThat(sent).as("what is there is not changed").hasSize(TraceContext.BYTES + 8);
        System.arraycopy(sent, 0, stored, 0, sent.length);
        assertThat(Lineage.of(stored)).isEqualTo(new Lineage(context, "00f067aa0ba902b7"));
    }

    @Test
    void isStoredInTwentyFiveBytes() {
        for (boolean sampled : new boolean[] { true, false }) {
            TraceContext context = new TraceContext(TRACE, SPAN, sampled);
            assertThat(context.bytes()).hasSize(TraceContext.BYTES);
            assertThat(TraceContext.of(context.bytes())).isEqualTo(context);
            assertThat(TraceContext.parse(context.traceparent())).isEqualTo(context);
        }
        assertThat(TraceContext.of(null)).isNull();
        assertThat(TraceContext.of(new byte[24])).isNull();
    }

    @Test
    void lineageNamesTheAttemptBefore() {
        TraceContext creation = new TraceContext(TRACE, SPAN, true);
        assertThat(Lineage.of(creation.bytes())).isEqualTo(new Lineage(creation, null));
        assertThat(Lineage.of(new SentTrace(creation, "00f067aa0ba902b7").bytes()))
            .isEqualTo(new Lineage(creation, "00f067aa0ba902b7"));
        assertThat(Lineage.of(null)).isNull();
        assertThat(Lineage.begin(null)).isNull();
    }

}
