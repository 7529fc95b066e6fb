package dev.cenote.protocols;

import java.util.concurrent.CompletionStage;

/**
 * What is done in a transaction without blocking. May run several times, each time in a transaction of its own.
 *
 * @param <C> the connection
 * @param <R> its result
 */
@FunctionalInterface
public interface AsyncTransactionBody<C extends Connection, R> {
    /** Begins it, on a thread of the pool; the transaction ends when the stage completes. Must not block. */
    CompletionStage<R> run(TransactionContext<C> transaction);
}
