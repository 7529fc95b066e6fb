package dev.cenote.spring.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.spring.Logged;
import dev.cenote.spring.Postgres;
import dev.cenote.spring.redis.RedisPoolAutoConfiguration;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A transaction is tried again only where it is all that the method writes: each of these writes once more otherwise. */
class WholeTransactionTest {
    private final Logged log = new Logged(PolicyAdvisor.class.getName());
    private final JdbcTemplate plain = new JdbcTemplate(new DriverManagerDataSource(Postgres.url(), "postgres", null));

    private final ApplicationContextRunner runner =
            PolicyApplication.transactional().withBean(WritingOrders.class).withBean(Audit.class);

    @BeforeEach
    void tables() {
        plain.execute("create table placed (attempt int)");
        plain.execute("create table audited (attempt int)");
    }

    @AfterEach
    void noTables() {
        plain.execute("drop table placed, audited");
        assertThat(OwnTransaction.current()).as("left on the thread").isNull();
        log.close();
    }

    private int audited() {
        return Optional.ofNullable(plain.queryForObject("select count(*) from audited", Integer.class))
                .orElseThrow();
    }

    private interface Call {
        Object on(WritingOrders orders) throws Exception;
    }

    private static ContextConsumer<AssertableApplicationContext> attempts(int expected, Call call) {
        return context -> {
            assertThat(context).hasNotFailed();
            WritingOrders orders = context.getBean(WritingOrders.class);
            Throwable failure = catchThrowable(() -> call.on(orders));
            assertThat(((WritingOrders) AopProxyUtils.getSingletonTarget(orders)).attempts)
                    .hasValue(expected);
            if (expected > 1) {
                assertThat(failure).isNull();
            } else {
                assertThat(failure).isNotNull();
            }
        };
    }

    @Test
    void theOnlyStoresTransactionIsTriedAgain() {
        runner.run(attempts(2, WritingOrders::place));
    }

    @Test
    void withASecondDataSourceItIsNot() {
        ApplicationContextRunner two = runner.withBean(
                        "first",
                        DataSource.class,
                        () -> new DriverManagerDataSource(Postgres.url(), "postgres", null),
                        definition -> definition.setPrimary(true))
                .withBean("second", DataSource.class, JdbcDataSource::new);
        two.run(context -> {
            attempts(1, WritingOrders::place).accept(context);
            WritingOrders target =
                    (WritingOrders) AopProxyUtils.getSingletonTarget(context.getBean(WritingOrders.class));
            target.attempts.set(0);
            attempts(1, WritingOrders::place).accept(context);
        });
        assertThat(log.messages())
                .singleElement(STRING)
                .startsWith("WritingOrders.place was not tried again")
                .contains("has 2 data sources: first, second")
                .contains("@Idempotent");
        two.run(attempts(2, WritingOrders::placeIdempotently));
    }

    @Test
    void anAnnotationThatNobodyHeedsUndoesNothing() {
        PolicyApplication.withoutTransactions()
                .withBean(WritingOrders.class)
                .withBean(Audit.class)
                .run(attempts(1, WritingOrders::place));
        assertThat(plain.queryForObject("select count(*) from placed", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aCheckedErrorThatRollsBackCountsToo() {
        runner.run(attempts(2, WritingOrders::placeChecked));
    }

    @Test
    void aCheckedErrorThatCommitsDoesNot() {
        runner.run(attempts(1, WritingOrders::placeCheckedAndCommitted));
        assertThat(plain.queryForObject("select count(*) from placed", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aTransactionThatNeverBeganHasDoneNothingAnywhere() {
        runner.withUserConfiguration(Refusing.class)
                .withBean("cache", RedisConnectionFactory.class, LettuceConnectionFactory::new)
                .run(context -> {
                    WritingOrders orders = context.getBean(WritingOrders.class);
                    orders.commit();
                    assertThat(plain.queryForList("select attempt from placed", Integer.class))
                            .containsExactly(1);
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class Refusing {
        @Bean
        static BeanPostProcessor refusing() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof CenoteDataSource source ? new FirstRefused(source) : bean;
                }
            };
        }
    }

    private ApplicationContextRunner withFailingCommit(SQLException failure, boolean commits) {
        return runner.withBean("failing", BeanPostProcessor.class, () -> new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof CenoteDataSource source ? new FailingCommits(source, failure, commits) : bean;
            }
        });
    }

    @Test
    void aTransactionWithinItWhoseCommitGotNoAnswerIsNotWrittenTwice() {
        withFailingCommit(new SQLException("no answer", "08006"), true)
                .run(attempts(1, WritingOrders::placeAuditedAtLeastTried));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void aCommitThatWasNotMadeIsNoRollback() {
        withFailingCommit(new SQLException("refused", new PoolClearedException("orders", "cleared")), false)
                .withPropertyValues("spring.dao.exceptiontranslation.enabled=false")
                .run(attempts(1, orders -> {
                    orders.commit();
                    return orders;
                }));
        assertThat(plain.queryForObject("select count(*) from placed", Integer.class))
                .as("the connection's return to auto-commit commits")
                .isEqualTo(1);
    }

    @Test
    void aTransactionOfAMethodOfTheSameNameIsNotItsOwn() {
        runner.run(attempts(1, WritingOrders::placeOverloaded));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void oneDataSourceThatIsSeveralBeansIsOne() {
        runner.withUserConfiguration(Wrapped.class).run(attempts(2, WritingOrders::place));
    }

    /** As tools for tracing do it. */
    @Configuration(proxyBeanMethods = false)
    static class Wrapped {
        @Bean
        static BeanPostProcessor wrapping() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source && !(bean instanceof DelegatingDataSource)
                            ? new DelegatingDataSource(source)
                            : bean;
                }
            };
        }
    }

    @Test
    void aBeanThatCannotBeMadeHidesNoError() {
        runner.withBean(
                        "broken",
                        DataSource.class,
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        definition -> {
                            definition.setLazyInit(true);
                            definition.setAutowireCandidate(false);
                        })
                .withBean(
                        "first", DataSource.class, () -> new DriverManagerDataSource(Postgres.url(), "postgres", null))
                .run(context -> assertThatThrownBy(
                                () -> context.getBean(WritingOrders.class).place())
                        .isInstanceOf(DataAccessException.class));
        assertThat(log.messages()).singleElement(STRING).contains("has beans that cannot be looked at");
    }

    @Test
    void aTransactionManagerOfAnotherStoreDoesNotUndo() {
        runner.withBean(
                        JdbcTransactionManager.class,
                        () -> new JdbcTransactionManager(new SimpleDriverDataSource(
                                new org.postgresql.Driver(), Postgres.url(), "postgres", "")))
                .run(attempts(1, WritingOrders::place));
    }

    @Test
    void withSeveralTransactionManagersNobodyKnowsWhichItIs() {
        runner.withUserConfiguration(SecondManager.class).run(attempts(1, WritingOrders::place));
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondManager {
        @Bean(defaultCandidate = false)
        JdbcTransactionManager other(DataSource source) {
            return new JdbcTransactionManager(source);
        }

        @Bean
        JdbcTransactionManager transactionManager(DataSource source) {
            return new JdbcTransactionManager(source);
        }
    }

    @Test
    void withAStoreThatCannotBeLookedIntoItIsNot() {
        runner.withBean("cache", RedisConnectionFactory.class, LettuceConnectionFactory::new)
                .run(attempts(1, WritingOrders::place));
        assertThat(log.messages()).singleElement(STRING).contains("has beside the data source: cache");
    }

    @Test
    void withAPoolOfCenotesItIsUnlessItHasWrittenThere() {
        ApplicationContextRunner both = runner.withConfiguration(
                        AutoConfigurations.of(RedisPoolAutoConfiguration.class))
                .withPropertyValues(
                        "cenote.redis.uri=" + TestServers.shared(Product.REDIS).uri());
        both.run(attempts(2, WritingOrders::place));
        both.run(attempts(1, WritingOrders::placeCounted));
    }

    @Test
    void aTransactionWithinItThatWasCommittedIsNotWrittenTwice() {
        runner.run(attempts(1, WritingOrders::placeAudited));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void whatWasWrittenPastTheTransactionIsNotWrittenTwice() {
        runner.run(attempts(1, WritingOrders::placePastTheTransaction));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void aTransactionWithinItThatOnlyReadsDoesNotMatter() {
        runner.run(attempts(2, WritingOrders::placeLookedUp));
    }

    @Test
    void aCommitThatTheServerTurnsIntoARollbackIsTriedAgain() {
        plain.execute("create function refuse_first() returns trigger language plpgsql as $$ begin"
                + " if new.attempt = 1 then raise exception 'told to' using errcode = '40001'; end if;"
                + " return new; end $$");
        plain.execute("create constraint trigger refuse after insert on placed deferrable initially deferred"
                + " for each row execute function refuse_first()");
        try {
            runner.run(attempts(2, orders -> {
                orders.commit();
                return orders;
            }));
            assertThat(plain.queryForList("select attempt from placed", Integer.class))
                    .containsExactly(2);
        } finally {
            plain.execute("drop function refuse_first cascade");
        }
    }

    @Test
    void whatNoRetryMendsCountsAsThatForAnyMethod() {
        runner.run(context -> {
            WritingOrders orders = context.getBean(WritingOrders.class);
            for (int call = 0; call < 3; call++) {
                catchThrowable(orders::duplicate);
            }
            assertThat(((WritingOrders) AopProxyUtils.getSingletonTarget(orders)).attempts)
                    .as("no duplicate key opens a circuit")
                    .hasValue(3);
        });
    }
}
