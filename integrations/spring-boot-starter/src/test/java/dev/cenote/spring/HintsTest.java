package dev.cenote.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.support.JdbcTransactionManager;

class HintsTest {
    private static RuntimeHints hints() {
        var hints = new RuntimeHints();
        List<RuntimeHintsRegistrar> found =
                AotServices.factories().load(RuntimeHintsRegistrar.class).asList();
        assertThat(found).hasAtLeastOneElementOfType(CenoteRuntimeHints.class);
        found.stream()
                .filter(CenoteRuntimeHints.class::isInstance)
                .forEach(each -> each.registerHints(hints, HintsTest.class.getClassLoader()));
        return hints;
    }

    @Test
    void theDataSourceIsABean() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(CenoteDataSource.class)
                        .withMemberCategories(
                                MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS, MemberCategory.INVOKE_PUBLIC_METHODS))
                .accepts(hints());
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(CenoteDataSource.class.getMethod("setUrl", String.class)))
                .accepts(hints());
    }

    @Test
    void durationsAreRead() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(DurationOrOff.class.getMethod("valueOf", String.class)))
                .accepts(hints());
    }

    @Test
    void servicesAreFound() {
        assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/services/dev.cenote.jdbc.JdbcProduct"))
                .accepts(hints());
        assertThat(RuntimeHintsPredicates.resource().forResource("META-INF/services/dev.cenote.protocols.Backend"))
                .accepts(hints());
        assertThat(RuntimeHintsPredicates.reflection()
                        .onType(dev.cenote.postgres.PostgresProduct.class)
                        .withMemberCategory(MemberCategory.INVOKE_PUBLIC_CONSTRUCTORS))
                .accepts(hints());
    }

    @Test
    void whatATransactionManagerIsOverCanBeAsked() throws Exception {
        assertThat(RuntimeHintsPredicates.reflection()
                        .onMethodInvocation(DataSourceTransactionManager.class.getMethod("getDataSource")))
                .accepts(hints());
        assertThat(RuntimeHintsPredicates.reflection().onType(JdbcTransactionManager.class))
                .accepts(hints());
    }
}
