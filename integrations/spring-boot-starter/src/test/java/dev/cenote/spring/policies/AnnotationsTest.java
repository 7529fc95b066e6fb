package dev.cenote.spring.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.annotations.Bulkhead;
import dev.cenote.decorators.annotations.Idempotent;
import dev.cenote.decorators.annotations.ReadOnly;
import dev.cenote.decorators.annotations.Retry;
import dev.cenote.decorators.annotations.WithDeadline;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.spring.PoolCustomizer;
import dev.cenote.spring.PoolsAutoConfiguration;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.aop.support.AopUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

class AnnotationsTest {
    private final ApplicationContextRunner runner = PolicyApplication.transactional()
            .withPropertyValues("cenote.policies.bulkhead.orders.max-concurrent-calls=1");

    /** Its statements fail on the server as their arguments say. */
    @Service
    static class Orders {
        final AtomicInteger attempts = new AtomicInteger();
        private final JdbcTemplate jdbc;

        Orders(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        private void failFirst(String state) {
            if (attempts.incrementAndGet() == 1) {
                jdbc.execute("do $$ begin raise exception 'told to' using errcode = '" + state + "'; end $$");
            }
        }

        @ReadOnly
        @Retry(name = "orders")
        public int read(String state) {
            failFirst(state);
            return attempts.get();
        }

        @Retry(name = "orders")
        public int write(String state) {
            failFirst(state);
            return attempts.get();
        }

        @Transactional
        @Retry(name = "orders")
        public int writeInTransaction(String state) {
            jdbc.update("insert into annotated values (?)", attempts.get());
            failFirst(state);
            return attempts.get();
        }

        @Idempotent
        @Retry(name = "orders", fallbackMethod = "unknown")
        public String duplicate() {
            attempts.incrementAndGet();
            jdbc.execute("do $$ begin raise unique_violation; end $$");
            return "never";
        }

        private String unknown(DuplicateKeyException error) {
            return "fallback after " + attempts.get();
        }

        @WithDeadline("2s")
        public boolean hasDeadline() {
            return Deadline.current().isLimited();
        }

        @dev.cenote.decorators.annotations.CircuitBreaker(name = "orders")
        public void down() {
            attempts.incrementAndGet();
            throw new IllegalStateException("down");
        }

        public String plain() {
            return "plain";
        }
    }

    private ApplicationContextRunner withOrders() {
        return runner.withBean(Orders.class);
    }

    @Test
    void aReadIsTriedAgainByTheVerdictOnTheDriversError() {
        withOrders()
                .run(context ->
                        assertThat(context.getBean(Orders.class).read("40001")).isEqualTo(2));
    }

    @Test
    void anErrorThatNoRetryMendsFlowsOutAsItIs() {
        withOrders().run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(() -> orders.read("42601")).isInstanceOf(DataAccessException.class);
            assertThat(attempts(orders)).isEqualTo(1);
        });
    }

    /** What the application knows better of its own data source. */
    @Configuration(proxyBeanMethods = false)
    static class Verdicts {
        @Bean
        PoolCustomizer<CenoteDataSourceBuilder> verdicts() {
            return builder -> builder.verdict("P0409", verdict -> verdict.withCall(CallFate.ROLLED_BACK))
                    .verdictIf(
                            error -> String.valueOf(error.getMessage()).contains("told to")
                                    && error instanceof SQLException sql
                                    && "40001".equals(sql.getSQLState()),
                            verdict -> verdict.withCall(CallFate.PERMANENT));
        }
    }

    @Test
    void aChangeOfTheDataSourcesVerdictsCounts() {
        withOrders().run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(() -> orders.read("P0409")).isInstanceOf(DataAccessException.class);
            assertThat(attempts(orders)).as("without it").isEqualTo(1);
        });
        withOrders()
                .withUserConfiguration(Verdicts.class)
                .run(context ->
                        assertThat(context.getBean(Orders.class).read("P0409")).isEqualTo(2));
        withOrders().withUserConfiguration(Verdicts.class).run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(() -> orders.read("40001")).isInstanceOf(DataAccessException.class);
            assertThat(attempts(orders)).as("which is made permanent").isEqualTo(1);
        });
    }

    @Test
    void aChangedVerdictDoesNotMakeAWriteOfSeveralStepsOne() {
        withOrders().withUserConfiguration(Verdicts.class).run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(() -> orders.write("P0409")).isInstanceOf(DataAccessException.class);
            assertThat(attempts(orders)).isEqualTo(1);
        });
    }

    @Test
    void aWriteOfSeveralStepsIsNotTriedAgain() {
        withOrders().run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(() -> orders.write("40001")).isInstanceOf(DataAccessException.class);
            assertThat(attempts(orders)).isEqualTo(1);
        });
    }

    @Test
    void aTransactionIsTriedAgainAsAWhole() {
        withOrders().run(context -> {
            JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
            jdbc.execute("create table annotated (attempt int)");
            try {
                assertThat(context.getBean(Orders.class).writeInTransaction("40001"))
                        .isEqualTo(2);
                assertThat(jdbc.queryForList("select attempt from annotated", Integer.class))
                        .as("each attempt has a transaction of its own")
                        .containsExactly(1);
            } finally {
                jdbc.execute("drop table annotated");
            }
        });
    }

    @Test
    void aFallbackGetsTheErrorThatTheMethodThrew() {
        withOrders()
                .run(context ->
                        assertThat(context.getBean(Orders.class).duplicate()).isEqualTo("fallback after 1"));
    }

    @Test
    void aDeadlineHoldsForAllBelow() {
        withOrders().run(context -> {
            assertThat(context.getBean(Orders.class).hasDeadline()).isTrue();
            assertThat(context.getBean(Orders.class).plain()).isEqualTo("plain");
        });
    }

    @Test
    void aCircuitOpens() {
        withOrders().run(context -> {
            Orders orders = context.getBean(Orders.class);
            assertThatThrownBy(orders::down).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(orders::down).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(orders::down).isInstanceOf(CircuitOpenException.class);
        });
    }

    @Test
    void policiesMayBeBeans() {
        withOrders()
                .withPropertyValues("cenote.policies.annotations=true")
                .withBean(
                        "stock",
                        CircuitBreaker.class,
                        () -> CircuitBreaker.builder().build())
                .withBean(Stock.class)
                .run(context -> assertThat(context.getBean(PolicyRegistry.class).circuits())
                        .containsOnlyKeys("orders", "stock"));
    }

    /** Public, as CGLIB needs it under another class loader. */
    public interface Shelf {
        @Bulkhead(name = "orders")
        String take();
    }

    static class Stock implements Shelf {
        @Override
        @dev.cenote.decorators.annotations.CircuitBreaker(name = "stock")
        public String take() {
            return "taken";
        }
    }

    public static class Store implements Shelf {
        @Override
        public String take() {
            return "taken";
        }
    }

    @Test
    void anAnnotationOfAnInterfaceHoldsForTheBeanToo() {
        runner.withBean("store", Store.class).run(context -> {
            Shelf store = context.getBean(Shelf.class);
            assertThat(AopUtils.isAopProxy(store)).isTrue();
            assertThat(store.take()).isEqualTo("taken");
        });
    }

    static class Wrong {
        @Retry(name = "nobody")
        public void call() {}
    }

    @Test
    void whatIsWrongIsToldAtTheStart() {
        runner.withBean(Wrong.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Wrong.call: no retry is named \"nobody\"; known are [orders]"));
    }

    @Test
    void annotationsCanBeSwitchedOff() {
        withOrders()
                .withPropertyValues("cenote.policies.annotations=false")
                .run(context ->
                        assertThat(context.getBean(Orders.class).hasDeadline()).isFalse());
    }

    @Test
    void nothingOfThisNeedsJdbc() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PoolsAutoConfiguration.class, PoliciesAutoConfiguration.class, AopAutoConfiguration.class))
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.jdbc", "org.springframework.transaction", "org.springframework.boot.jdbc"))
                .withPropertyValues("cenote.policies.bulkhead.orders.max-concurrent-calls=1")
                .withBean("store", Store.class)
                .run(context -> assertThat(context.getBean(Shelf.class).take()).isEqualTo("taken"));
    }

    private static int attempts(Orders proxy) throws Exception {
        return ((Orders) ((org.springframework.aop.framework.Advised) proxy)
                        .getTargetSource()
                        .getTarget())
                .attempts.get();
    }
}
