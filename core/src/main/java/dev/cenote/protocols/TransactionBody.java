package dev.cenote.protocols;

import org.jspecify.annotations.Nullable;

/**
 * What is done in a transaction. May run several times, each time in a transaction of its own: what it does outside the
 * database must be fit for that.
 *
 * @param <C> the connection
 * @param <R> its result
 * @param <X> what it throws besides Cenote's errors
 */
@FunctionalInterface
public interface TransactionBody<C extends Connection, R extends @Nullable Object, X extends Exception> {
    /** Does it, on the thread that asked for the transaction. */
    R run(TransactionContext<C> transaction) throws X;
}
