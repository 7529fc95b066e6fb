package dev.cenote.pool;

import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An engine and a place for each thread to keep what it acquired. Only its thread fills a place; all may release or cancel
 * what is there, so that leases are closed twice and from two threads.
 */
final class Places {
    static final int COUNT = 3;

    final Rig rig;
    private final AtomicReferenceArray<CompletableFuture<Lease<Rig.Plain>>> places = new AtomicReferenceArray<>(COUNT);

    /** A pool with one connection, which is idle. */
    Places(int size) {
        rig = new Rig(size);
        rig.engine.acquire().close();
    }

    String acquire(int place) {
        if (!look(place).equals("free")) {
            return "taken";
        }
        places.set(place, rig.engine.acquireAsync());
        return look(place);
    }

    String tryAcquire(int place) {
        if (!look(place).equals("free")) {
            return "taken";
        }
        Optional<Lease<Rig.Plain>> lease = rig.engine.tryAcquire();
        lease.ifPresent(taken -> places.set(place, CompletableFuture.completedFuture(taken)));
        return lease.isPresent() ? "holds" : "free";
    }

    void release(int place) {
        var future = places.get(place);
        if (future != null) {
            Rig.end(future);
        }
    }

    boolean cancel(int place) {
        var future = places.get(place);
        return future != null && !future.isDone() && future.cancel(false);
    }

    void clear() {
        rig.engine.clear(InUse.KEPT);
    }

    void resize(int maxSize) {
        rig.engine.resize(0, maxSize);
    }

    /** What its thread has there: "free" for nothing, "waits" or "holds". */
    String look(int place) {
        var future = places.get(place);
        if (future == null) {
            return "free";
        } else if (!future.isDone()) {
            return "waits";
        }
        return future.isCompletedExceptionally() || future.join().isClosed() ? "free" : "holds";
    }

    int count(String what) {
        int count = 0;
        for (int place = 0; place < COUNT; place++) {
            count += look(place).equals(what) ? 1 : 0;
        }
        return count;
    }

    /** Throws if the engine at rest contradicts itself, or does so once all leases have ended. */
    void validate(int mostSize) {
        var stats = rig.engine.stats();
        int holds = count("holds");
        int waits = count("waits");
        require(stats.leased() == holds, "leased " + stats.leased() + " but held " + holds);
        require(stats.waiters() == waits, "waiters " + stats.waiters() + " but waiting " + waits);
        require(stats.acquired() - stats.released() == holds, "acquired - released is not " + holds);
        require(stats.size() <= stats.maxSize(), "size " + stats.size() + " > " + stats.maxSize());
        require(rig.mostOpen() <= mostSize, "open at once: " + rig.mostOpen());
        require(waits == 0 || stats.idle() == 0, "a waiter beside an idle connection");
        require(waits == 0 || stats.size() == stats.maxSize(), "a waiter beside an empty slot");
        // As often as there are waiters: each end of a lease serves one.
        for (int round = 0; round < COUNT; round++) {
            for (int place = 0; place < COUNT; place++) {
                release(place);
            }
        }
        require(rig.verdict().equals("sound"), rig.verdict());
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
