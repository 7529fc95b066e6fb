package dev.cenote.protocols;

/**
 * What an application does with connections at turns of their life. A hook that throws costs its connection, which is
 * closed, and nothing else: no slot, no waiter and no caller is lost.
 *
 * <p>Called by several threads at the same time, for different connections. A pool with hooks does not take the fast path:
 * each acquire and release costs some tens of nanoseconds more, and what the hooks take.
 */
public interface PoolHooks {
    /**
     * A connection was opened, and will be given out once this returns. Runs on a thread of the pool. Session state that
     * it sets must be such that the backend's reset leaves it alone.
     *
     * @throws Exception if the connection is no good; counts as a failure to connect
     */
    default void afterConnect(Connection connection) throws Exception {}

    /**
     * A connection is about to be given out. Runs on the acquiring thread, for a future on one of the pool; the time that
     * it takes counts against the caller's deadline but is not cut short by it.
     *
     * @return false to have it closed and another one given out
     * @throws Exception as false
     */
    default boolean beforeAcquire(Connection connection) throws Exception {
        return true;
    }

    /**
     * A connection was returned and cleaned, and will be given to the next caller once this returns. Runs on the releasing
     * thread.
     *
     * @return false to have it closed
     * @throws Exception as false
     */
    default boolean afterRelease(Connection connection) throws Exception {
        return true;
    }
}
