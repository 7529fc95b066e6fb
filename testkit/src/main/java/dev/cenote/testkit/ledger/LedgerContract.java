package dev.cenote.testkit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolBuilder;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.retry.RetryBudget;
import dev.cenote.retry.RetryEvent;
import dev.cenote.retry.RetryPolicy;
import dev.cenote.testkit.contracts.Consistency;
import dev.cenote.testkit.faults.FaultProxy;
import dev.cenote.testkit.ledger.Ledger.Told;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Concurrent increments and inserts of unique rows through a pool with retry and a circuit, while the server is crashed,
 * restarted and paused and the network cut at random: nothing acknowledged is lost, nothing is written twice, and all else
 * is reported as failed or unknown. And the same check fails where every error is retried.
 *
 * <p>The run lasts for {@code cenote.ledger.seconds} (default 6), by the seed {@code cenote.ledger.seed} (default random,
 * and printed).
 *
 * @param <C> the connection
 * @param <B> the builder of the pool
 */
public abstract class LedgerContract<C extends Connection, B extends PoolBuilder<B, ? extends ResilientPool<C>>> {
    private static final int THREADS = 8;
    private static final int COUNTERS = 4;
    private static final Duration CALL = Duration.ofMillis(1_500);

    private final Ledger ledger = new Ledger();
    private final Map<String, AtomicLong> retries = new ConcurrentHashMap<>();

    /** For subclasses, one for each backend. */
    protected LedgerContract() {}

    /** The product whose server it is for. */
    protected abstract Product product();

    /** A server whose acknowledged writes survive a crash, where the product has such. */
    protected TestServer start() {
        return TestServers.start(product());
    }

    /** A builder of a pool to the server at {@code uri}. */
    protected abstract B builder(String uri);

    /** Makes what the writes need: counters from 0 at zero, no rows. */
    protected abstract void prepare(ResilientPool<C> pool, int counters);

    /** Adds one to a counter; must not be idempotent. */
    protected abstract Operation<? super C, ?> increment(int counter);

    /** Adds a row, which is there twice if it is added twice. */
    protected abstract Operation<? super C, ?> insert(String row);

    /** The values of the counters. */
    protected abstract Map<Integer, Long> counters(ResilientPool<C> pool, int counters);

    /** How often each row is there. */
    protected abstract Map<String, Long> rows(ResilientPool<C> pool);

    /** True if writes can be made in transactions too. */
    protected boolean hasTransactions() {
        return false;
    }

    private static String through(TestServer server, FaultProxy proxy) {
        return server.uri().replace(server.host() + ":" + server.port(), proxy.host() + ":" + proxy.port());
    }

    private TestServer started() {
        Assumptions.assumeTrue(product().externalUri().isEmpty(), "the server is not ours to crash");
        String reason = product().unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        return start();
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void nothingAcknowledgedIsLostAndNothingIsWrittenTwice() throws Exception {
        long seed = Long.getLong("cenote.ledger.seed", new Random().nextLong());
        var time = Duration.ofSeconds(Integer.getInteger("cenote.ledger.seconds", 6));
        try (TestServer server = started();
                var proxy = FaultProxy.before(server.host(), server.port());
                ResilientPool<C> pool = guarded(through(server, proxy));
                ResilientPool<C> direct = patient(server.uri())) {
            prepare(direct, COUNTERS);
            Map<String, Integer> harm;
            try (var trouble = Troublemaker.begin(server, proxy, seed)) {
                run(pool, Deadline.after(time));
                trouble.close();
                harm = trouble.done();
            }
            direct.clear();
            ledger.assertTrue(counters(direct, COUNTERS), rows(direct));
            direct.execute(increment(COUNTERS)); // whatever it still has to read
            Consistency.until(pool, "it serves again", stats -> serves(pool));
            Consistency.assertAtRest(pool);
            assertThat(ledger.count(List.of(Told.ACKNOWLEDGED))).isPositive();
            System.out.println(report(pool, harm, seed));
        }
    }

    /** A pool that waits for a server to come back, which after a crash may have much to read first. */
    private ResilientPool<C> patient(String uri) {
        return builder(uri)
                .acquireTimeout(Duration.ofMinutes(1))
                .operationTimeout(Duration.ofMinutes(1))
                .callTimeout(Duration.ofMinutes(5))
                .retry(RetryPolicy.fixed(Duration.ofMillis(200))
                        .maxRetries(1_000)
                        .budget(RetryBudget.builder().minRetriesPerSecond(1_000).build())
                        .build())
                .build();
    }

    private ResilientPool<C> guarded(String uri) {
        return builder(uri)
                .maxSize(THREADS)
                .acquireTimeout(Duration.ofSeconds(1))
                .connectTimeout(Duration.ofSeconds(1))
                .operationTimeout(Duration.ofSeconds(1))
                .validateTimeout(Duration.ofMillis(500))
                .callTimeout(CALL)
                .retry(RetryPolicy.exponential()
                        .base(Duration.ofMillis(5))
                        .maxRetries(8)
                        .onRetry(this::note)
                        .build())
                .circuitBreaker(CircuitBreaker.builder()
                        .failureThreshold(20)
                        .resetTimeout(Duration.ofMillis(50))
                        .build())
                .build();
    }

    private void note(RetryEvent event) {
        String verdict = event.error() instanceof OperationFailedException failed
                ? failed.verdict().call().toString()
                : event.error().getClass().getSimpleName();
        retries.computeIfAbsent(verdict, kind -> new AtomicLong()).incrementAndGet();
    }

    private boolean serves(ResilientPool<C> pool) {
        try {
            pool.execute(increment(COUNTERS + 1));
            return true;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private void run(ResilientPool<C> pool, Deadline end) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            var thread = new Thread(() -> write(pool, number, end), "writer-" + i);
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void write(ResilientPool<C> pool, int thread, Deadline end) {
        for (int i = 0; !end.isExpired(); i++) {
            int counter = ThreadLocalRandom.current().nextInt(COUNTERS);
            String row = thread + "-" + i;
            ledger.incremented(counter, outcome(pool, increment(counter), i));
            ledger.inserted(row, outcome(pool, insert(row), i + 1));
            if (!pool.circuit().map(circuit -> circuit.state().isClosed()).orElse(true)) {
                LockSupport.parkNanos(1_000_000); // as a caller would that is refused
            }
        }
    }

    private Told outcome(ResilientPool<C> pool, Operation<? super C, ?> write, int way) {
        try {
            if (way % 3 == 0) {
                pool.executeAsync(write).join();
            } else if (way % 3 == 1 && hasTransactions()) {
                pool.transaction(TransactionOptions.defaults(), tx -> tx.execute(write));
            } else {
                pool.execute(write);
            }
            return Told.ACKNOWLEDGED;
        } catch (RuntimeException failure) {
            return Told.of(failure);
        }
    }

    private String report(ResilientPool<C> pool, Map<String, Integer> harm, long seed) {
        return "ledger of " + product() + ": " + ledger.count(List.of(Told.values())) + " writes, acknowledged "
                + ledger.count(List.of(Told.ACKNOWLEDGED)) + ", failed " + ledger.count(List.of(Told.FAILED))
                + ", unknown " + ledger.count(List.of(Told.UNKNOWN)) + "; retries by verdict " + retries
                + ", " + pool.circuit().map(Object::toString).orElse("no circuit") + ", harm " + harm
                + ", connections made " + pool.stats().created() + ", seed " + seed;
    }

    /** The check must be able to fail: with a policy that takes any error for harmless, a write is soon made twice. */
    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void retryingEveryErrorWritesTwice() {
        try (TestServer server = started();
                var proxy = FaultProxy.before(server.host(), server.port());
                ResilientPool<C> pool = builder(through(server, proxy))
                        .maxSize(1)
                        .operationTimeout(Duration.ofSeconds(2))
                        .retry(RetryPolicy.exponential()
                                .base(Duration.ofMillis(5))
                                .build())
                        .verdictIf(
                                error -> true,
                                verdict -> verdict.withCall(dev.cenote.protocols.Verdict.CallFate.NOT_EXECUTED))
                        .build();
                ResilientPool<C> direct = builder(server.uri()).build()) {
            prepare(direct, COUNTERS);
            List<String> faults = List.of();
            for (int i = 0; i < 200 && faults.isEmpty(); i++) {
                pool.execute(increment(COUNTERS)); // a connection that is known to work
                proxy.cutMidReply();
                ledger.inserted("row-" + i, told(pool, insert("row-" + i)));
                ledger.incremented(0, told(pool, increment(0)));
                faults = ledger.faults(counters(direct, COUNTERS), rows(direct));
            }
            assertThat(faults).as("the ledger sees a write that was made twice").isNotEmpty();
        }
    }

    private Told told(ResilientPool<C> pool, Operation<? super C, ?> write) {
        try {
            pool.execute(write);
            return Told.ACKNOWLEDGED;
        } catch (RetriesExhaustedException failure) {
            return Told.of(failure);
        }
    }
}
