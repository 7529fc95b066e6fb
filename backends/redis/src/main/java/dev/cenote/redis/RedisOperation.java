package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A command of Redis, as {@link RedisOperations} and {@link RedisCollections} make them. Immutable.
 *
 * @param <R> its result
 */
public final class RedisOperation<R> implements Operation<RedisConnection, R> {
    private final String name;
    private final Optional<String> key;
    private final Effect effect;
    private final Class<? super R> resultType;
    private final Function<RedisAsyncCommands<String, String>, CompletionStage<R>> command;

    RedisOperation(
            String name,
            Optional<String> key,
            Effect effect,
            Class<? super R> resultType,
            Function<RedisAsyncCommands<String, String>, CompletionStage<R>> command) {
        this.name = name;
        this.key = key;
        this.effect = effect;
        this.resultType = resultType;
        this.command = command;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> target() {
        return key;
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public Class<? super R> resultType() {
        return resultType;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the current thread is one of those that serve connections, as a callback of a
     *     future may find itself on; nothing has been sent then
     */
    @Override
    public R execute(RedisConnection connection, Deadline deadline) throws Exception {
        IoThread.admitBlocking(name);
        connection.admit(name, effect);
        return RedisConnector.await(send(connection.commands()).toCompletableFuture(), deadline, name);
    }

    /**
     * Runs on the driver's own I/O threads; {@code executor} is not used. What depends on the stage runs there too and
     * must not block: a blocking call of this pool is refused there at once.
     */
    @Override
    public CompletionStage<R> executeAsync(RedisConnection connection, Deadline deadline, Executor executor) {
        try {
            connection.admit(name, effect);
            return send(connection.commands());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    CompletionStage<R> send(RedisAsyncCommands<String, String> commands) {
        return command.apply(commands);
    }

    @Override
    public String toString() {
        return key.map(target -> name + " " + target).orElse(name);
    }
}
