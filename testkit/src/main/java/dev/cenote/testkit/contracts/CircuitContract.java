package dev.cenote.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolBuilder;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.testkit.servers.TestServer;
import dev.cenote.testkit.servers.TestServers;
import dev.cenote.testkit.servers.TestServers.Product;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a circuit does for 64 callers of a server that dies and comes back, on each backend: after it has opened nobody
 * waits for the dead server, and once the server is back the pool finds that out by itself. How long it took is printed.
 *
 * @param <C> the connection
 * @param <B> the builder of the pool
 */
public abstract class CircuitContract<C extends Connection, B extends PoolBuilder<B, ? extends ResilientPool<C>>> {
    private static final int CALLERS = 64;
    private static final Duration OPERATION = Duration.ofMillis(500);

    /** A call that is refused takes far less; whoever waited for the server would take the time-outs' seconds. */
    private static final Duration AT_ONCE = Duration.ofMillis(2_000);

    /** True from the server's death on: under load a circuit may open before. */
    private final AtomicBoolean dead = new AtomicBoolean();

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    /** When the circuit was first seen open; the slowest call that began later. */
    private final AtomicLong openedNanos = new AtomicLong(Long.MAX_VALUE);

    private final AtomicLong slowestNanos = new AtomicLong();

    /** For subclasses, one for each backend. */
    protected CircuitContract() {}

    /** The product whose server it is for. */
    protected abstract Product product();

    /** A builder of a pool to the server at {@code uri}. */
    protected abstract B builder(String uri);

    /** A read that costs one round trip. */
    protected abstract Operation<? super C, ?> ping();

    @Test
    void aCrashIsFailedFastAndRecoveredFrom() throws Exception {
        outage("crash", TestServer::kill, TestServer::start);
    }

    @Test
    void silenceIsFailedFastAndRecoveredFrom() throws Exception {
        outage("silence", TestServer::pause, TestServer::resume);
    }

    /** What is done to a server. */
    private interface Change {
        void make(TestServer server);
    }

    private void outage(String name, Change death, Change life) throws Exception {
        Assumptions.assumeTrue(product().externalUri().isEmpty(), "the server is not ours to harm");
        String reason = product().unavailable().orElse("");
        Assumptions.assumeTrue(reason.isEmpty(), reason);
        CircuitBreaker circuit = CircuitBreaker.builder()
                .failureThreshold(5)
                .resetTimeout(Duration.ofMillis(250))
                .build();
        try (TestServer server = TestServers.start(product());
                ResilientPool<C> pool = builder(server.uri())
                        .maxSize(16)
                        .acquireTimeout(Duration.ofSeconds(5))
                        .operationTimeout(OPERATION)
                        .connectTimeout(Duration.ofMillis(500))
                        .validateTimeout(Duration.ofMillis(500))
                        .circuitBreaker(circuit)
                        .build()) {
            var callers = call(pool, circuit);
            try {
                await("all is well", () -> answered.get() > 500);
                await("the circuit is closed", () -> circuit.state().isClosed());
                dead.set(true);
                long died = System.nanoTime();
                death.make(server);
                await("the circuit is open", () -> openedNanos.get() < Long.MAX_VALUE);
                long failFast = openedNanos.get() - died;
                long before = refused.get();
                await("callers are refused", () -> refused.get() > before + 1_000);
                long slowest = slowestNanos.get();
                long begun = answered.get();
                life.make(server);
                long back = System.nanoTime();
                await("it serves again", () -> answered.get() > begun + 100);
                long served = System.nanoTime() - back;
                assertThat(Duration.ofNanos(slowest))
                        .as("the slowest call of an open circuit")
                        .isLessThan(AT_ONCE);
                System.out.println("circuit of " + product() + ", " + name + ": from death to fail-fast "
                        + millis(failFast) + " ms, slowest call after that " + millis(slowest)
                        + " ms, from return to service " + millis(served) + " ms, opened " + circuit.opened()
                        + " times, "
                        + refused + " calls refused");
            } finally {
                over.set(true);
                for (Thread caller : callers) {
                    caller.join();
                }
            }
            Consistency.assertAtRest(pool);
        }
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    private static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(condition::getAsBoolean);
    }

    private ArrayList<Thread> call(ResilientPool<C> pool, CircuitBreaker circuit) {
        var callers = new ArrayList<Thread>();
        for (int i = 0; i < CALLERS; i++) {
            var caller = new Thread(() -> callUntilOver(pool, circuit), "caller-" + i);
            caller.start();
            callers.add(caller);
        }
        return callers;
    }

    private void callUntilOver(ResilientPool<C> pool, CircuitBreaker circuit) {
        while (!over.get()) {
            long began = System.nanoTime();
            boolean open = openedNanos.get() < began && !circuit.state().isClosed();
            try {
                pool.execute(ping());
                answered.incrementAndGet();
            } catch (CircuitOpenException refusal) {
                if (dead.get()) {
                    openedNanos.compareAndSet(Long.MAX_VALUE, System.nanoTime());
                }
                refused.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            } catch (RuntimeException failure) {
                // A call that was under way when the server died.
            }
            if (open && !circuit.state().isClosed()) {
                slowestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
            }
        }
    }
}
