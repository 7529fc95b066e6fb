package dev.cenote.mysql;

import static dev.cenote.jdbc.Sql.queryOne;
import static dev.cenote.jdbc.Sql.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions of a pool, on a real server, through both drivers. */
class TransactionTest {
    private final AtomicInteger bodies = new AtomicInteger();

    @BeforeAll
    static void createDatabase() throws Exception {
        MySql.createDatabase();
    }

    private static MySqlPool pool(MySqlDriver driver) {
        var builder = MySqlPool.builder()
                .host(MySql.server().host())
                .port(MySql.server().port().orElseThrow())
                .database(MySql.DATABASE)
                .driver(driver)
                .maxSize(4)
                .retry(RetryPolicy.exponential().base(Duration.ofMillis(5)).build());
        MySql.user().ifPresent(builder::user);
        MySql.password().ifPresent(builder::password);
        MySql.plain(driver).forEach(builder::driverParameter);
        return builder.build();
    }

    private static String accounts(MySqlPool pool, MySqlDriver driver) {
        String table = "account_" + driver;
        pool.execute(update("drop table if exists " + table));
        pool.execute(update("create table " + table + " (id int primary key, cents bigint) engine=innodb"));
        pool.execute(update("insert into " + table + " values (1, 1000), (2, 1000)"));
        return table;
    }

    private static Operation<JdbcConnection, Long> add(String table, int id, long cents) {
        return update("update " + table + " set cents = cents + ? where id = ?", List.of(cents, id));
    }

    private static long cents(MySqlPool pool, String table, int id) {
        return pool.execute(
                        queryOne("select cents from " + table + " where id = ?", List.of(id), row -> row.getLong(1)))
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void theLoserOfADeadlockIsRunAgain(MySqlDriver driver) throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (var pool = pool(driver)) {
            String table = accounts(pool, driver);
            var bothHoldOne = new CyclicBarrier(2);
            var one = CompletableFuture.runAsync(() -> transfer(pool, table, 1, 2, bothHoldOne), two);
            var other = CompletableFuture.runAsync(() -> transfer(pool, table, 2, 1, bothHoldOne), two);
            CompletableFuture.allOf(one, other).get(60, TimeUnit.SECONDS);
            assertThat(bodies).as("one of the two was run again").hasValue(3);
            assertThat(cents(pool, table, 1)).isEqualTo(1000);
            assertThat(cents(pool, table, 2)).isEqualTo(1000);
            Consistency.assertAtRest(pool);
        } finally {
            two.shutdownNow();
        }
    }

    private void transfer(MySqlPool pool, String table, int from, int to, CyclicBarrier bothHoldOne) {
        pool.transaction(TransactionOptions.defaults(), tx -> {
            tx.execute(add(table, from, -10));
            if (bodies.incrementAndGet() <= 2) {
                await(bothHoldOne);
            }
            return tx.execute(add(table, to, 10));
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** The time-out undoes its statement only, whatever its SQLSTATE says: all must be rolled back and run again. */
    @ParameterizedTest
    @EnumSource
    void aLockWaitTimeoutHasTheWholeBodyRunAgain(MySqlDriver driver) {
        try (var pool = pool(driver)) {
            String table = accounts(pool, driver);
            var holder = pool.acquire();
            var held = holder.begin(TransactionOptions.defaults());
            holder.execute(add(table, 2, 5));
            pool.transaction(TransactionOptions.defaults(), tx -> {
                tx.execute(add(table, 1, 7));
                if (bodies.incrementAndGet() == 2) {
                    held.commit();
                    holder.close();
                }
                tx.execute(update("set innodb_lock_wait_timeout = 1"));
                return tx.execute(add(table, 2, 7));
            });
            assertThat(bodies).hasValue(2);
            assertThat(cents(pool, table, 1)).isEqualTo(1007);
            assertThat(cents(pool, table, 2)).isEqualTo(1012);
            Consistency.assertAtRest(pool);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSavepointUndoesAPartAndLetsTheRestGoOn(MySqlDriver driver) {
        try (var pool = pool(driver)) {
            String table = accounts(pool, driver);
            pool.transaction(TransactionOptions.defaults(), tx -> {
                tx.execute(add(table, 1, 1));
                var savepoint = tx.savepoint();
                tx.execute(add(table, 1, 100));
                savepoint.rollback();
                var kept = tx.savepoint();
                tx.execute(add(table, 2, 1));
                kept.release();
                return null;
            });
            assertThat(cents(pool, table, 1)).isEqualTo(1001);
            assertThat(cents(pool, table, 2)).isEqualTo(1001);
            assertThatThrownBy(() -> pool.transaction(
                            TransactionOptions.defaults().withReadOnly(), tx -> tx.execute(add(table, 1, 1))))
                    .isInstanceOf(OperationFailedException.class);
            Consistency.assertAtRest(pool);
        }
    }
}
