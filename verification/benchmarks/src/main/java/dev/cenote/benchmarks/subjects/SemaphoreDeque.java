package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubConnection;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.infra.Blackhole;

/** The pool that one writes in ten lines: a semaphore that lets newcomers pass, and a deque of idle connections. */
final class SemaphoreDeque implements Subject {
    private final ConcurrentLinkedDeque<StubConnection> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore permits;
    private final long timeoutNanos;

    SemaphoreDeque(PoolSpec spec) throws Exception {
        permits = new Semaphore(spec.maxSize());
        timeoutNanos = spec.acquireTimeout().toNanos();
        for (int i = 0; i < spec.maxSize(); i++) {
            idle.addFirst(spec.server().connect());
        }
    }

    @Override
    public void cycle(Blackhole blackhole) throws Exception {
        StubConnection connection = acquire();
        try {
            blackhole.consume(connection);
        } finally {
            release(connection);
        }
    }

    @Override
    public StubConnection acquire() throws Exception {
        if (!permits.tryAcquire() && !permits.tryAcquire(timeoutNanos, TimeUnit.NANOSECONDS)) {
            throw new TimeoutException();
        }
        return idle.removeFirst();
    }

    @Override
    public void release(Object held) {
        idle.addFirst((StubConnection) held);
        permits.release();
    }

    @Override
    public void close() {}
}
