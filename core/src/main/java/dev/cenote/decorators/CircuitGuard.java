package dev.cenote.decorators;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.circuit.Permit;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.protocols.events.PoolListener;

/**
 * What a pool's circuit learns from. A failure to connect and an error that breaks the connection count against the
 * server; an answer, be it an error of the caller's making, counts for it; an acquire that timed out in an exhausted pool
 * tells nothing of the server.
 */
final class CircuitGuard implements PoolListener {
    private final CircuitBreaker breaker;

    CircuitGuard(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    CircuitBreaker breaker() {
        return breaker;
    }

    Permit acquire() {
        return breaker.acquire();
    }

    /** Tells the permit how a call ended that threw {@code error}. */
    static void settle(Permit permit, Throwable error) {
        if (!(error instanceof OperationFailedException failed)) {
            // Failures to connect are heard of as events, once each, however many callers waited for the connection.
            permit.ignored();
        } else if (failed.verdict().connection() == ConnectionFate.KEEP) {
            permit.success();
        } else {
            permit.failure(error);
        }
    }

    @Override
    public void onEvent(PoolEvent event) {
        if (event instanceof PoolEvent.ConnectionFailed failed) {
            breaker.recordFailure(failed.error());
        }
    }

    @Override
    public boolean wantsAcquires() {
        return false;
    }
}
