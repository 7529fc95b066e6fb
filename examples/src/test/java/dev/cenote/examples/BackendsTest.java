package dev.cenote.examples;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only here are all backends on one class path. */
class BackendsTest {
    private static final String[] BACKENDS = {
        "dev.cenote.jdbc..", "dev.cenote.postgres..", "dev.cenote.mysql..", "dev.cenote.mongo..", "dev.cenote.redis.."
    };
    private static final JavaClasses CENOTE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cenote");
    private static final DescribedPredicate<JavaClass> PRIVATE_PARTS_OF_THE_ENGINE = describe(
            "are private parts of the engine",
            type -> type.getPackageName().equals("dev.cenote.pool")
                    && !type.getModifiers().contains(JavaModifier.PUBLIC));

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mysql"})
    void relationalBackendsSeeNoOtherButTheSharedOne(String backend) {
        seesNone(backend, "dev.cenote." + backend + "..", "dev.cenote.jdbc..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc", "mongo", "redis"})
    void otherBackendsSeeNone(String backend) {
        seesNone(backend, "dev.cenote." + backend + "..");
    }

    private static void seesNone(String backend, String... but) {
        String[] others = Stream.of(BACKENDS)
                .filter(other -> !java.util.List.of(but).contains(other))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.cenote." + backend + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(CENOTE);
    }

    @Test
    void backendsSeeOnlyThePublicEngine() {
        noClasses()
                .that()
                .resideInAnyPackage(BACKENDS)
                .should()
                .dependOnClassesThat(PRIVATE_PARTS_OF_THE_ENGINE)
                .check(CENOTE);
    }

    @Test
    void coreSeesNoBackend() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.cenote",
                        "dev.cenote.protocols..",
                        "dev.cenote.pool..",
                        "dev.cenote.retry..",
                        "dev.cenote.circuit..",
                        "dev.cenote.decorators..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BACKENDS)
                .check(CENOTE);
    }
}
