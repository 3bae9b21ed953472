package dev.triggers.key;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import dev.triggers.support.PostgresServer;
import dev.triggers.web.ProblemException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventTypesTests {

    private static @Nullable Connection connection;

    @BeforeContainer
    static void connect() throws SQLException {
        URI url = URI.create(PostgresServer.newDatabase());
        String[] user = url.getUserInfo().split(":");
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + url.getPort() + url.getPath(), user[0], user[1]);
    }

    @AfterContainer
    static void disconnect() throws SQLException {
        connection().close();
    }

    @Property
    void patternMatchesInSqlWhatTheRuleSays(@ForAll("filters") String filter, @ForAll("types") String type)
            throws SQLException {
        Assume.that(isAccepted(filter));
        assertThat(matchesInSql(filter, type)).isEqualTo(matchesByTheRule(filter, type));
    }

    @Property
    void exactNameMatchesItselfAndNothingLonger(@ForAll("types") String type) throws SQLException {
        Assume.that(type.indexOf('*') < 0);
        assertThat(matchesInSql(type, type)).isTrue();
        assertThat(matchesInSql(type, type + "x")).isFalse();
    }

    @Property
    void prefixMatchesWhateverFollows(@ForAll("types") String prefix, @ForAll("types") String rest)
            throws SQLException {
        String filter = prefix + ".*";
        Assume.that(isAccepted(filter));
        assertThat(matchesInSql(filter, prefix + "." + rest)).isTrue();
        assertThat(matchesInSql(filter, prefix)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "*", "user.*", "user.created", "a.b.*", "user", "%", "_", "\\", "größe.*", "a b" })
    void accepts(String filter) {
        assertThat(EventTypes.check("event_types", List.of(filter))).containsExactly(filter);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "**", "us*", "*.created", ".*", "user.*.x", "user.**", "a*b", "user\n", "\u0000",
            "\uD800" })
    void refuses(String filter) {
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> EventTypes.check("event_types", List.of("fine", filter)))
            .satisfies((problem) -> assertThat(problem.errors().getFirst().field()).isEqualTo("event_types[1]"));
    }

    @Test
    void filtersAreBoundedInNumberAndLength() {
        assertThat(EventTypes.check("event_types", List.of("ü".repeat(255)))).hasSize(1);
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> EventTypes.check("event_types", List.of("ü".repeat(256))));
        assertThatExceptionOfType(ProblemException.class)
            .isThrownBy(() -> EventTypes.check("event_types", Collections.nCopies(101, "a")));
    }

    @Test
    void repeatedFilterIsKeptOnce() {
        assertThat(EventTypes.check("event_types", List.of("a", "b", "a"))).containsExactly("a", "b");
    }

    @Provide
    Arbitrary<String> filters() {
        Arbitrary<String> suffix = Arbitraries.of("", ".*", ".*", "*");
        return types().flatMap((name) -> suffix.map((end) -> name + end));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.strings().withChars("ab.%_\\*ü😀".toCharArray()).ofMinLength(1).ofMaxLength(6);
    }

    private static boolean isAccepted(String filter) {
        try {
            EventTypes.check("event_types", List.of(filter));
            return true;
        }
        catch (ProblemException ex) {
            return false;
        }
    }

    private static boolean matchesByTheRule(String filter, String type) {
        if (filter.equals("*")) {
            return true;
        }
        return filter.endsWith(".*") ? type.startsWith(filter.substring(0, filter.length() - 1)) : type.equals(filter);
    }

    private static boolean matchesInSql(String filter, String type) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement("select ? like any(?)")) {
            statement.setString(1, type);
            statement.setArray(2,
                    connection().createArrayOf("text", new String[] { "never matched", EventTypes.pattern(filter) }));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private static Connection connection() {
        return Objects.requireNonNull(connection);
    }

}
