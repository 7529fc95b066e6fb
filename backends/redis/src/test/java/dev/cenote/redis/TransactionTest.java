package dev.cenote.redis;

import static dev.cenote.redis.RedisOperations.decr;
import static dev.cenote.redis.RedisOperations.delete;
import static dev.cenote.redis.RedisOperations.get;
import static dev.cenote.redis.RedisOperations.incr;
import static dev.cenote.redis.RedisOperations.set;
import static dev.cenote.redis.RedisTransactions.queued;
import static dev.cenote.redis.RedisTransactions.watch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.CommitUnknownException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.TransactionException;
import dev.cenote.retry.RetryBudget;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Optimistic transactions, on a real server. */
@Tag("oldest-lettuce")
class TransactionTest {
    private static final TransactionOptions DEFAULTS = TransactionOptions.defaults();

    private final TestServer server = TestServers.shared(Product.REDIS);
    private final AtomicInteger bodies = new AtomicInteger();
    private RedisPool pool;

    @BeforeEach
    void stock() {
        pool = pool(server.uri());
        pool.execute(delete("stock", "list", "sold"));
        pool.execute(set("stock", "100"));
    }

    @AfterEach
    void thePoolIsWhole() {
        Consistency.assertAtRest(pool);
        pool.close();
    }

    private static RedisPool pool(String uri) {
        return RedisPool.builder()
                .uri(uri)
                .maxSize(4)
                .retry(RetryPolicy.exponential()
                        .base(Duration.ofMillis(2))
                        .maxRetries(100)
                        .budget(RetryBudget.builder()
                                .share(10)
                                .minRetriesPerSecond(1_000)
                                .build())
                        .build())
                .build();
    }

    private long stockLeft() {
        return Long.parseLong(pool.execute(get("stock")).orElseThrow());
    }

    @Test
    void aWatchedKeyThatChangesHasTheWholeBodyRunAgain() throws Exception {
        CompletableFuture<Long> left = pool.transaction(DEFAULTS, tx -> {
            tx.execute(watch("stock"));
            long stock = Long.parseLong(tx.execute(get("stock")).orElseThrow());
            if (bodies.incrementAndGet() == 1) {
                CompletableFuture.runAsync(() -> pool.execute(set("stock", "50")))
                        .join();
            }
            tx.execute(queued(set("sold", String.valueOf(stock))));
            return tx.execute(queued(decr("stock")));
        });
        assertThat(bodies).hasValue(2);
        assertThat(left).isCompletedWithValue(49L);
        assertThat(stockLeft()).isEqualTo(49);
        assertThat(pool.execute(get("sold"))).contains("50");
    }

    @Test
    void manyAtOnceLoseNoUpdate() {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        var sales = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < 16; i++) {
            sales.add(CompletableFuture.runAsync(
                    () -> pool.transaction(DEFAULTS, tx -> {
                        tx.execute(watch("stock"));
                        long stock = Long.parseLong(tx.execute(get("stock")).orElseThrow());
                        return tx.execute(queued(set("stock", String.valueOf(stock - 1))));
                    }),
                    threads));
        }
        threads.shutdown();
        CompletableFuture.allOf(sales.toArray(CompletableFuture[]::new)).join();
        assertThat(stockLeft()).isEqualTo(84);
    }

    @Test
    void asyncBodiesAreExecutedToo() {
        CompletableFuture<CompletableFuture<Long>> running = pool.transactionAsync(
                DEFAULTS,
                tx -> tx.executeAsync(watch("stock")).thenCompose(watched -> tx.executeAsync(queued(incr("stock")))));
        assertThat(running.join()).isCompletedWithValue(101L);
        assertThat(stockLeft()).isEqualTo(101);
    }

    @Test
    void aBodyThatThrowsLeavesNothingBehind() {
        var queued = new ArrayList<CompletableFuture<Long>>();
        assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> {
                    tx.execute(watch("stock"));
                    queued.add(tx.execute(queued(decr("stock"))));
                    throw new IllegalStateException("sold out");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(stockLeft()).isEqualTo(100);
        assertThatThrownBy(() -> queued.get(0).join()).isInstanceOf(CancellationException.class);
        assertThat(pool.stats().created()).as("its connection is clean").isEqualTo(1);
    }

    @Test
    void writesThatAreNotQueuedAreRefused() {
        assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> tx.execute(incr("stock"))))
                .isInstanceOf(TransactionException.class)
                .hasMessage("INCR would take effect at once, whatever becomes of the transaction: queue it with"
                        + " RedisTransactions.queued");
        assertThatThrownBy(() -> pool.transaction(DEFAULTS.withReadOnly(), tx -> tx.execute(queued(incr("stock")))))
                .isInstanceOf(TransactionException.class);
        assertThatThrownBy(() -> pool.transaction(DEFAULTS.withIsolation(Isolation.SERIALIZABLE), tx -> null))
                .isInstanceOf(TransactionException.class)
                .hasMessageContaining("was SERIALIZABLE");
        assertThatThrownBy(() -> pool.transaction(DEFAULTS, tx -> tx.savepoint()))
                .isInstanceOf(TransactionException.class);
        assertThat(stockLeft()).isEqualTo(100);
    }

    @Test
    void watchingAndQueueingAreOfUseWithinATransactionOnly() {
        assertThatThrownBy(() -> pool.execute(watch("stock")))
                .isInstanceOf(TransactionException.class)
                .hasMessage("WATCH is of use within a transaction only");
        assertThatThrownBy(() -> pool.execute(queued(incr("stock")))).isInstanceOf(TransactionException.class);
    }

    @Test
    void aCommandThatFailsWithinExecIsItsErrorAndUndoesNothing() {
        pool.execute(RedisCollections.rpush("list", "a"));
        var failure = catchThrowableOfType(
                OperationFailedException.class,
                () -> pool.transaction(DEFAULTS, tx -> {
                    tx.execute(queued(decr("stock")));
                    return tx.execute(queued(incr("list")));
                }));
        assertThat(failure).hasMessageContaining("WRONGTYPE");
        assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        assertThat(stockLeft()).as("Redis does not undo").isEqualTo(99);
    }

    @Test
    void anExecCutInMidReplyIsUnknownAndNeverRunAgain() {
        try (var proxy = FaultProxy.before(server.host(), server.port());
                var through = pool(server.uri().replace(":" + server.port(), ":" + proxy.port()))) {
            through.execute(get("stock"));
            assertThatThrownBy(() -> through.transaction(DEFAULTS, tx -> {
                        bodies.incrementAndGet();
                        tx.execute(queued(decr("stock")));
                        proxy.cutMidReply();
                        return null;
                    }))
                    .isInstanceOf(CommitUnknownException.class);
            assertThat(bodies).hasValue(1);
            assertThat(stockLeft()).as("executed, or not").isIn(99L, 100L);
        }
    }

    @Test
    void aConnectionLostBeforeExecHasTheBodyRunAgain() {
        try (var proxy = FaultProxy.before(server.host(), server.port());
                var through = pool(server.uri().replace(":" + server.port(), ":" + proxy.port()))) {
            through.transaction(DEFAULTS, tx -> {
                tx.execute(queued(decr("stock")));
                if (bodies.incrementAndGet() == 1) {
                    proxy.cutMidReply();
                }
                return tx.execute(get("sold"));
            });
            assertThat(bodies).hasValue(2);
            assertThat(stockLeft()).isEqualTo(99);
        }
    }
}
