package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.errors.TransactionException;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An optimistic transaction that is open on a connection: keys are watched and read as it goes on, what is to be written
 * is kept here until the end, and then sent as one MULTI ... EXEC. Used by one thread at a time.
 */
final class RedisTransaction {
    /** A command of the end, and the future of whoever queued it. */
    private record Queued<R>(RedisOperation<R> operation, CompletableFuture<R> result) {
        /** Sends it within MULTI: its reply comes with that of EXEC. */
        CompletableFuture<R> send(RedisConnection connection) {
            CompletableFuture<R> reply = operation.sendAmongOthers(connection).toCompletableFuture();
            reply.whenComplete((value, failure) -> {
                if (failure == null) {
                    result.complete(value);
                } else {
                    result.completeExceptionally(failure);
                }
            });
            return reply;
        }
    }

    private final TransactionOptions options;
    private final List<Queued<?>> queue = new ArrayList<>();
    private boolean watching;

    RedisTransaction(TransactionOptions options) {
        if (options.isolation().isPresent()) {
            throw new TransactionException("isolation must be empty with Redis, which has no levels, was "
                    + options.isolation().get());
        }
        this.options = options;
    }

    /** Lets an operation run at once, which it may if it only reads. */
    void admit(String name, Effect effect) {
        if (effect != Effect.READ_ONLY) {
            throw new TransactionException(name
                    + " would take effect at once, whatever becomes of the transaction: queue it with"
                    + " RedisTransactions.queued");
        }
    }

    void watches() {
        watching = true;
    }

    <R> CompletableFuture<R> add(RedisOperation<R> operation) {
        if (options.readOnly() && operation.effect() != Effect.READ_ONLY) {
            throw new TransactionException(
                    operation.name() + " may write, and the open transaction was told to read only");
        }
        operation.whyAlone().ifPresent(why -> {
            throw new TransactionException(operation.name() + " cannot be queued in a transaction: " + why);
        });
        var result = new CompletableFuture<R>();
        queue.add(new Queued<>(operation, result));
        return result;
    }

    /** Sends what was queued. Fails with {@link WatchedKeyChangedException} if none of it was executed. */
    void commit(RedisConnection connection, Deadline deadline) throws Exception {
        RedisAsyncCommands<String, String> commands = connection.commands();
        if (queue.isEmpty()) {
            forget(commands, deadline);
            return;
        }
        var multi = commands.multi();
        var replies = new ArrayList<CompletableFuture<?>>(queue.size());
        for (Queued<?> queued : queue) {
            replies.add(queued.send(connection));
        }
        var executing = commands.exec();
        RedisConnector.await(multi, deadline, "MULTI");
        TransactionResult result;
        try {
            result = RedisConnector.await(executing, deadline, "EXEC");
        } catch (RedisException failure) {
            // EXECABORT does not say which command the server refused, nor why.
            Exception refused = firstFailure(replies);
            if (refused == null) {
                throw failure;
            }
            throw refused;
        }
        if (result.wasDiscarded()) {
            throw new WatchedKeyChangedException();
        }
        Exception failed = firstFailure(replies);
        if (failed instanceof RedisCommandExecutionException said) {
            throw new FailedWithinExecException(said);
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static @Nullable Exception firstFailure(List<CompletableFuture<?>> replies) {
        for (CompletableFuture<?> reply : replies) {
            if (reply.isCompletedExceptionally()) {
                try {
                    reply.join();
                } catch (CompletionException failed) {
                    if (failed.getCause() instanceof Exception cause) {
                        return cause;
                    }
                }
            }
        }
        return null;
    }

    /** Ends it with nothing executed. */
    void forget(RedisAsyncCommands<String, String> commands, Deadline deadline) throws Exception {
        queue.forEach(queued -> queued.result().cancel(false));
        if (watching) {
            RedisConnector.await(commands.unwatch(), deadline, "UNWATCH");
        }
    }
}
