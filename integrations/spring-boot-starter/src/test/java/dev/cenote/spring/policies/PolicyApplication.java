package dev.cenote.spring.policies;

import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.Postgres;
import dev.cenote.spring.jdbc.CenoteDataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;

/** Applications with annotated beans, on a real PostgreSQL, with policies by the name of orders. */
final class PolicyApplication {
    private PolicyApplication() {}

    /** With Spring's annotations of transactions. */
    static ApplicationContextRunner transactional() {
        return withoutTransactions()
                .withConfiguration(
                        AutoConfigurations.of(DataSourceAutoConfiguration.class, TransactionAutoConfiguration.class));
    }

    /** Where nobody heeds those. */
    static ApplicationContextRunner withoutTransactions() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PoolsAutoConfiguration.class,
                        PoliciesAutoConfiguration.class,
                        CenoteDataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        AopAutoConfiguration.class))
                .withPropertyValues(
                        "spring.datasource.url=" + Postgres.url(),
                        "spring.datasource.username=postgres",
                        "cenote.policies.retry.orders.max-retries=2",
                        "cenote.policies.retry.orders.base=1ms",
                        "cenote.policies.circuit-breaker.orders.failure-threshold=2");
    }
}
