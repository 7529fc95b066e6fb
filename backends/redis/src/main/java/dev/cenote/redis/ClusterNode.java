package dev.cenote.redis;

import dev.cenote.protocols.HostAndPort;
import dev.cenote.protocols.errors.PoolClosedException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A server of a cluster that has slots, with its pool, which is made when it is first needed. Thread-safe. */
final class ClusterNode {
    private final HostAndPort address;
    private final String poolName;
    private final Supplier<RedisPool> maker;
    /** That of all nodes: one lock less that could be taken in the wrong order. */
    private final ReentrantLock life;

    private volatile @Nullable RedisPool pool;
    private boolean left;
    /** When somebody last said that it has slots. */
    private volatile long namedNanos;
    /** When another last sent something there for a slot that is on its way. */
    private volatile long expectedNanos;

    ClusterNode(HostAndPort address, String poolName, long sinceNanos, ReentrantLock life, Supplier<RedisPool> maker) {
        this.namedNanos = sinceNanos;
        this.expectedNanos = sinceNanos;
        this.address = address;
        this.poolName = poolName;
        this.life = life;
        this.maker = maker;
    }

    HostAndPort address() {
        return address;
    }

    String poolName() {
        return poolName;
    }

    /**
     * Its pool.
     *
     * @throws PoolClosedException if it has left the cluster before it had one
     */
    RedisPool pool() {
        RedisPool made = pool;
        return made != null ? made : make();
    }

    private RedisPool make() {
        life.lock();
        try {
            RedisPool made = pool;
            if (made == null) {
                if (left) {
                    throw new PoolClosedException(poolName, "has left the cluster");
                }
                made = maker.get();
                pool = made;
            }
            return made;
        } finally {
            life.unlock();
        }
    }

    /** Its pool, if it has been needed. */
    Optional<RedisPool> started() {
        return Optional.ofNullable(pool);
    }

    /** Makes no pool any more; gives the one that there is, to be closed. */
    Optional<RedisPool> leave() {
        life.lock();
        try {
            left = true;
            return started();
        } finally {
            life.unlock();
        }
    }

    void named(long now) {
        namedNanos = now;
    }

    void expected(long now) {
        expectedNanos = now;
    }

    boolean wasNamedSince(long then) {
        return namedNanos - then >= 0;
    }

    /** True if it must not leave by what was read since {@code then}: it was named after that, or expects a slot. */
    boolean isWanted(long then, long patienceNanos) {
        return wasNamedSince(then) || expectedNanos - (then - patienceNanos) > 0;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
