package dev.cenote.decorators;

import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.CircuitState;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.CircuitOpenException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.RetriesExhaustedException;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PoolCircuitTest extends ResilientFixture {
    @Test
    void refusedConnectsOpenItAndAProbeClosesIt() throws Exception {
        CircuitBreaker circuit = circuit(3);
        try (var pool = pool(options -> options.circuitBreaker(circuit).acquireTimeout(Duration.ofSeconds(60)))) {
            database.refuse();
            CompletableFuture<Long> waiting = pool.executeAsync(whoAmI());
            until(pool, "the circuit is open", stats -> {
                scheduler.advance(Duration.ofMillis(50));
                return circuit.state() == CircuitState.OPEN;
            });
            assertThatThrownBy(() -> get(waiting))
                    .as("waiters are released")
                    .hasCauseInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(() -> pool.execute(whoAmI())).isInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(pool::acquire).isInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(pool::tryAcquire).isInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(() -> get(pool.acquireAsync())).hasCauseInstanceOf(CircuitOpenException.class);
            assertThatThrownBy(() -> get(pool.executeAsync(whoAmI()))).hasCauseInstanceOf(CircuitOpenException.class);
            assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
            assertThat(pool.health().reason()).startsWith("circuit db is open; ");

            database.failConnects(null);
            scheduler.advance(RESET);
            until(pool, "the pool's own probe has closed it", stats -> {
                // An attempt that was under way before may still be refused, after the clock was turned.
                scheduler.advance(Duration.ofMillis(50));
                return circuit.state() == CircuitState.CLOSED;
            });
            pool.execute(whoAmI());
            assertAtRest(pool);
        }
    }

    @Test
    void aFailedConnectCountsOnceHoweverManyWaitForIt() {
        CircuitBreaker circuit = circuit(2);
        try (var pool =
                pool(options -> options.circuitBreaker(circuit).maxSize(4).maxConnecting(1))) {
            database.failConnects(new SecurityException("wrong password"));
            assertThatThrownBy(() -> pool.execute(whoAmI())).isInstanceOf(ConnectionFailedException.class);
            assertThat(pool.stats().connectFailures()).isEqualTo(1);
            assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    @Test
    void brokenConnectionsOpenItAndRefusedStatementsDoNot() {
        CircuitBreaker circuit = circuit(2);
        try (var pool = pool(options -> options.circuitBreaker(circuit))) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> pool.execute(mistaken())).isInstanceOf(OperationFailedException.class);
            }
            assertThatThrownBy(() -> pool.execute(breaking(9, Effect.READ_ONLY)))
                    .isInstanceOf(OperationFailedException.class);
            assertThatThrownBy(() -> pool.execute(mistaken())).isInstanceOf(OperationFailedException.class);
            assertThat(circuit.state()).as("an answer came in between").isEqualTo(CircuitState.CLOSED);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> pool.execute(breaking(9, Effect.READ_ONLY)))
                        .isInstanceOf(OperationFailedException.class);
            }
            assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void anOpenCircuitEndsTheRetries() {
        CircuitBreaker circuit = circuit(2);
        try (var pool = pool(options -> options.circuitBreaker(circuit).retry(retry))) {
            assertThatThrownBy(() -> pool.execute(breaking(9, Effect.READ_ONLY)))
                    .isInstanceOf(RetriesExhaustedException.class)
                    .hasCauseInstanceOf(CircuitOpenException.class);
            assertThat(runs).hasValue(2);
            assertThat(pool.attempts()).isEqualTo(2);
            assertThat(pool.retries()).isEqualTo(1);
        }
    }

    @Test
    void anExhaustedPoolDoesNotOpenIt() {
        CircuitBreaker circuit = circuit(1);
        try (var pool =
                pool(options -> options.circuitBreaker(circuit).maxSize(1).acquireTimeout(Duration.ofSeconds(1)))) {
            try (var held = pool.acquire()) {
                CompletableFuture<Long> waiting = pool.executeAsync(whoAmI());
                scheduler.advance(Duration.ofSeconds(2));
                assertThatThrownBy(() -> get(waiting)).hasCauseInstanceOf(AcquireTimeoutException.class);
                assertThat(held.isClosed()).isFalse();
            }
            assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
            assertAtRest(pool);
        }
    }

    @Test
    void operationsOnAHeldLeaseTellIt() throws Exception {
        CircuitBreaker circuit = circuit(2);
        try (var pool = pool(options -> options.circuitBreaker(circuit))) {
            try (Lease<FakeConnection> lease = pool.acquire();
                    Lease<FakeConnection> another = pool.acquire()) {
                lease.execute(whoAmI());
                assertThatThrownBy(() -> lease.execute(breaking(9, Effect.READ_ONLY)))
                        .isInstanceOf(OperationFailedException.class);
                assertThatThrownBy(() -> get(another.executeAsync(breaking(9, Effect.READ_ONLY))))
                        .hasCauseInstanceOf(OperationFailedException.class);
                assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
            }
        }
    }

    @Test
    void aCommitThatBreaksTheConnectionTellsIt() {
        CircuitBreaker circuit = circuit(1);
        try (var pool = pool(options -> options.circuitBreaker(circuit));
                Lease<FakeConnection> lease = pool.acquire()) {
            var transaction = lease.begin(TransactionOptions.defaults());
            database.crash();
            assertThatThrownBy(transaction::commit).isInstanceOf(OperationFailedException.class);
            assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        }
    }

    @Test
    void aConnectionOfBeforeItOpenedSaysNothingOfAfter() {
        CircuitBreaker circuit = circuit(1);
        try (var pool = pool(options -> options.circuitBreaker(new ForeignCircuit(circuit)));
                Lease<FakeConnection> old = pool.acquire()) {
            makeHalfOpen(circuit);
            try (Lease<FakeConnection> probe = pool.acquire()) {
                assertThatThrownBy(() -> old.execute(breaking(9, Effect.READ_ONLY)))
                        .isInstanceOf(OperationFailedException.class);
                assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
                probe.execute(whoAmI());
                assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
            }
        }
    }
}
