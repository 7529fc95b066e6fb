package dev.cenote.benchmarks.subjects;

import dev.cenote.benchmarks.stub.StubServer;
import java.time.Duration;

/**
 * The pool that a scenario wants.
 *
 * @param virtualThreads true if virtual threads will use it: the one peer with a variant for them gets to know
 */
public record PoolSpec(int minSize, int maxSize, Duration acquireTimeout, StubServer server, boolean virtualThreads) {
    /** A pool that is always full, on a server that is always well. */
    public static PoolSpec fixed(int size) {
        return new PoolSpec(size, size, Duration.ofSeconds(30), new StubServer(), false);
    }

    /** This, for virtual threads or not. */
    public PoolSpec forVirtualThreads(boolean virtual) {
        return new PoolSpec(minSize, maxSize, acquireTimeout, server, virtual);
    }

    /** The time to wait, in the unit that most pools take. */
    int acquireTimeoutMillis() {
        return Math.toIntExact(acquireTimeout.toMillis());
    }
}
