package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One attempt to open a connection. Used under the pool's lock, but for what never changes. */
final class ConnectAttempt<C extends Connection> {
    final long id;
    final long generation;
    final long startedNanos;
    final long giveUpNanos;

    /** The place for its connection; null once it was taken for another attempt or the attempt was given up. */
    @Nullable
    Slot<C> slot;

    /** What looks whether it hangs. */
    @Nullable
    Future<?> patience;

    /** A connection that this one is to replace, with its id. */
    @Nullable
    Slot<C> expiring;

    long expiringId;

    /** True once it has ended, whichever way, or was given up. */
    boolean over;

    ConnectAttempt(long id, long generation, long startedNanos, long giveUpNanos) {
        this.id = id;
        this.generation = generation;
        this.startedNanos = startedNanos;
        this.giveUpNanos = giveUpNanos;
    }
}
