package dev.cenote.resilience4j;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.Bulkhead;
import dev.cenote.retry.Retry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;

/**
 * Has a user's own instances of resilience4j take the place of Cenote's policies, with their metrics and events.
 *
 * <pre>{@code
 * PostgresPool pool = PostgresPool.builder()
 *         .uri("postgres://localhost/test")
 *         .retry(Resilience4j.retry(retries.retry("db")))
 *         .circuitBreaker(Resilience4j.circuit(breakers.circuitBreaker("db")))
 *         .build();
 * }</pre>
 *
 * <p>What resilience4j does not have stays as it is without it: no retry budget; callers, not the pool, probe a server while
 * its circuit is half-open; and whoever waits for a connection when the circuit opens goes on waiting. A call still runs again only if its verdict and effect allow it.
 */
public final class Resilience4j {
    private Resilience4j() {}

    /**
     * A circuit breaker. What an error says of the server is read by its verdict, as with Cenote's own; of those that say
     * that it is ill, the breaker's own predicates may ignore some. A breaker that is disabled counts nothing. While a pool
     * is open its listeners hear of the breaker's transitions, as {@link
     * dev.cenote.protocols.events.PoolEvent.CircuitChanged}; one to or from a state that is the same here, as metrics-only
     * and closed are, is none.
     */
    public static Circuit circuit(CircuitBreaker breaker) {
        return new AdaptedCircuit(breaker);
    }

    /**
     * A retry, which decides on the number of attempts, the wait between them, and which of the errors that permit it are
     * to be retried. When all attempts have failed, the last error flows out as it is. A wait that would pass the deadline
     * is not begun.
     */
    public static Retry retry(io.github.resilience4j.retry.Retry retry) {
        return new AdaptedRetry(retry);
    }

    /** A bulkhead. Its maximum wait holds for calls that must not block, too: leave it at zero for those. */
    public static Bulkhead bulkhead(io.github.resilience4j.bulkhead.Bulkhead bulkhead) {
        return new AdaptedBulkhead(bulkhead);
    }
}
