package dev.cenote.protocols;

import dev.cenote.protocols.operations.Idempotent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A typed command: it names itself and its target, says what it does to the data, and runs on a connection.
 *
 * <p>Immutable, and so usable many times and from many threads.
 *
 * @param <C> the connection it runs on
 * @param <R> its result
 */
public interface Operation<C extends Connection, R> {
    /** The command's name in the database's own words, such as {@code findOne}, {@code query} or {@code GET}. */
    String name();

    /** The collection, table or key it works on, if it is one; for logs and metrics, never secret. */
    Optional<String> target();

    /** What it does to the data: decides whether it may be tried again when its fate is unknown. */
    Effect effect();

    /** The erased type of the result. */
    Class<? super R> resultType();

    /**
     * Runs on {@code connection}, which is the caller's alone meanwhile, and blocks until the result is there.
     *
     * @param deadline when it must have ended; becomes the statement or socket time-out
     * @throws Exception the driver's, unchanged, so that the classifier can read it
     */
    R execute(C connection, Deadline deadline) throws Exception;

    /**
     * Runs without blocking the caller. Unless the driver can do so itself, {@link #execute} runs on {@code executor}.
     * A failure completes the stage with the driver's exception; this method itself does not throw.
     */
    default CompletionStage<R> executeAsync(C connection, Deadline deadline, Executor executor) {
        var result = new CompletableFuture<R>();
        try {
            executor.execute(() -> {
                try {
                    result.complete(execute(connection, deadline));
                } catch (Throwable failure) {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException rejected) {
            result.completeExceptionally(rejected);
        }
        return result;
    }

    /**
     * This operation, declared to do no harm if it runs twice. The caller vouches for it: with retry, it may then run
     * twice.
     */
    default Operation<C, R> idempotent() {
        return effect().isRepeatable() ? this : new Idempotent<>(this);
    }
}
