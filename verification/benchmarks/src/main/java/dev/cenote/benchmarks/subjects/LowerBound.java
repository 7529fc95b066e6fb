package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubConnection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The least that an acquire and a release can cost: each thread has a connection of its own, found through a ThreadLocal,
 * taken with one CAS and given back with another. No pool: it has no size.
 */
final class LowerBound implements Subject {
    private static final int IDLE = 0;
    private static final int LEASED = 1;

    private final ThreadLocal<Confined> own;

    LowerBound(PoolSpec spec) {
        own = ThreadLocal.withInitial(() -> {
            try {
                return new Confined(spec.server().connect());
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        });
    }

    @Override
    public void cycle(Blackhole blackhole) {
        Confined connection = acquire();
        blackhole.consume(connection.physical);
        release(connection);
    }

    @Override
    public Confined acquire() {
        Confined connection = own.get();
        if (!connection.compareAndSet(IDLE, LEASED)) {
            throw new IllegalStateException("leased already");
        }
        return connection;
    }

    @Override
    public void release(Object held) {
        if (!((Confined) held).compareAndSet(LEASED, IDLE)) {
            throw new IllegalStateException("not leased");
        }
    }

    @Override
    public void close() {}

    private static final class Confined extends AtomicInteger {
        private static final long serialVersionUID = 1;
        private final transient StubConnection physical;

        // Threads side by side must not share a cache line; a line has 64 bytes and is fetched with its neighbour.
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, pa, pb, pc, pd, pe, pf;

        Confined(StubConnection physical) {
            this.physical = physical;
        }
    }
}
