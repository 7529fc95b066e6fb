package dev.cenote.protocols;

/**
 * An open transaction on a leased connection. Not thread-safe. Closing one that was neither committed nor rolled back
 * rolls it back.
 */
public interface Transaction extends AutoCloseable {
    /**
     * Commits.
     *
     * @throws dev.cenote.protocols.errors.OperationFailedException with {@code ROLLED_BACK} when it must be run again,
     *     with {@code COMMIT_UNKNOWN} when nobody knows whether the commit took effect
     * @throws dev.cenote.protocols.errors.TransactionException if it has ended already
     */
    void commit();

    /**
     * Rolls back.
     *
     * @throws dev.cenote.protocols.errors.TransactionException if it has ended already
     */
    void rollback();

    /** True until it was committed or rolled back. */
    boolean isOpen();

    /** Rolls back unless it has ended. Does not throw: a connection that cannot roll back is closed on return. */
    @Override
    void close();
}
