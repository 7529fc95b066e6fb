package dev.cenote.spring.policies;

import static dev.cenote.redis.RedisOperations.incrBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.cenote.decorators.annotations.CircuitBreaker;
import dev.cenote.decorators.annotations.Idempotent;
import dev.cenote.decorators.annotations.Retry;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.redis.RedisPool;
import dev.cenote.spring.Logged;
import dev.cenote.spring.PoolsAutoConfiguration;
import dev.cenote.spring.Postgres;
import dev.cenote.spring.jdbc.CenoteDataSourceAutoConfiguration;
import dev.cenote.spring.redis.RedisPoolAutoConfiguration;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.aop.AopAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
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
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A transaction is tried again only where it is all that the method writes: each of these writes once more otherwise. */
class WholeTransactionTest {
    private static final String[] PROPERTIES = {
        "spring.datasource.url=" + Postgres.url(),
        "spring.datasource.username=postgres",
        "cenote.policies.retry.orders.max-retries=2",
        "cenote.policies.retry.orders.base=1ms",
        "cenote.policies.circuit-breaker.orders.failure-threshold=2"
    };

    private final Logged log = new Logged(PolicyAdvisor.class.getName());
    private final JdbcTemplate plain = new JdbcTemplate(new DriverManagerDataSource(Postgres.url(), "postgres", null));

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    PoolsAutoConfiguration.class,
                    PoliciesAutoConfiguration.class,
                    CenoteDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    TransactionAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class,
                    AopAutoConfiguration.class))
            .withBean(Orders.class)
            .withBean(Audit.class)
            .withPropertyValues(PROPERTIES);

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

    /** Its first attempt is rolled back by the server. */
    @Service
    static class Orders {
        private final AtomicInteger attempts = new AtomicInteger();
        private final JdbcTemplate jdbc;
        private final Audit audit;
        private final ObjectProvider<RedisPool> redis;
        private final ObjectProvider<Orders> self;

        Orders(JdbcTemplate jdbc, Audit audit, ObjectProvider<RedisPool> redis, ObjectProvider<Orders> self) {
            this.jdbc = jdbc;
            this.audit = audit;
            this.redis = redis;
            this.self = self;
        }

        private int write() {
            int attempt = attempts.incrementAndGet();
            jdbc.update("insert into placed values (?)", attempt);
            if (attempt == 1) {
                jdbc.execute("do $$ begin raise exception 'told to' using errcode = '40001'; end $$");
            }
            return attempt;
        }

        @Transactional
        @Retry(name = "orders")
        public int place() {
            return write();
        }

        @Idempotent
        @Transactional
        @Retry(name = "orders")
        public int placeIdempotently() {
            return write();
        }

        @Transactional
        @Retry(name = "orders")
        public int placeAudited() {
            audit.write(attempts.get());
            return write();
        }

        @Transactional
        @Retry(name = "orders")
        public int placeAuditedAtLeastTried() {
            try {
                audit.write(attempts.get());
            } catch (DataAccessException lost) {
                assertThat(lost).hasRootCauseMessage("no answer");
            }
            return write();
        }

        /** Without a transaction of its own, unlike that of the same name. */
        @Retry(name = "orders")
        public int placeOverloaded() {
            audit.writePlainly(attempts.get());
            return self.getObject().placeOverloaded(1);
        }

        @Transactional
        public int placeOverloaded(int amount) {
            return write() * amount;
        }

        @Transactional
        @Retry(name = "orders")
        public int placePastTheTransaction() {
            audit.writePastTheTransaction(attempts.get());
            return write();
        }

        @Transactional
        @Retry(name = "orders")
        public int placeLookedUp() {
            audit.read();
            return write();
        }

        @Transactional
        @Retry(name = "orders")
        public int placeCounted() {
            redis.getObject().execute(incrBy("placed", 1));
            return write();
        }

        @Transactional(rollbackFor = SQLException.class)
        @Retry(name = "orders")
        public int placeChecked() throws SQLException {
            return writeChecked();
        }

        @Transactional
        @Retry(name = "orders")
        public int placeCheckedAndCommitted() throws SQLException {
            return writeChecked();
        }

        /** As of a deadlock that was seen elsewhere: here the transaction could go on. */
        private int writeChecked() throws SQLException {
            int attempt = attempts.incrementAndGet();
            jdbc.update("insert into placed values (?)", attempt);
            if (attempt == 1) {
                throw new PSQLException("told to", PSQLState.SERIALIZATION_FAILURE);
            }
            return attempt;
        }

        @Transactional
        @Retry(name = "orders")
        public void commit() {
            attempts.incrementAndGet();
            jdbc.update("insert into placed values (?)", attempts.get());
        }

        @CircuitBreaker(name = "orders")
        public void duplicate() {
            attempts.incrementAndGet();
            jdbc.execute("do $$ begin raise unique_violation; end $$");
        }
    }

    /** Its transactions are its own. */
    @Service
    static class Audit {
        private final JdbcTemplate jdbc;

        Audit(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void write(int attempt) {
            jdbc.update("insert into audited values (?)", attempt);
        }

        @Transactional(propagation = Propagation.NOT_SUPPORTED)
        public void writePastTheTransaction(int attempt) {
            jdbc.update("insert into audited values (?)", attempt);
        }

        public void writePlainly(int attempt) {
            jdbc.update("insert into audited values (?)", attempt);
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
        public void read() {
            jdbc.queryForList("select attempt from audited");
        }
    }

    private interface Call {
        Object on(Orders orders) throws Exception;
    }

    private static ContextConsumer<AssertableApplicationContext> attempts(int expected, Call call) {
        return context -> {
            assertThat(context).hasNotFailed();
            Orders orders = context.getBean(Orders.class);
            Throwable failure = catchThrowable(() -> call.on(orders));
            assertThat(((Orders) AopProxyUtils.getSingletonTarget(orders)).attempts)
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
        runner.run(attempts(2, Orders::place));
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
            attempts(1, Orders::place).accept(context);
            Orders target = (Orders) AopProxyUtils.getSingletonTarget(context.getBean(Orders.class));
            target.attempts.set(0);
            attempts(1, Orders::place).accept(context);
        });
        assertThat(log.messages())
                .singleElement(STRING)
                .startsWith("Orders.place was not tried again")
                .contains("has 2 data sources: first, second")
                .contains("@Idempotent");
        two.run(attempts(2, Orders::placeIdempotently));
    }

    @Test
    void anAnnotationThatNobodyHeedsUndoesNothing() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        PoolsAutoConfiguration.class,
                        PoliciesAutoConfiguration.class,
                        CenoteDataSourceAutoConfiguration.class,
                        DataSourceTransactionManagerAutoConfiguration.class,
                        JdbcTemplateAutoConfiguration.class,
                        AopAutoConfiguration.class))
                .withBean(Orders.class)
                .withBean(Audit.class)
                .withPropertyValues(PROPERTIES)
                .run(attempts(1, Orders::place));
        assertThat(plain.queryForObject("select count(*) from placed", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aCheckedErrorThatRollsBackCountsToo() {
        runner.run(attempts(2, Orders::placeChecked));
    }

    @Test
    void aCheckedErrorThatCommitsDoesNot() {
        runner.run(attempts(1, Orders::placeCheckedAndCommitted));
        assertThat(plain.queryForObject("select count(*) from placed", Integer.class))
                .isEqualTo(1);
    }

    @Test
    void aTransactionThatNeverBeganHasDoneNothingAnywhere() {
        runner.withUserConfiguration(FirstRefused.class)
                .withBean("cache", RedisConnectionFactory.class, LettuceConnectionFactory::new)
                .run(context -> {
                    Orders orders = context.getBean(Orders.class);
                    orders.commit();
                    assertThat(plain.queryForList("select attempt from placed", Integer.class))
                            .containsExactly(1);
                });
    }

    /** As when the pool is cleared while a caller waits. */
    @Configuration(proxyBeanMethods = false)
    static class FirstRefused {
        @Bean
        static BeanPostProcessor refusing() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof CenoteDataSource source ? new Refusing(source) : bean;
                }
            };
        }
    }

    private static final class Refusing extends DelegatingDataSource {
        private boolean refused;

        Refusing(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (!refused) {
                refused = true;
                throw new SQLException("no connection", new PoolClearedException("orders", "cleared"));
            }
            return super.getConnection();
        }
    }

    /** Its first commit throws, whatever has become of it. */
    private static final class FailingCommits extends DelegatingDataSource {
        private final SQLException failure;
        private final boolean commits;
        private boolean failed;

        FailingCommits(DataSource source, SQLException failure, boolean commits) {
            super(source);
            this.failure = failure;
            this.commits = commits;
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        boolean fails = method.getName().equals("commit") && !failed;
                        if (!fails || commits) {
                            try {
                                Object result = method.invoke(connection, arguments);
                                if (!fails) {
                                    return result;
                                }
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        }
                        failed = true;
                        throw failure;
                    });
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
                .run(attempts(1, Orders::placeAuditedAtLeastTried));
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
        runner.run(attempts(1, Orders::placeOverloaded));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void oneDataSourceThatIsSeveralBeansIsOne() {
        runner.withUserConfiguration(Wrapped.class).run(attempts(2, Orders::place));
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
                                () -> context.getBean(Orders.class).place())
                        .isInstanceOf(DataAccessException.class));
        assertThat(log.messages()).singleElement(STRING).contains("has beans that cannot be looked at");
    }

    @Test
    void aTransactionManagerOfAnotherStoreDoesNotUndo() {
        runner.withBean(
                        JdbcTransactionManager.class,
                        () -> new JdbcTransactionManager(new SimpleDriverDataSource(
                                new org.postgresql.Driver(), Postgres.url(), "postgres", "")))
                .run(attempts(1, Orders::place));
    }

    @Test
    void withSeveralTransactionManagersNobodyKnowsWhichItIs() {
        runner.withUserConfiguration(SecondManager.class).run(attempts(1, Orders::place));
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
                .run(attempts(1, Orders::place));
        assertThat(log.messages()).singleElement(STRING).contains("has beside the data source: cache");
    }

    @Test
    void withAPoolOfCenotesItIsUnlessItHasWrittenThere() {
        ApplicationContextRunner both = runner.withConfiguration(
                        AutoConfigurations.of(RedisPoolAutoConfiguration.class))
                .withPropertyValues(
                        "cenote.redis.uri=" + TestServers.shared(Product.REDIS).uri());
        both.run(attempts(2, Orders::place));
        both.run(attempts(1, Orders::placeCounted));
    }

    @Test
    void aTransactionWithinItThatWasCommittedIsNotWrittenTwice() {
        runner.run(attempts(1, Orders::placeAudited));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void whatWasWrittenPastTheTransactionIsNotWrittenTwice() {
        runner.run(attempts(1, Orders::placePastTheTransaction));
        assertThat(audited()).isEqualTo(1);
    }

    @Test
    void aTransactionWithinItThatOnlyReadsDoesNotMatter() {
        runner.run(attempts(2, Orders::placeLookedUp));
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
            Orders orders = context.getBean(Orders.class);
            for (int call = 0; call < 3; call++) {
                catchThrowable(orders::duplicate);
            }
            assertThat(((Orders) AopProxyUtils.getSingletonTarget(orders)).attempts)
                    .as("no duplicate key opens a circuit")
                    .hasValue(3);
        });
    }
}
