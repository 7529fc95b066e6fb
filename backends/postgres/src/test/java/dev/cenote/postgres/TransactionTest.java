package dev.cenote.postgres;

import static dev.cenote.jdbc.Sql.queryOne;
import static dev.cenote.jdbc.Sql.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Row;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionContext;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.retry.RetryBudget;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transactions of a pool, on a real server. */
class TransactionTest {
    private static final TransactionOptions SERIALIZABLE =
            TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE);

    private final TestServer server = TestServers.shared(Product.POSTGRES);
    private final AtomicInteger bodies = new AtomicInteger();
    private PostgresPool pool;

    @BeforeEach
    void accounts() {
        pool = pool(server.uri());
        pool.execute(update("drop table if exists account"));
        pool.execute(update("create table account (id int primary key, cents bigint not null)"));
        pool.execute(update("insert into account values (1, 1000), (2, 1000)"));
    }

    @AfterEach
    void thePoolIsWhole() {
        Consistency.assertAtRest(pool);
        pool.close();
    }

    private static PostgresPool pool(String uri) {
        return PostgresPool.builder()
                .uri(uri)
                .maxSize(8)
                .retry(RetryPolicy.exponential()
                        .base(Duration.ofMillis(5))
                        .maxRetries(50)
                        // Conflicts on purpose, and far more of them than a service would let pass.
                        .budget(RetryBudget.builder()
                                .share(10)
                                .minRetriesPerSecond(1_000)
                                .build())
                        .build())
                .build();
    }

    private static Operation<JdbcConnection, Optional<Long>> balance(int id) {
        return queryOne("select cents from account where id = ?", List.of(id), row -> row.getLong(1));
    }

    private static long cents(TransactionContext<JdbcConnection> tx, int id) {
        return tx.execute(balance(id)).orElseThrow();
    }

    private long cents(int id) {
        return pool.execute(balance(id)).orElseThrow();
    }

    private static Operation<JdbcConnection, Long> set(int id, long cents) {
        return update("update account set cents = ? where id = ?", List.of(cents, id));
    }

    @Test
    void serializationFailuresHaveTheWholeBodyRunAgainAndNothingIsLost() {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        var transfers = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 24; i++) {
            transfers.add(CompletableFuture.runAsync(
                    () -> pool.transaction(SERIALIZABLE, tx -> {
                        bodies.incrementAndGet();
                        long from = cents(tx, 1);
                        long to = cents(tx, 2);
                        tx.execute(set(1, from - 10));
                        return tx.execute(set(2, to + 10));
                    }),
                    threads));
        }
        threads.shutdown();
        CompletableFuture.allOf(transfers.toArray(CompletableFuture[]::new)).join();
        assertThat(cents(1)).isEqualTo(760);
        assertThat(cents(2)).isEqualTo(1240);
        assertThat(bodies.get()).isGreaterThanOrEqualTo(24);
    }

    @Test
    void aRealConflictIsRunAgain() {
        long seen = pool.transaction(SERIALIZABLE, tx -> {
            long cents = cents(tx, 1);
            if (bodies.incrementAndGet() == 1) {
                CompletableFuture.runAsync(() -> pool.execute(set(1, 5000))).join();
            }
            tx.execute(set(1, cents + 1));
            return cents;
        });
        assertThat(bodies).hasValue(2);
        assertThat(seen).isEqualTo(5000);
        assertThat(cents(1)).isEqualTo(5001);
    }

    @Test
    void asyncBodiesAreRunAgainToo() {
        CompletableFuture<Long> running = pool.transactionAsync(
                SERIALIZABLE,
                tx -> tx.executeAsync(balance(1)).thenCompose(cents -> {
                    var other = bodies.incrementAndGet() == 1
                            ? pool.executeAsync(set(1, 5000))
                            : CompletableFuture.completedFuture(0L);
                    return other.thenCompose(done -> tx.executeAsync(set(1, cents.orElseThrow() + 1)));
                }));
        assertThat(running.join()).isEqualTo(1);
        assertThat(cents(1)).isEqualTo(5001);
        assertThat(bodies).hasValue(2);
    }

    @Test
    void aSavepointUndoesAPartAndLetsTheRestGoOn() {
        pool.transaction(TransactionOptions.defaults(), tx -> {
            tx.execute(set(1, 1));
            var savepoint = tx.savepoint();
            assertThatThrownBy(() -> tx.execute(update("insert into account values (1, 0)")))
                    .isInstanceOf(OperationFailedException.class);
            savepoint.rollback();
            tx.execute(set(2, 2));
            var kept = tx.savepoint();
            tx.execute(update("insert into account values (3, 3)"));
            kept.release();
            return null;
        });
        assertThat(cents(1)).isEqualTo(1);
        assertThat(cents(2)).isEqualTo(2);
        assertThat(cents(3)).isEqualTo(3);
    }

    @Test
    void aReadOnlyTransactionRefusesWritesAndKeepsThePool() {
        var readOnly = TransactionOptions.defaults().withReadOnly();
        long before = pool.stats().generation();
        var failure = catchThrowableOfType(
                OperationFailedException.class, () -> pool.transaction(readOnly, tx -> tx.execute(set(1, 0))));
        assertThat(failure.verdict().call()).isEqualTo(CallFate.PERMANENT);
        assertThat(pool.stats().generation()).isEqualTo(before);
        assertThat(cents(1)).isEqualTo(1000);
    }

    @Test
    void aConnectionLostBeforeTheCommitHasTheBodyRunAgain() {
        try (var proxy = FaultProxy.before(server.host(), server.port());
                var through = pool(through(proxy))) {
            through.transaction(TransactionOptions.defaults(), tx -> {
                tx.execute(update("update account set cents = cents + 1 where id = 1"));
                if (bodies.incrementAndGet() == 1) {
                    proxy.cutMidReply();
                }
                return cents(tx, 1);
            });
            assertThat(bodies).hasValue(2);
            assertThat(cents(1)).isEqualTo(1001);
        }
    }

    @Test
    void aCommitCutInMidReplyIsUnknownAndNeverRunAgain() {
        try (var proxy = FaultProxy.before(server.host(), server.port());
                var through = pool(through(proxy))) {
            assertThatThrownBy(() -> through.transaction(TransactionOptions.defaults(), tx -> {
                        tx.execute(update("update account set cents = cents + 1 where id = 1"));
                        bodies.incrementAndGet();
                        proxy.cutMidReply();
                        return null;
                    }))
                    .isInstanceOf(CommitUnknownException.class);
            assertThat(bodies).hasValue(1);
            assertThat(cents(1)).as("it had been committed").isEqualTo(1001);
        }
    }

    private String through(FaultProxy proxy) {
        return server.uri().replace(":" + server.port(), ":" + proxy.port()).replace(server.host(), proxy.host());
    }

    @Test
    void theTransactionEndsByItsDeadline() {
        long began = System.nanoTime();
        assertThatThrownBy(() -> pool.transaction(
                        TransactionOptions.defaults().withTimeout(Duration.ofMillis(400)),
                        tx -> tx.execute(queryOne("select pg_sleep(30)", Row::toString))))
                .isInstanceOfAny(OperationFailedException.class, RetriesExhaustedException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }
}
