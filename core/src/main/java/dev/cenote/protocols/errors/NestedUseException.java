package dev.cenote.protocols.errors;

/**
 * A thread that is in a transaction of a pool used the pool itself: it would have waited for a second connection while
 * holding the first, and a pool whose connections are all held by such threads waits for ever.
 */
public class NestedUseException extends PoolException {
    private static final long serialVersionUID = 1L;

    public NestedUseException(String pool, String use) {
        super(
                pool,
                use + " within a transaction of the same pool on the same thread was refused: use the transaction's own"
                        + " methods, or set TransactionOptions.withNesting",
                null);
    }
}
