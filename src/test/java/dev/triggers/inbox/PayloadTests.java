package dev.triggers.inbox;

import java.util.List;
import java.util.UUID;

import dev.triggers.support.Rows;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A payload reaches the answer as it is stored, character for character.
 */
class PayloadTests {

    private static final JdbcClient jdbc = Rows.newDatabase();

    private static final Rows rows = new Rows(jdbc);

    private static final JsonMapper mapper = JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .build();

    private final InboxRepository repository = new InboxRepository(jdbc);

    private final ItemRepository items = new ItemRepository(jdbc);

    @Property(tries = 200)
    void payloadComesBackAsItIsStored(@ForAll("documents") String payload) {
        UUID organization = Rows.newId();
        UUID event = rows.event(organization, "a", payload);
        InboxSlice slice = this.repository.find(organization, InboxQuery.of(InboxStatus.ALL, null, null, null, 0, 1));
        EventTexts texts = this.items.texts(organization, List.of(event)).get(event);
        assertThat(texts).isNotNull();
        assertThat(mapper.writeValueAsString(InboxItem.of(slice.events().getFirst(), texts)))
            .contains("\"payload\":" + payload + ",\"dedup_id\":null");
    }

    @Provide
    Arbitrary<String> documents() {
        return document(3);
    }

    private static Arbitrary<String> document(int depth) {
        Arbitrary<String> leaf = Arbitraries.oneOf(text(), Arbitraries.of("null", "true", "false", "0", "-0", "1.50",
                "1E+2", "12345678901234567890123", "0.1e-7"));
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<String> value = document(depth - 1);
        Arbitrary<String> array = value.list().ofMaxSize(4).map((values) -> "[" + String.join(",", values) + "]");
        Arbitrary<String> member = Combinators.combine(text(), space(), space(), value)
            .as((name, before, after, it) -> before + name + after + ":" + it);
        Arbitrary<String> object = member.list().ofMaxSize(4).map((members) -> "{" + String.join(", ", members) + "}");
        return Arbitraries.oneOf(leaf, array, object);
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of("", " ", "\n", "\t", "\r\n  ");
    }

    /** Escapes of every kind, and characters of every width. */
    private static Arbitrary<String> text() {
        return Arbitraries
            .of("a", "\\u0000", "\\u00E9", "\\/", "/", "\\\"", "\\\\", "\\n", "ü", "€", "😀", "\\ud83d\\ude00",
                    "\\ud800", "\u2028", "\uFFFF", "\u007f", "<", "'")
            .list()
            .ofMaxSize(6)
            .map((parts) -> "\"" + String.join("", parts) + "\"");
    }

}
