package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubConnection;
import dev.cenote.benchmarks.stub.StubServer;
import java.util.concurrent.TimeoutException;
import org.openjdk.jmh.infra.Blackhole;
import stormpot.Allocator;
import stormpot.BasePoolable;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.PoolTap;
import stormpot.Slot;
import stormpot.Timeout;

/** Stormpot, with its tap for the kind of thread that uses it. */
public final class StormpotSubject implements Subject {
    private final Pool<Held> pool;
    private final PoolTap<Held> tap;
    private final Timeout timeout;

    /**
     * Starts it; it opens all its connections at once.
     *
     * @param expires true for a limited lifetime, its default, which makes each acquire read the clock
     */
    public StormpotSubject(PoolSpec spec, boolean expires) {
        var builder = Pool.fromThreaded(new Opening(spec.server()))
                .setSize(spec.maxSize())
                .setPreciseLeakDetectionEnabled(false);
        pool = (expires ? builder : builder.setExpiration(Expiration.never())).build();
        tap = spec.virtualThreads() ? pool.getVirtualThreadSafeTap() : pool.getThreadSafeTap();
        timeout = new Timeout(spec.acquireTimeout());
    }

    @Override
    public void cycle(Blackhole blackhole) throws Exception {
        Held held = acquire();
        try {
            blackhole.consume(held.physical);
        } finally {
            held.release();
        }
    }

    @Override
    public Held acquire() throws Exception {
        Held held = tap.claim(timeout);
        if (held == null) {
            throw new TimeoutException();
        }
        return held;
    }

    @Override
    public void release(Object held) {
        ((Held) held).release();
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    private static final class Held extends BasePoolable {
        private final StubConnection physical;

        Held(Slot slot, StubConnection physical) {
            super(slot);
            this.physical = physical;
        }
    }

    private record Opening(StubServer server) implements Allocator<Held> {
        @Override
        public Held allocate(Slot slot) throws Exception {
            return new Held(slot, server.connect());
        }

        @Override
        public void deallocate(Held held) {
            held.physical.close();
        }
    }
}
