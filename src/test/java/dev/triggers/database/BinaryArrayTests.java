package dev.triggers.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

import javax.sql.DataSource;

import dev.triggers.support.IntegrationTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class BinaryArrayTests {

    @Autowired
    private DataSource dataSource;

    @Test
    void textsArriveAsTheyAre() throws SQLException {
        List<@Nullable String> texts = Arrays.asList("", null, "null", "a,b", "{\"quoted\": \"\\\\\"}", " x\n\t",
                "ä€😀", "x".repeat(300_000));
        assertThat(elements("text[]", texts,
                (connection, rows) -> BinaryArray.texts(connection, rows, Function.identity())))
            .isEqualTo(texts);
    }

    @Test
    void textsWithoutNullsAndNullsAloneArrive() throws SQLException {
        for (List<@Nullable String> texts : List.of(List.of("a", "b"), Arrays.asList((String) null),
                Arrays.<@Nullable String>asList(null, null))) {
            assertThat(elements("text[]", texts,
                    (connection, rows) -> BinaryArray.texts(connection, rows, Function.identity())))
                .isEqualTo(texts);
        }
    }

    @Test
    void identifiersArriveAsTheyAre() throws SQLException {
        Random random = new Random(1);
        List<UUID> ids = new ArrayList<>(List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, Long.MIN_VALUE)));
        for (int i = 0; i < 500; i++) {
            ids.add(new UUID(random.nextLong(), random.nextLong()));
        }
        assertThat(
                elements("uuid[]", ids, (connection, rows) -> BinaryArray.uuids(connection, rows, Function.identity())))
            .isEqualTo(ids.stream().map(UUID::toString).toList());
    }

    /** What the server reads out of the array, element by element, as text. */
    private <T> List<@Nullable String> elements(String type, List<T> rows, Parameter<T> parameter) throws SQLException {
        try (Connection connection = this.dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement("select element::text from unnest(?::" + type
                        + ") with ordinality u (element, position)" + " order by position")) {
            statement.setArray(1, parameter.of(connection, rows));
            List<@Nullable String> elements = new ArrayList<>();
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    elements.add(results.getString(1));
                }
            }
            return elements;
        }
    }

    private interface Parameter<T> {

        Array of(Connection connection, List<T> rows) throws SQLException;

    }

}
