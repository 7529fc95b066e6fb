package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A command of Redis, as {@link RedisOperations} and {@link RedisTypes} make them. Immutable.
 *
 * <p>Its {@link #effect() effect} says whether it may run twice, which decides whether it is tried again when its reply was
 * lost. By these rules:
 *
 * <ul>
 *   <li>What changes no data is read-only. PFCOUNT and the like may refresh what the server has cached; TOUCH and GETEX are
 *       writes.
 *   <li>What leaves the same data when it runs twice is idempotent, although the second run tells another count of what it
 *       changed (DEL, SADD, HSET, PFADD, XACK), or as the former value the one that the first run has written (SETBIT). An
 *       expiry counts from the second run.
 *   <li>All else is not, and is never sent again: what adds to what is there (INCR, APPEND, LPUSH, XADD, PUBLISH); what takes
 *       away, since what the first run took would be lost (LPOP, SPOP, GETDEL, SET with GET); what sets or removes by place
 *       (LSET, LTRIM, ZREMRANGEBYRANK); what has a condition, since the second run would tell that it was not met (SETNX, SET
 *       and ZADD with NX or XX, EXPIRE with GT, RENAME, COPY); and what stores a result over one of its own sources
 *       (ZUNIONSTORE, BITOP).
 *   <li>Of scripts, functions and raw commands the caller says it; else they are not idempotent.
 * </ul>
 *
 * <p>A caller who knows better says {@link #idempotent()}.
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

    /**
     * What is known of an operation before it is sent.
     *
     * @param shown its target where that is not its only key
     */
    record Facts(String name, @Nullable String shown, List<byte[]> keys, Effect effect, Lane lane) {
        Facts withEffect(Effect other) {
            return new Facts(name, shown, keys, other, lane);
        }

        Facts withKeys(List<byte[]> others) {
            return new Facts(name, shown, others, effect, lane);
        }

        Facts withLane(Lane other) {
            return new Facts(name, shown, keys, effect, other);
        }
    }

    private final Facts facts;
    private final Class<? super R> resultType;
    private final Execution<R> execution;

    RedisOperation(Facts facts, Class<? super R> resultType, Execution<R> execution) {
        this.facts = facts;
        this.resultType = resultType;
        this.execution = execution;
    }

    static List<byte[]> bytes(String... keys) {
        return Arrays.stream(keys)
                .map(key -> key.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /** This, for a connection of its own. */
    RedisOperation<R> exclusive() {
        return new RedisOperation<>(facts.withLane(Lane.EXCLUSIVE), resultType, execution);
    }

    /** This, on some of its keys; of one that sends nothing else but keys. */
    RedisOperation<R> onSome(List<byte[]> some) {
        return new RedisOperation<>(facts.withKeys(some), resultType, ((SingleCommand<R>) execution).of(some));
    }

    @Override
    public String name() {
        return facts.name;
    }

    @Override
    public Optional<String> target() {
        if (facts.shown != null) {
            return Optional.of(facts.shown);
        }
        return facts.keys.size() == 1
                ? Optional.of(new String(facts.keys.get(0), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /** The keys that it names to the server, as they are sent. None may be changed. */
    @Override
    public List<byte[]> keys() {
        return facts.keys;
    }

    @Override
    public Effect effect() {
        return facts.effect;
    }

    @Override
    public Class<? super R> resultType() {
        return resultType;
    }

    /** Where {@code pool.execute} runs it. */
    public Lane lane() {
        return facts.lane;
    }

    /** {@inheritDoc} Its lane stays the same. */
    @Override
    public RedisOperation<R> idempotent() {
        return effect().isRepeatable()
                ? this
                : new RedisOperation<>(facts.withEffect(Effect.IDEMPOTENT), resultType, execution);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the current thread is one of those that serve connections, as a callback of a
     *     future may find itself on; nothing has been sent then
     */
    @Override
    public R execute(RedisConnection connection, Deadline deadline) throws Exception {
        IoThread.admitBlocking(name());
        connection.admit(name(), effect());
        return execution.run(connection, deadline);
    }

    /**
     * Runs on the driver's own I/O threads; {@code executor} is not used. What depends on the stage runs there too and
     * must not block: a blocking call of this pool is refused there at once.
     */
    @Override
    public CompletionStage<R> executeAsync(RedisConnection connection, Deadline deadline, Executor executor) {
        try {
            connection.admit(name(), effect());
            return send(connection, deadline);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    CompletionStage<R> send(RedisConnection connection, Deadline deadline) {
        return execution.start(connection, deadline);
    }

    /** Sends it between MULTI and EXEC, or in a batch. */
    CompletionStage<R> sendAmongOthers(RedisConnection connection) {
        return execution.startAmongOthers(connection);
    }

    Execution<R> execution() {
        return execution;
    }

    /** Why it can be neither queued in a transaction nor be part of a batch; empty if it can. */
    Optional<String> whyAlone() {
        return execution.whyAlone();
    }

    @Override
    public String toString() {
        return target().map(target -> name() + " " + target).orElse(name());
    }
}
