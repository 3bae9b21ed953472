package dev.triggers.search;

import java.time.Instant;
import java.util.UUID;

import dev.triggers.time.UuidV7;
import dev.triggers.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QueryParserTests {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void timesBoundTheIdentifiers() {
        SearchQuery query = QueryParser.parse("since:2h until:2026-01-31T11:00:00Z since:3h x", NOW);
        assertThat(query.low()).isEqualTo(UuidV7.floor(Instant.parse("2026-01-31T10:00:00Z")));
        assertThat(query.high()).isEqualTo(UuidV7.floor(Instant.parse("2026-01-31T11:00:00Z")));
        assertThat(query.clauses()).hasSize(1);
    }

    @Test
    void identifierIsTheOnlyOneLookedAt() {
        UUID id = UUID.randomUUID();
        SearchQuery query = QueryParser.parse("id:" + id, NOW);
        assertThat(query.low()).isEqualTo(id);
        assertThat(query.high().getLeastSignificantBits()).isEqualTo(id.getLeastSignificantBits() + 1);
    }

    @Test
    void negatedTermsNarrowNothing() {
        SearchQuery query = QueryParser.parse("-type:a -dedup:b -status:failed -word -payload.x:y", NOW);
        assertThat(query.type()).isNull();
        assertThat(query.dedupId()).isNull();
        assertThat(query.wantsDead()).isFalse();
        assertThat(query.needles()).isEmpty();
        assertThat(query.clauses()).hasSize(5).allMatch(Clause::negated);
    }

    @Test
    void numbersAndLiteralsAreNoNeedles() {
        assertThat(QueryParser.parse("payload.a.b:42 payload.c[]:true payload.d:x", NOW).needles())
            .containsExactly("\"a\"", "\"b\"", "\"c\"", "\"d\"", "\"x\"");
    }

    @Test
    void attemptsCompare() {
        assertThat(QueryParser.parse("attempts:>3", NOW).clauses())
            .containsExactly(new Clause(new Term.Attempts(4, Integer.MAX_VALUE), false));
        assertThat(QueryParser.parse("attempts:<=3", NOW).clauses())
            .containsExactly(new Clause(new Term.Attempts(0, 3), false));
        assertThat(QueryParser.parse("attempts:0", NOW).clauses())
            .containsExactly(new Clause(new Term.Attempts(0, 0), false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = { "foo:bar | unknown term foo", "http://x | unknown term http", "status:x | status:",
                    "code:6 | code:", "code:0xx | code:", "attempts:x | attempts:", "endpoint:x | endpoint:",
                    "id:1 | id:", "since:yesterday | since:", "-since:2h | since:", "type: | type: needs",
                    "payload.:1 | payload.:", "payload.a..b:1 | payload.a..b:", "payload.a[0]:1 | payload.a[0]:",
                    "payloads.a:1 | unknown term payloads.a", "payload:1 | unknown term payload", "\"x | quote",
                    "\"x\"y | closing quote", "- | without a word", "Status:failed | unknown term Status" })
    void badTermIsNamed(String text, String message) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryParser.parse(text, NOW))
            .satisfies((problem) -> assertThat(problem.errors()).singleElement().satisfies((error) -> {
                assertThat(error.field()).isEqualTo("q");
                assertThat(error.message()).contains(message);
            }));
    }

    @Test
    void unknownTermListsWhatIsKnown() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryParser.parse("foo:bar", NOW))
            .withMessageContaining("type, status, endpoint, code, error, dedup, id, since, until, attempts, payload");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\u0000", "a\tb" })
    void emptyAndUnprintableQueriesAreRefused(String text) {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryParser.parse(text, NOW));
    }

    @Test
    void queryIsBounded() {
        QueryParser.parse("x ".repeat(20), NOW);
        QueryParser.parse("x".repeat(2_048), NOW);
        QueryParser.parse("payload" + ".a".repeat(16) + ":1", NOW);
        for (String text : new String[] { "x ".repeat(21), "x".repeat(2_049), "\u00e9".repeat(1_025),
                "payload" + ".a".repeat(17) + ":1" }) {
            assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> QueryParser.parse(text, NOW));
        }
    }

}
