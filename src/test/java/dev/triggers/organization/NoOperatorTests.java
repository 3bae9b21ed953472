package dev.triggers.organization;

import dev.triggers.support.Api;
import dev.triggers.support.IntegrationTest;
import dev.triggers.support.Operator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where no token is configured there is no operator.
 */
@IntegrationTest
class NoOperatorTests {

    @Autowired
    Api api;

    @Test
    void nothingOfTheOperatorsExists() {
        for (String token : new String[] { null, "", "anything" }) {
            Operator operator = new Operator(this.api, token);
            assertThat(operator.get("/organizations").status()).isEqualTo(404);
            assertThat(operator.post("/organizations", "{}").status()).isEqualTo(404);
            assertThat(operator.get("/nothing").status()).isEqualTo(404);
        }
    }

}
