package dev.cenote.cli.demo;

import dev.cenote.PoolBuilder;
import dev.cenote.circuit.CircuitBreaker;
import dev.cenote.protocols.Pool;
import dev.cenote.retry.RetryPolicy;
import java.time.Duration;

/** The same for all four pools: what the demo shows is one pool, four databases. */
final class PoolSettings {
    private PoolSettings() {}

    static <B extends PoolBuilder<B, P>, P extends Pool<?>> P build(String name, B builder, Tally tally) {
        return builder.name(name)
                .minSize(1)
                .maxSize(6)
                .acquireTimeout(Duration.ofSeconds(1))
                .operationTimeout(Duration.ofSeconds(1))
                .callTimeout(Duration.ofSeconds(3))
                .retry(RetryPolicy.exponential()
                        .base(Duration.ofMillis(20))
                        .maxRetries(3)
                        .build())
                .circuitBreaker(CircuitBreaker.builder()
                        .name(name)
                        .failureThreshold(5)
                        .resetTimeout(Duration.ofMillis(250))
                        .onTransition(tally::transition)
                        .build())
                .listener(tally)
                .build();
    }
}
