package dev.cenote.decorators;

import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeOperations;
import dev.cenote.testkit.fakes.FakePool;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However the one probe of a half-open circuit whose callers probe ends, the circuit is not stuck with it. */
class ProbeTest extends ResilientFixture {
    private final CircuitBreaker circuit = circuit(3);
    private FakePool pool;
    private Lease<FakeConnection> held;

    @BeforeEach
    void halfOpenWithTheOnlyConnectionLeased() {
        pool = pool(options ->
                options.circuitBreaker(new ForeignCircuit(circuit)).maxSize(1).acquireTimeout(Duration.ofSeconds(1)));
        held = pool.acquire();
        makeHalfOpen(circuit);
    }

    @AfterEach
    void thePoolIsWhole() {
        held.close();
        // What these tests leave may be open: then the next probe is due.
        scheduler.advance(RESET);
        if (circuit.state() != CircuitState.CLOSED) {
            pool.execute(whoAmI());
        }
        assertAtRest(pool);
        pool.close();
    }

    private void assertTheNextCallIsTheProbe() {
        held.close();
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        pool.execute(whoAmI());
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    private void assertTimesOut(CompletableFuture<?> waiting) {
        scheduler.advance(Duration.ofSeconds(2));
        assertThatThrownBy(() -> get(waiting)).hasCauseInstanceOf(AcquireTimeoutException.class);
    }

    @Test
    void whileTheProbeIsOnItsWayOthersAreRefused() {
        held.close();
        try (Lease<FakeConnection> probe = pool.acquire()) {
            assertThatThrownBy(pool::acquire).isInstanceOf(CircuitOpenException.class);
            probe.execute(whoAmI());
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aBrokenConnectionOpensItAgain() {
        held.close();
        assertThatThrownBy(() -> pool.execute(breaking(1, Effect.READ_ONLY)))
                .isInstanceOf(OperationFailedException.class);
        assertThat(circuit.opened()).isEqualTo(2);
    }

    @Test
    void aFailedConnectOpensItAgain() {
        database.refuse();
        held.invalidate();
        CompletableFuture<Long> probe = pool.executeAsync(whoAmI());
        until(pool, "it is open again", stats -> circuit.opened() == 2);
        probe.cancel(false);
        database.failConnects(null);
    }

    @Test
    void anAcquireThatTimesOutGivesThePermitBack() {
        assertTimesOut(pool.executeAsync(whoAmI()));
        assertTimesOut(pool.acquireAsync());
        assertTheNextCallIsTheProbe();
    }

    @Test
    void anInterruptedAcquireGivesThePermitBack() {
        Thread.currentThread().interrupt();
        Throwable ofAcquire = catchThrowable(pool::acquire);
        Throwable ofExecute = catchThrowable(() -> pool.execute(whoAmI()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(ofAcquire).isInstanceOf(AcquireInterruptedException.class);
        assertThat(ofExecute).isInstanceOf(AcquireInterruptedException.class);
        assertTheNextCallIsTheProbe();
    }

    @Test
    void aCancelledAcquireGivesThePermitBack() {
        pool.acquireAsync().cancel(false);
        pool.executeAsync(whoAmI()).cancel(false);
        until(pool, "nobody waits", stats -> stats.waiters() == 0);
        assertTheNextCallIsTheProbe();
    }

    @Test
    void aCancelledOperationGivesThePermitBack() throws Exception {
        held.close();
        var running = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        CompletableFuture<Integer> probe = pool.executeAsync(
                FakeOperations.operation("slow", Effect.READ_ONLY, Integer.class, (connection, deadline) -> {
                    running.countDown();
                    answer.await();
                    return 1;
                }));
        assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
        probe.cancel(false);
        answer.countDown();
        until(pool, "its lease has ended", stats -> stats.leased() == 0);
        assertTheNextCallIsTheProbe();
    }

    @Test
    void anEmptyTryAcquireGivesThePermitBack() {
        assertThat(pool.tryAcquire()).isEmpty();
        assertTheNextCallIsTheProbe();
    }

    @Test
    void aLeaseClosedWithoutAnyUseGivesThePermitBack() throws Exception {
        held.close();
        pool.acquire().close();
        pool.tryAcquire().orElseThrow().close();
        get(pool.acquireAsync()).close();
        assertTheNextCallIsTheProbe();
    }

    @Test
    void aLeaseUsedThroughTheDriversOwnObjectCountsAsAnswered() {
        held.close();
        try (Lease<FakeConnection> lease = pool.acquire()) {
            lease.unwrap(FakeConnection.class);
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void anInvalidatedLeaseOpensItAgain() {
        held.close();
        Lease<FakeConnection> lease = pool.acquire();
        lease.invalidate();
        lease.close();
        assertThat(circuit.opened()).isEqualTo(2);
    }

    @Test
    void aLeaseThatIsNeverUsedDelaysTheNextProbeByOneResetTimeout() {
        held.close();
        Lease<FakeConnection> forgotten = pool.acquire();
        scheduler.advance(RESET);
        CompletableFuture<Long> next = pool.executeAsync(whoAmI());
        forgotten.close();
        until(pool, "the next probe has closed it", stats -> next.isDone() && circuit.state() == CircuitState.CLOSED);
    }
}
