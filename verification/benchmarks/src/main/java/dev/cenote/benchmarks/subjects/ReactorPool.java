package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubConnection;
import java.time.Duration;
import org.openjdk.jmh.infra.Blackhole;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/** reactor-pool, used by callers that block; connects on the scheduler that Reactor has for what blocks. */
final class ReactorPool implements Subject {
    private final InstrumentedPool<StubConnection> pool;
    private final Duration timeout;

    ReactorPool(PoolSpec spec) {
        timeout = spec.acquireTimeout();
        pool = PoolBuilder.from(Mono.fromCallable(spec.server()::connect).subscribeOn(Schedulers.boundedElastic()))
                .sizeBetween(spec.minSize(), spec.maxSize())
                .maxPendingAcquireUnbounded()
                .buildPool();
        pool.warmup().block();
    }

    @Override
    public void cycle(Blackhole blackhole) {
        PooledRef<StubConnection> reference = acquire();
        try {
            blackhole.consume(reference.poolable());
        } finally {
            reference.release().block();
        }
    }

    @Override
    public PooledRef<StubConnection> acquire() {
        PooledRef<StubConnection> reference = pool.acquire(timeout).block();
        if (reference == null) {
            throw new IllegalStateException("the pool completed without a connection");
        }
        return reference;
    }

    @Override
    public void release(Object held) {
        ((PooledRef<?>) held).release().block();
    }

    @Override
    public void close() {
        pool.dispose();
    }
}
