package dev.cenote.decorators;

import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.PoolRuntime;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.testkit.fakes.FakeConnection;
import dev.cenote.testkit.fakes.FakeDatabase;
import dev.cenote.testkit.fakes.FakePool;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** While a circuit is not closed its pools probe the server, and nobody else has to do with it. */
class PoolProbeTest extends ResilientFixture {
    private final CircuitBreaker circuit = circuit(3);

    private FakePool guarded(int maxSize) {
        return pool(options -> options.circuitBreaker(circuit).maxSize(maxSize).acquireTimeout(Duration.ofSeconds(60)));
    }

    private void open() {
        while (circuit.state().isClosed()) {
            circuit.recordFailure(new IOException("reset"));
        }
    }

    private void awaitState(FakePool pool, CircuitState state) {
        until(pool, "the circuit is " + state, stats -> circuit.state() == state);
    }

    @Test
    void callersAreRefusedUntilTheProbeHasSucceededAlsoWhenItIsDue() throws Exception {
        try (var pool = guarded(2)) {
            database.hangConnects(true);
            open();
            scheduler.advance(RESET);
            awaitState(pool, CircuitState.HALF_OPEN);
            assertThatThrownBy(() -> pool.execute(whoAmI()))
                    .isInstanceOf(CircuitOpenException.class)
                    .hasMessage("circuit db is half-open, being probed; next probe in 0 ms");
            database.hangConnects(false);
            awaitState(pool, CircuitState.CLOSED);
            pool.execute(whoAmI());
            assertAtRest(pool);
        }
    }

    @Test
    void aProbeThatFailsOpensItAgainAndAnotherFollows() {
        try (var pool = guarded(2)) {
            database.failConnects(new IOException("refused"));
            open();
            scheduler.advance(RESET);
            until(pool, "the probe has failed", stats -> {
                scheduler.advance(Duration.ofMillis(20));
                return circuit.opened() >= 2;
            });
            database.failConnects(null);
            until(pool, "another probe has succeeded", stats -> {
                scheduler.advance(Duration.ofMillis(100));
                return circuit.state() == CircuitState.CLOSED;
            });
            assertAtRest(pool);
        }
    }

    @Test
    void whoeverWaitsIsReleasedAndNobodyMayBeginToWait() throws Exception {
        try (var pool = guarded(1);
                Lease<FakeConnection> held = pool.acquire()) {
            CompletableFuture<Lease<FakeConnection>> waiting = pool.acquireAsync();
            until(pool, "somebody waits", stats -> stats.waiters() == 1);
            open();
            assertThatThrownBy(() -> get(waiting))
                    .hasCauseInstanceOf(CircuitOpenException.class)
                    .hasMessageContaining("next probe in 5000 ms");
            assertThat(pool.stats().waiters()).isZero();
            assertThat(held.isClosed()).isFalse();
        }
    }

    @Test
    void whatWasIdleIsAskedBeforeItCountsAsAnAnswer() throws Exception {
        try (var pool = guarded(2)) {
            pool.execute(whoAmI());
            database.crash(); // its connection is dead
            database.failConnects(null); // the server is well again
            open();
            scheduler.advance(RESET);
            awaitState(pool, CircuitState.CLOSED);
            pool.execute(whoAmI());
            assertAtRest(pool);
        }
    }

    @Test
    void aPoolWhoseConnectionsAreAllHeldLooksAgain() {
        try (var pool = guarded(1)) {
            Lease<FakeConnection> held = pool.acquire();
            open();
            scheduler.advance(RESET);
            awaitState(pool, CircuitState.HALF_OPEN);
            held.close();
            awaitState(pool, CircuitState.CLOSED);
            assertAtRest(pool);
        }
    }

    @Test
    void severalPoolsOfOneCircuitAreSuspendedAndServeAgainTogether() throws Exception {
        var others = new FakeDatabase();
        try (var first = guarded(1);
                var second = FakePool.builder(others)
                        .name("another")
                        .circuitBreaker(circuit)
                        .maxSize(1)
                        .runtime(PoolRuntime.system().withClock(clock).withScheduler(scheduler))
                        .build()) {
            open();
            assertThatThrownBy(first::acquire).isInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(second::acquire).isInstanceOf(CircuitOpenException.class);
            scheduler.advance(RESET);
            awaitState(first, CircuitState.CLOSED);
            assertThat(database.opened() + others.opened())
                    .as("one of them has probed")
                    .isEqualTo(1);
            first.execute(whoAmI());
            second.execute(whoAmI());
            assertAtRest(first);
            assertAtRest(second);
        }
    }

    @Test
    void aPoolThatClosesLeavesTheProbingToTheOthers() {
        try (var pool = guarded(1)) {
            try (var closing = guarded(1)) {
                open();
            }
            until(pool, "its connector was shut down, while nothing is open", stats -> database.shutdowns() == 1);
            scheduler.advance(RESET);
            awaitState(pool, CircuitState.CLOSED);
        }
        open();
        scheduler.advance(RESET);
        circuit.acquire().success();
        assertThat(circuit.state()).as("without pools callers probe").isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void forcedOpenIsNotProbedAndResetServesAgain() {
        try (var pool = guarded(1)) {
            circuit.forceOpen();
            assertThatThrownBy(pool::acquire)
                    .isInstanceOfSatisfying(
                            CircuitOpenException.class,
                            refusal -> assertThat(refusal.retryAfter()).isEmpty())
                    .hasMessage("circuit db is forced open; it stays so until it is let go by hand");
            scheduler.advance(RESET.multipliedBy(10));
            assertThat(circuit.state()).isEqualTo(CircuitState.FORCED_OPEN);
            assertThat(database.opened()).isZero();
            circuit.reset();
            pool.execute(whoAmI());
            circuit.forceClosed();
            open(9);
            pool.execute(whoAmI());
            assertAtRest(pool);
        }
    }

    private void open(int failures) {
        for (int i = 0; i < failures; i++) {
            circuit.recordFailure(new IOException("reset"));
        }
    }
}
