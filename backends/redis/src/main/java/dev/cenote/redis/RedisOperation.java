package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
public final class RedisOperation<R> implements Operation<RedisConnection, R>, Keyed {
    /** On what kind of connection {@code pool.execute} runs an operation. On a lease it runs on the lease's. */
    public enum Lane {
        /** One that many callers share: each sends without waiting for the replies to others. */
        SHARED,
        /** One that it has to itself, since it blocks its connection or changes its session. */
        EXCLUSIVE
    }

    /** How it is sent: one call of the driver, mostly. */
    interface Sending<K, V, R> {
        CompletionStage<R> send(RedisClusterAsyncCommands<K, V> commands, Deadline deadline);
    }

    /** An operation's way to send itself, by its own codec. */
    private interface Route<R> {
        CompletionStage<R> send(RedisConnection connection, Deadline deadline);
    }

    private final String name;
    private final Optional<String> key;
    private final List<byte[]> keys;
    private final Effect effect;
    private final Class<? super R> resultType;
    private final Lane lane;
    private final Route<R> route;
    private final Route<R> routeWhenQueued;

    private RedisOperation(
            String name,
            Optional<String> key,
            List<byte[]> keys,
            Effect effect,
            Class<? super R> resultType,
            Lane lane,
            Route<R> route,
            Route<R> routeWhenQueued) {
        this.name = name;
        this.key = key;
        this.keys = keys;
        this.effect = effect;
        this.resultType = resultType;
        this.lane = lane;
        this.route = route;
        this.routeWhenQueued = routeWhenQueued;
    }

    /** An operation on strings, for the shared lane. */
    RedisOperation(
            String name,
            Optional<String> key,
            Effect effect,
            Class<? super R> resultType,
            Function<RedisClusterAsyncCommands<String, String>, CompletionStage<R>> command) {
        this(StringCodec.UTF8, name, key, effect, resultType, (commands, deadline) -> command.apply(commands));
    }

    /** An operation on what {@code codec} reads and writes, for the shared lane. */
    <K, V> RedisOperation(
            RedisCodec<K, V> codec,
            String name,
            Optional<String> key,
            Effect effect,
            Class<? super R> resultType,
            Sending<K, V, R> sending) {
        this(name, key, bytes(key.stream().toArray(String[]::new)), effect, resultType, Lane.SHARED, route(codec, sending), route(codec, sending));
    }

    private static <K, V, R> Route<R> route(RedisCodec<K, V> codec, Sending<K, V, R> sending) {
        return (connection, deadline) -> sending.send(connection.commands(codec), deadline);
    }

    static List<byte[]> bytes(String... keys) {
        return Arrays.stream(keys)
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** This, which names other keys to the server than the one it is called by. */
    RedisOperation<R> on(String... others) {
        return new RedisOperation<>(name, key, bytes(others), effect, resultType, lane, route, routeWhenQueued);
    }

    /** This, for a connection of its own. */
    RedisOperation<R> exclusive() {
        return new RedisOperation<>(name, key, keys, effect, resultType, Lane.EXCLUSIVE, route, routeWhenQueued);
    }

    /** This, sent otherwise in the midst of MULTI, where no reply can be waited for. */
    <K, V> RedisOperation<R> whenQueued(RedisCodec<K, V> codec, Sending<K, V, R> other) {
        return new RedisOperation<>(name, key, keys, effect, resultType, lane, route, route(codec, other));
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
    public List<byte[]> keys() {
        return keys;
    }

    @Override
    public Effect effect() {
        return effect;
    }

    @Override
    public Class<? super R> resultType() {
        return resultType;
    }

    /** Where {@code pool.execute} runs it. */
    public Lane lane() {
        return lane;
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
        return RedisConnector.await(send(connection, deadline).toCompletableFuture(), deadline, name);
    }

    /**
     * Runs on the driver's own I/O threads; {@code executor} is not used. What depends on the stage runs there too and
     * must not block: a blocking call of this pool is refused there at once.
     */
    @Override
    public CompletionStage<R> executeAsync(RedisConnection connection, Deadline deadline, Executor executor) {
        try {
            connection.admit(name, effect);
            return send(connection, deadline);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    CompletionStage<R> send(RedisConnection connection, Deadline deadline) {
        return route.send(connection, deadline);
    }

    /** Sends it between MULTI and EXEC. */
    CompletionStage<R> sendQueued(RedisConnection connection, Deadline deadline) {
        return routeWhenQueued.send(connection, deadline);
    }

    @Override
    public String toString() {
        return key.map(target -> name + " " + target).orElse(name);
    }
}
