package dev.triggers.start;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.triggers.support.IntegrationTest;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static org.assertj.core.api.Assertions.assertThat;

/** What Spring would find by looking everywhere is found where it is looked for. */
@IntegrationTest
class DeclaredMethodsTests {

    @Autowired
    private ApplicationContext context;

    @Test
    void whatDeclaresTransactionsAndNothingElseStandsBehindAProxy() {
        List<Object> proxies = new ArrayList<>();
        List<Object> declaring = new ArrayList<>();
        for (Object bean : this.context.getBeansOfType(Object.class).values()) {
            if (AopUtils.isAopProxy(bean)) {
                proxies.add(bean);
            }
            if (methods(bean, Transactional.class).length > 0) {
                declaring.add(bean);
            }
        }
        assertThat(declaring).isNotEmpty();
        assertThat(proxies).containsExactlyInAnyOrderElementsOf(declaring);
    }

    @Test
    void everyScheduledMethodIsCalled() {
        List<String> declared = this.context.getBeansOfType(Object.class)
            .values()
            .stream()
            .flatMap((bean) -> Arrays.stream(methods(bean, Scheduled.class)))
            .map((method) -> method.getDeclaringClass().getName() + "." + method.getName())
            .toList();
        assertThat(declared).isNotEmpty();
        assertThat(this.context.getBean(ScheduledTaskHolder.class).getScheduledTasks()).extracting(Object::toString)
            .containsExactlyInAnyOrderElementsOf(declared);
    }

    @Test
    void everyControllerAnswers() {
        List<String> answering = this.context.getBean(RequestMappingHandlerMapping.class)
            .getHandlerMethods()
            .values()
            .stream()
            .map(HandlerMethod::getBeanType)
            .map(Class::getName)
            .distinct()
            .toList();
        assertThat(this.context.getBeansWithAnnotation(Controller.class).values()).isNotEmpty()
            .extracting((controller) -> AopUtils.getTargetClass(controller).getName())
            .containsExactlyInAnyOrderElementsOf(answering);
    }

    private static Method[] methods(Object bean, Class<? extends Annotation> annotation) {
        return Arrays.stream(ReflectionUtils.getUniqueDeclaredMethods(AopUtils.getTargetClass(bean)))
            .filter((method) -> MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY).isPresent(annotation))
            .toArray(Method[]::new);
    }

}
