package dev.cenote;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.cenote.protocols.DeadlineExceededException;
import dev.cenote.protocols.errors.CenoteException;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.cenote");

    @Test
    void dependenciesPointInward() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("protocols")
                .definedBy("dev.cenote.protocols..")
                .layer("metrics")
                .definedBy("dev.cenote.metrics..")
                .layer("pool")
                .definedBy("dev.cenote.pool..")
                .layer("retry")
                .definedBy("dev.cenote.retry..")
                .layer("circuit")
                .definedBy("dev.cenote.circuit..")
                .layer("decorators")
                .definedBy("dev.cenote.decorators..")
                .layer("cenote")
                .definedBy("dev.cenote")
                .whereLayer("cenote")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("decorators")
                .mayOnlyBeAccessedByLayers("cenote")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("cenote")
                .whereLayer("pool")
                .mayOnlyBeAccessedByLayers("decorators", "cenote")
                .whereLayer("retry")
                .mayOnlyBeAccessedByLayers("decorators", "cenote")
                .whereLayer("circuit")
                .mayOnlyBeAccessedByLayers("decorators", "cenote")
                .whereLayer("protocols")
                .mayNotAccessAnyLayer()
                .ensureAllClassesAreContainedInArchitecture()
                .check(CORE);
    }

    @Test
    void coreNeedsOnlyTheJdkAndJspecify() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.management..", "jdk.jfr..", "org.jspecify..", "dev.cenote..")
                .check(CORE);
    }

    /** One level deep: protocols and its errors, events and operations are one thing in several packages. */
    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.cenote.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .check(CORE);
    }

    @Test
    void errorsOfCenoteLiveTogether() {
        classes()
                .that()
                .areAssignableTo(CenoteException.class)
                .and()
                .arePublic()
                .should()
                .resideInAPackage("dev.cenote.protocols.errors")
                .check(CORE);
    }

    /** DeadlineExceededException is no error of Cenote: an operation throws it in place of the driver's. */
    @Test
    void otherThrowablesArePrivate() {
        noClasses()
                .that()
                .areAssignableTo(Throwable.class)
                .and()
                .areNotAssignableTo(CenoteException.class)
                .and()
                .doNotHaveFullyQualifiedName(DeadlineExceededException.class.getName())
                .should()
                .bePublic()
                .check(CORE);
    }
}
