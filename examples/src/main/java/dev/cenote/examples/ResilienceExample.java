package dev.cenote.examples;

import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.decorators.Decorators;
import dev.cenote.protocols.Effect;
import dev.cenote.redis.RedisPool;
import dev.cenote.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Retry and circuit breaker, in a pool and round a call of one's own. */
public final class ResilienceExample {
    private ResilienceExample() {}

    /** A pool that tries again where that is safe, and fails at once while its server is down. */
    public static RedisPool pool(String uri, CircuitBreaker circuit) {
        return RedisPool.builder()
                .uri(uri)
                .retry(RetryPolicy.exponential()
                        .base(Duration.ofMillis(20))
                        .maxRetries(3)
                        .build())
                .circuitBreaker(circuit)
                .callTimeout(Duration.ofSeconds(10))
                .build();
    }

    /** Calls something that is no database of Cenote's: only its caller knows which errors leave nothing done. */
    public static <T> T guarded(Callable<T> call, CircuitBreaker circuit) throws Exception {
        RetryPolicy policy = RetryPolicy.exponential()
                .base(Duration.ofMillis(5))
                .maxRetries(3)
                .retryUnclassifiedAtOwnRisk(error -> error instanceof IOException)
                .build();
        return Decorators.of(call)
                .withDeadline(Duration.ofSeconds(30))
                .withRetry(policy, Effect.READ_ONLY)
                .withCircuitBreaker(circuit)
                .call();
    }
}
