package dev.triggers;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.annotation.Schedules;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.RestController;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "dev.triggers", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    private static final String BASE = "dev.triggers";

    /** Which packages a package may use, apart from itself. */
    private static final Map<String, Set<String>> DIRECTIONS = Map.ofEntries(Map.entry("time", Set.of()), //
            Map.entry("settings", Set.of()), //
            Map.entry("start", Set.of()), //
            Map.entry("trace", Set.of()), //
            Map.entry("web", Set.of("time", "settings", "trace", "database")), //
            Map.entry("otlp", Set.of("time", "settings", "trace")), //
            Map.entry("portal", Set.of("settings", "web")), //
            Map.entry("database", Set.of("time", "settings")), //
            Map.entry("health", Set.of("time", "settings", "web", "database")), //
            Map.entry("audit", Set.of("time", "settings", "web", "database")), //
            Map.entry("key", Set.of("time", "settings", "web", "database", "health", "audit")), //
            Map.entry("replica", Set.of("database", "key")), //
            Map.entry("organization", Set.of("time", "settings", "web", "database", "audit", "key", "statistics")), //
            Map.entry("cell", Set.of("settings", "trace", "web", "database", "key")), //
            Map.entry("placement", Set.of("settings", "web", "database", "key", "cell")), //
            Map.entry("move", Set.of("time", "web", "database", "audit", "key", "organization", "cell", "placement")), //
            Map.entry("ratelimit", Set.of("time", "settings", "web", "database", "health", "key")), //
            Map.entry("event", Set.of("time", "settings", "trace", "web", "database", "health", "key", "ratelimit")), //
            Map.entry("inbox", Set.of("time", "settings", "web", "database", "health", "key", "event")), //
            Map.entry("catalogue", Set.of("time", "settings", "web", "database", "health", "key", "event")), //
            Map.entry("log",
                    Set.of("time", "settings", "web", "database", "replica", "health", "key", "event", "inbox")), //
            Map.entry("lease", Set.of("time", "settings", "web", "database", "health", "key", "event", "inbox")), //
            Map.entry("search",
                    Set.of("time", "settings", "web", "database", "replica", "health", "key", "inbox", "event")), //
            Map.entry("webhook", Set.of("time", "settings", "web", "database", "health", "audit", "key")), //
            Map.entry("sending", Set.of("time", "settings", "trace", "web", "key", "webhook")), //
            Map.entry("playground", Set.of("time", "settings", "web", "key", "sending")), //
            Map.entry("attempt",
                    Set.of("time", "settings", "trace", "web", "database", "replica", "health", "key", "event", "inbox",
                            "webhook", "sending")), //
            Map.entry("delivery",
                    Set.of("time", "settings", "trace", "web", "database", "health", "key", "event", "webhook",
                            "sending")), //
            Map.entry("statistics",
                    Set.of("time", "settings", "web", "database", "health", "key", "event", "webhook", "delivery")), //
            Map.entry("stream",
                    Set.of("time", "settings", "web", "database", "health", "key", "event", "inbox", "log",
                            "delivery")), //
            Map.entry("repair", Set.of("time", "settings", "web", "database", "health", "audit", "key", "event",
                    "inbox", "webhook", "delivery")));

    private static final DescribedPredicate<JavaClass> A_REPOSITORY = DescribedPredicate.describe("a repository",
            (type) -> outermost(type).getSimpleName().endsWith("Repository"));

    private static final DescribedPredicate<JavaClass> MAKES_HTTP_CALLS = DescribedPredicate.describe("make HTTP calls",
            (type) -> type.getDirectDependenciesFromSelf()
                .stream()
                .anyMatch((dependency) -> dependency.getTargetClass().getPackageName().startsWith("org.apache.hc")
                        || dependency.getTargetClass().getPackageName().startsWith("java.net.http")));

    @ArchTest
    static final ArchRule featuresAreFreeOfCycles = slices().matching(BASE + ".(*)..")
        .should()
        .beFreeOfCycles()
        .because("a feature that is part of a cycle cannot be understood, or changed, alone");

    @ArchTest
    static final ArchRule featuresPointInOneDirection = classes().that(resideInAPackage(BASE + ".(*).."))
        .should(useOnlyTheFeaturesBelowThem())
        .because("what is stored must not come to depend on how it is delivered or shown");

    @ArchTest
    static final ArchRule onlyRepositoriesSpeakSql = noClasses()
        .that(DescribedPredicate.not(A_REPOSITORY.or(resideInAPackage(BASE + ".database.."))))
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.springframework.jdbc..", "java.sql.."))
        .because("a statement is found, and its plan and its cost judged, in the repository of its feature");

    @ArchTest
    static final ArchRule httpCallsKnowNoTransaction = noClasses().that(MAKES_HTTP_CALLS)
        .should()
        .dependOnClassesThat(A_REPOSITORY.or(resideInAnyPackage("org.springframework.transaction..", "javax.sql..")))
        .because("nothing may hold a database connection or a row's lock while a receiver takes its time");

    @ArchTest
    static final ArchRule sendingKnowsNoRepository = noClasses().that(resideInAPackage(BASE + ".sending.."))
        .should()
        .dependOnClassesThat(A_REPOSITORY.or(resideInAnyPackage("org.springframework.transaction..", "javax.sql..",
                "java.sql..", BASE + ".database..")))
        .because("an attempt is made from what it is given, so that nothing of the database waits for a receiver")
        .allowEmptyShould(false);

    @ArchTest
    static final ArchRule httpCallsAreNotTransactional = noMethods().that()
        .areDeclaredInClassesThat(MAKES_HTTP_CALLS)
        .should()
        .beAnnotatedWith(Transactional.class)
        .because("nothing may hold a database connection or a row's lock while a receiver takes its time");

    @ArchTest
    static final ArchRule transactionsKnowNoHttpCalls = noMethods().that()
        .areAnnotatedWith(Transactional.class)
        .should()
        .beDeclaredInClassesThat(DescribedPredicate.describe("use what makes HTTP calls",
                (type) -> type.getDirectDependenciesFromSelf()
                    .stream()
                    .anyMatch((dependency) -> MAKES_HTTP_CALLS.test(dependency.getTargetClass()))))
        .because("nothing may hold a database connection or a row's lock while a receiver takes its time");

    @ArchTest
    static final ArchRule declarationsAreWhereTheyAreLookedFor = methods().that()
        .areAnnotatedWith(Transactional.class)
        .or()
        .areAnnotatedWith(Scheduled.class)
        .or()
        .areAnnotatedWith(Schedules.class)
        .should()
        .beDeclaredInClassesThat(DescribedPredicate.describe("are beans themselves, which nothing extends",
                (type) -> !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && type.getAllSubclasses().isEmpty()))
        .andShould()
        .beDeclaredInClassesThat(DescribedPredicate.describe("neither answer requests nor make beans",
                (type) -> !type.getName().endsWith("Controller") && !type.getName().endsWith("Configuration")))
        .because("others would not be found, and would run without a transaction, or never");

    @ArchTest
    static final ArchRule transactionsAreDeclaredForMethods = noClasses().should()
        .beAnnotatedWith(Transactional.class)
        .because("they are looked for at methods");

    @ArchTest
    static final ArchRule controllersAreCalledSo = classes().that()
        .areAnnotatedWith(RestController.class)
        .or()
        .areAnnotatedWith(Controller.class)
        .should()
        .haveSimpleNameEndingWith("Controller")
        .because("others would not be found, and would answer nothing");

    @ArchTest
    static final ArchRule theClockIsHandedIn = noClasses().that()
        .doNotHaveFullyQualifiedName(BASE + ".time.TimeConfiguration")
        .should()
        .accessTargetWhere(DescribedPredicate.describe("reads the system's clock", ArchitectureTests::readsTheClock))
        .because("only a clock that is handed in can be moved by hand in a test");

    @ArchTest
    static final ArchRule dependenciesArriveThroughConstructors = GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION
        .because("a class whose constructor names what it needs can be made, and tested, without a container");

    @ArchTest
    static final ArchRule noClassIsSwitchedByTheEnvironment = noClasses().should()
        .beAnnotatedWith(ConditionalOnProperty.class)
        .orShould()
        .beAnnotatedWith(Profile.class)
        .because("ahead-of-time processing decides conditions while building, not where the service runs");

    @ArchTest
    static final ArchRule noBeanIsSwitchedByTheEnvironment = noMethods().should()
        .beAnnotatedWith(ConditionalOnProperty.class)
        .orShould()
        .beAnnotatedWith(Profile.class)
        .because("ahead-of-time processing decides conditions while building, not where the service runs");

    @ArchTest
    static final ArchRule settingsAreRecords = classes().that(simpleNameEndingWith("Properties"))
        .should()
        .beRecords()
        .because("settings are read once, checked once, and never change while the service runs");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
        .should(new ArchCondition<JavaClass>("reside in a package that is @NullMarked") {

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().tryGetAnnotationOfType(NullMarked.class).isPresent();
                events.add(new SimpleConditionEvent(type, marked, type.getPackageName() + " of " + type.getName()));
            }

        })
        .because("absence is then said where it is meant, and the compiler holds it");

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTests::outermost).orElse(type);
    }

    private static ArchCondition<JavaClass> useOnlyTheFeaturesBelowThem() {
        String directions = DIRECTIONS.entrySet()
            .stream()
            .map((entry) -> entry.getKey() + " uses " + entry.getValue())
            .sorted()
            .collect(Collectors.joining("; "));
        return new ArchCondition<>("use only the features below them (" + directions + ")") {

            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String feature = feature(type);
                Set<String> allowed = DIRECTIONS.get(feature);
                if (allowed == null) {
                    events.add(SimpleConditionEvent.violated(type,
                            "The direction of package " + feature + " is not laid down: " + type.getName()));
                    return;
                }
                type.getDirectDependenciesFromSelf().forEach((dependency) -> {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    boolean fine = !target.getPackageName().startsWith(BASE + ".") || feature(target).equals(feature)
                            || allowed.contains(feature(target));
                    events.add(new SimpleConditionEvent(type, fine, dependency.getDescription()));
                });
            }

        };
    }

    private static String feature(JavaClass type) {
        return type.getPackageName().substring(BASE.length() + 1).split("\\.")[0];
    }

    private static boolean readsTheClock(JavaAccess<?> access) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
            return false;
        }
        JavaClass owner = target.getOwner();
        List<JavaClass> parameters = target.getRawParameterTypes();
        return switch (target.getName()) {
            case "now" -> owner.getPackageName().equals("java.time")
                    && parameters.stream().noneMatch((parameter) -> parameter.isEquivalentTo(Clock.class));
            case "currentTimeMillis" -> owner.isEquivalentTo(System.class);
            case "systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds", "tickMinutes" ->
                owner.isEquivalentTo(Clock.class);
            case JavaConstructor.CONSTRUCTOR_NAME -> owner.isEquivalentTo(Date.class) && parameters.isEmpty();
            default -> false;
        };
    }

}
