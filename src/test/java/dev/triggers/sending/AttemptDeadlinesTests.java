package dev.triggers.sending;

import java.util.concurrent.ScheduledExecutorService;

import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

@IntegrationTest
class AttemptDeadlinesTests {

    @Autowired
    private ApplicationContext context;

    @Test
    void scheduledTasksHaveThreadsOfTheirOwn() {
        assertThat(this.context.getBean(TaskScheduler.class)).isInstanceOf(SimpleAsyncTaskScheduler.class);
        assertThat(this.context.getBeansOfType(ScheduledExecutorService.class)).isEmpty();
    }

}
