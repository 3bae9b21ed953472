package dev.triggers.sending;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import dev.triggers.web.ProblemException;
import dev.triggers.web.ProblemKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TestPlacesTests {

    private final TestPlaces places = new TestPlaces();

    @Test
    void organizationHasAFewAndLeavesTheOthersToOthers() {
        UUID organization = UUID.randomUUID();
        take(organization, TestPlaces.OF_AN_ORGANIZATION);
        assertThat(refusal(organization)).isEqualTo(ProblemKind.RATE_LIMITED);
        assertThatNoException().isThrownBy(() -> this.places.take(UUID.randomUUID()));
        this.places.leave(organization);
        assertThatNoException().isThrownBy(() -> this.places.take(organization));
        assertThat(refusal(organization)).isEqualTo(ProblemKind.RATE_LIMITED);
    }

    @Test
    void allOfThemTogetherAreBoundedToo() {
        List<UUID> organizations = new ArrayList<>();
        while (organizations.size() < TestPlaces.TOTAL / TestPlaces.OF_AN_ORGANIZATION) {
            organizations.add(UUID.randomUUID());
            take(organizations.getLast(), TestPlaces.OF_AN_ORGANIZATION);
        }
        assertThat(refusal(UUID.randomUUID())).isEqualTo(ProblemKind.UNAVAILABLE);
        this.places.leave(organizations.getFirst());
        assertThatNoException().isThrownBy(() -> this.places.take(UUID.randomUUID()));
    }

    private void take(UUID organization, int count) {
        for (int i = 0; i < count; i++) {
            this.places.take(organization);
        }
    }

    private ProblemKind refusal(UUID organization) {
        return catchThrowableOfType(ProblemException.class, () -> this.places.take(organization)).kind();
    }

}
