package dev.cenote.protocols;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Is told of each call of an operation, from its begin to its end, on the threads on which these happen: for tracing and
 * for metrics of operations. Must return at once. What it throws is logged and harms no call.
 *
 * <p>A call of {@code pool.execute} or {@code executeAsync} is one call with all its attempts; an operation on a lease or in
 * a transaction is one too. While a pool has no observer, its calls cost nothing more.
 */
@FunctionalInterface
public interface CallObserver {
    /**
     * A call begins, on this thread, before a connection is asked for.
     *
     * @param pool name of the pool
     * @param database what it connects to
     * @param operation what is called
     * @return what to tell of this call; null if nothing
     */
    @Nullable
    Observation begin(String pool, Database database, Operation<?, ?> operation);

    /** One call. Its methods may be called on other threads than its begin, one after another. */
    interface Observation {
        /** An attempt got its connection, {@code waited} after it asked for one. Not told of what runs on a lease. */
        default void leased(long connectionId, Duration waited) {}

        /** An attempt failed; {@code attempt} counts from 1. Another may follow. */
        default void attemptFailed(int attempt, Throwable error) {}

        /** The call has ended, last of all; {@code error} is what its caller gets, null if it succeeded. */
        void end(@Nullable Throwable error);
    }
}
