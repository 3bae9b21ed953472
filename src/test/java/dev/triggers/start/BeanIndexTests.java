package dev.triggers.start;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.UnsatisfiedDependencyException;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.DependencyDescriptor;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.MethodParameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A dependency is found, or not, as it would be without the index. */
class BeanIndexTests {

    @Test
    void theOnlyBeanOfATypeIsNamed() throws NoSuchMethodException {
        try (AnnotationConfigApplicationContext context = context((it) -> it.registerBean("one", Circle.class))) {
            DependencyDescriptor dependency = new DependencyDescriptor(
                    new MethodParameter(Drawing.class.getDeclaredConstructor(Shape.class), 0), true);
            assertThat(
                    context.getDefaultListableBeanFactory().getAutowireCandidateResolver().getSuggestedName(dependency))
                .isEqualTo("one");
            assertThat(context.getBean(Drawing.class).shape()).isSameAs(context.getBean("one"));
        }
    }

    @Test
    void oneOfSeveralIsNotGuessed() {
        assertThatExceptionOfType(UnsatisfiedDependencyException.class).isThrownBy(() -> context((it) -> {
            it.registerBean("one", Circle.class);
            it.registerBean("other", Square.class);
        })).withRootCauseInstanceOf(NoUniqueBeanDefinitionException.class);
    }

    @Test
    void thePrimaryOfSeveralIsTaken() {
        try (AnnotationConfigApplicationContext context = context((it) -> {
            it.registerBean("one", Circle.class);
            it.registerBean("other", Square.class, (definition) -> definition.setPrimary(true));
        })) {
            assertThat(context.getBean(Drawing.class).shape()).isInstanceOf(Square.class);
        }
    }

    @Test
    void aQualifierDecides() {
        try (AnnotationConfigApplicationContext context = context((it) -> {
            it.registerBean("shape", Circle.class);
            it.registerBean("other", Square.class);
            it.registerBean(Qualified.class);
        })) {
            assertThat(context.getBean(Qualified.class).shape()).isInstanceOf(Square.class);
        }
    }

    @Test
    void aListIsOfAllBeans() {
        try (AnnotationConfigApplicationContext context = context((it) -> {
            it.registerBean("shape", Circle.class);
            it.registerBean("other", Square.class);
            it.registerBean(Gallery.class);
        })) {
            assertThat(context.getBean(Gallery.class).shapes()).hasSize(2);
        }
    }

    @Test
    void whatIsRegisteredWithoutADefinitionIsFound() {
        Circle circle = new Circle();
        try (AnnotationConfigApplicationContext context = context(
                (it) -> it.getBeanFactory().registerSingleton("one", circle))) {
            assertThat(context.getBean(Drawing.class).shape()).isSameAs(circle);
        }
    }

    @Test
    void whatIsNotForInjectionIsNotInjected() {
        assertThatExceptionOfType(UnsatisfiedDependencyException.class)
            .isThrownBy(() -> context((it) -> it.registerBean("one", Circle.class,
                    (definition) -> definition.setAutowireCandidate(false))))
            .withRootCauseInstanceOf(NoSuchBeanDefinitionException.class);
    }

    @Test
    void anotherKindOfAGenericTypeDoesNotFit() {
        assertThatExceptionOfType(UnsatisfiedDependencyException.class).isThrownBy(() -> context((it) -> {
            it.registerBean("shape", Circle.class);
            it.registerBean("frame", CircleFrame.class);
            it.registerBean(Wall.class);
        })).withRootCauseInstanceOf(NoSuchBeanDefinitionException.class);
    }

    private static AnnotationConfigApplicationContext context(Consumer<AnnotationConfigApplicationContext> beans) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.registerBean(BeanIndex.class);
        context.registerBean(Drawing.class);
        beans.accept(context);
        context.refresh();
        return context;
    }

    interface Shape {

    }

    static final class Circle implements Shape {

    }

    static final class Square implements Shape {

    }

    interface Frame<T> {

    }

    static final class CircleFrame implements Frame<Circle> {

    }

    record Drawing(Shape shape) {

    }

    record Qualified(@Qualifier("other") Shape shape) {

    }

    record Gallery(List<Shape> shapes) {

    }

    record Wall(Frame<Square> frame) {

    }

}
