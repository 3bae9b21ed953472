package dev.triggers.inbox;

import dev.triggers.settings.MemoryProperties;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class PageBudgetTests {

    private final PageBudget budget = new PageBudget(new MemoryProperties(1));

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void whoTakesAgainHasTheLastShareAlone() throws InterruptedException {
        assertThat(this.budget.take(this.request, 10 * 1024)).isTrue();
        assertThat(this.budget.take(this.request, 20 * 1024)).isTrue();
        assertThat(this.budget.taken()).isEqualTo(20 * 1024);
        assertThat(this.budget.takeNow(this.request, 5 * 1024)).isTrue();
        assertThat(this.budget.taken()).isEqualTo(5 * 1024);
        this.budget.afterCompletion(this.request, new MockHttpServletResponse(), new Object(), null);
        assertThat(this.budget.taken()).isZero();
    }

}
