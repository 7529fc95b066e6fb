package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.errors.TransactionException;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * What optimistic transactions are made of. Redis executes what a transaction writes at its end, all of it or, if a
 * watched key was changed meanwhile, none of it; then the pool's retry policy runs the body again.
 *
 * <pre>{@code
 * long left = pool.transaction(TransactionOptions.defaults(), tx -> {
 *     tx.execute(watch("stock"));
 *     long stock = tx.execute(get("stock")).map(Long::parseLong).orElse(0L);
 *     if (stock == 0) {
 *         throw new SoldOutException();
 *     }
 *     tx.execute(queued(decr("stock")));           // executed at the end
 *     return stock - 1;
 * });
 * }</pre>
 *
 * <p>Reading operations run at once; those that write are refused unless they are {@link #queued}. A command that fails
 * while EXEC runs (as one on a key of the wrong type) does not undo the others: that is how Redis is. The transaction then
 * fails with that command's error.
 */
public final class RedisTransactions {
    private RedisTransactions() {}

    /**
     * Has the transaction executed only if none of {@code keys} is changed from now on until its end. Only within a
     * transaction.
     */
    public static Operation<RedisConnection, String> watch(String... keys) {
        String[] watched = some(keys);
        List<byte[]> sent = RedisOperation.bytes(watched);
        return new InTransaction<>("WATCH", Optional.of(Arrays.toString(watched)), sent, String.class, connection -> {
            connection.transaction("WATCH").watches();
            return commands -> commands.watch(watched);
        });
    }

    /** A copy, which must hold something and no null. */
    private static String[] some(String... keys) {
        if (keys.length == 0) {
            throw new IllegalArgumentException("keys must not be empty, was []");
        }
        return List.of(keys).toArray(new String[0]);
    }

    /**
     * {@code operation}, to be executed at the end of the transaction: the future completes then, and is cancelled if the
     * transaction is rolled back. Only within a transaction; do not wait for the future in it.
     *
     * @throws dev.cenote.protocols.errors.TransactionException when it is run, if {@code operation} waits on the server,
     *     changes the session, or is a batch
     */
    public static <R> Operation<RedisConnection, CompletableFuture<R>> queued(RedisOperation<R> operation) {
        return new InTransaction<>(
                "queued " + operation.name(),
                operation.target(),
                operation.keys(),
                CompletableFuture.class,
                connection -> {
                    CompletableFuture<R> later =
                            connection.transaction(operation.name()).add(operation);
                    return commands -> CompletableFuture.completedFuture(later);
                });
    }

    /** What is of use in a transaction alone. Of itself it changes no data. */
    private record InTransaction<R>(
            String name,
            Optional<String> target,
            List<byte[]> keys,
            Class<? super R> resultType,
            Function<RedisConnection, Function<RedisAsyncCommands<String, String>, CompletionStage<R>>> step)
            implements Operation<RedisConnection, R>, Keyed {
        @Override
        public Effect effect() {
            return Effect.READ_ONLY;
        }

        @Override
        public R execute(RedisConnection connection, Deadline deadline) throws Exception {
            IoThread.admitBlocking(name);
            CompletionStage<R> reply = step.apply(connection).apply(connection.commands());
            return RedisConnector.await(reply.toCompletableFuture(), deadline, name);
        }

        @Override
        public CompletionStage<R> executeAsync(RedisConnection connection, Deadline deadline, Executor executor) {
            try {
                return step.apply(connection).apply(connection.commands());
            } catch (TransactionException refused) {
                return CompletableFuture.failedFuture(refused);
            }
        }
    }
}
