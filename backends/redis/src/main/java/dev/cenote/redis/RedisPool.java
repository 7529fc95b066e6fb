package dev.cenote.redis;

import dev.cenote.decorators.ResilientPool;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.redis.RedisOperation.Lane;
import dev.cenote.redis.pubsub.RedisPubSub;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections to one Redis server. Thread-safe.
 *
 * <pre>{@code
 * try (var pool = RedisPool.builder().uri("redis://:secret@localhost:6379/0").maxSize(10).build()) {
 *     Optional<String> value = pool.execute(get("key"));
 * }
 * }</pre>
 *
 * <p>It has two lanes. A lease has a connection to itself. {@link #execute} and {@link #executeAsync} run an operation
 * whose {@link RedisOperation#lane() lane} is {@link Lane#SHARED} on a connection that many callers share, beside the
 * {@code maxSize} of the leases, and on a lease whenever no shared connection can take it at once: before the first has
 * been opened, while the server is silent, past the most operations that a connection may have under way.
 *
 * <p>It has one client of Lettuce with two I/O threads, made when the first connection is opened and ended when the pool
 * has been closed and its last lease has ended. What depends on a future of this pool runs on those threads and must not
 * block; an operation that would is refused there with an {@link IllegalStateException} as cause.
 */
public final class RedisPool extends ResilientPool<RedisConnection> {
    private final @Nullable SharedLane lane;
    private final RedisPubSub pubSub;
    private final TimeSource clock;

    RedisPool(Parts<RedisConnection> parts, RedisConnector connector, LaneOptions options, Duration heartbeat) {
        super(parts);
        this.pubSub = new RedisPubSub(parts.engine(), connector.pubSub(), parts.runtime(), heartbeat);
        if (connector.hasSentinels()) {
            var sentinels = new RedisPubSub(parts.engine(), connector.sentinels(), parts.runtime(), heartbeat);
            new SentinelWatch(parts.engine(), sentinels, connector.master());
        }
        this.clock = parts.runtime().clock();
        this.lane =
                options.connections() == 0 ? null : new SharedLane(parts.engine(), connector, parts.runtime(), options);
    }

    /** A builder with the default of each option: {@code localhost}, port 6379, database 0. */
    public static RedisPoolBuilder builder() {
        return new RedisPoolBuilder();
    }

    /** Publish and subscribe, on a connection of its own that is opened with the first subscription. */
    public RedisPubSub pubSub() {
        return pubSub;
    }

    /** What the shared connections do at this moment. Does not block. */
    public SharedLaneStats sharedLane() {
        return lane == null ? SharedLaneStats.NONE : lane.stats();
    }

    @Override
    protected <R> R attempt(Operation<? super RedisConnection, R> operation, Deadline deadline) {
        if (lane == null) {
            return super.attempt(operation, deadline);
        }
        SharedRail rail = isShareable(operation) ? lane.enter() : null;
        if (rail == null) {
            R result = super.attempt(operation, deadline);
            lane.serverHasAnswered();
            return result;
        }
        try {
            return rail.execute(operation, deadline);
        } catch (RuntimeException failure) {
            tellLane(lane, rail, failure);
            throw failure;
        }
    }

    @Override
    protected <R> CompletableFuture<R> attemptAsync(
            Operation<? super RedisConnection, R> operation, Deadline deadline) {
        SharedLane shared = lane;
        if (shared == null) {
            return super.attemptAsync(operation, deadline);
        }
        SharedRail rail = isShareable(operation) ? shared.enter() : null;
        if (rail == null) {
            CompletableFuture<R> running = super.attemptAsync(operation, deadline);
            running.thenRun(shared::serverHasAnswered);
            return running;
        }
        CompletableFuture<R> running = rail.executeAsync(operation, deadline);
        running.whenComplete((result, failure) -> {
            if (failure != null) {
                tellLane(shared, rail, failure);
            }
        });
        return running;
    }

    private static boolean isShareable(Operation<?, ?> operation) {
        return operation instanceof RedisOperation<?> ours && ours.lane() == Lane.SHARED;
    }

    private static void tellLane(SharedLane lane, SharedRail rail, Throwable failure) {
        Throwable told = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (told instanceof OperationFailedException failed && failed.verdict().connection() != ConnectionFate.KEEP) {
            lane.hasFailed(rail);
        }
    }

    @Override
    public void clear(InUse inUse) {
        super.clear(inUse);
        abortLane(inUse);
    }

    @Override
    public void pause(InUse inUse) {
        super.pause(inUse);
        abortLane(inUse);
    }

    private void abortLane(InUse inUse) {
        if (lane != null && inUse == InUse.ABORTED) {
            lane.retireAll(true);
        }
    }

    /** {@inheritDoc} Awaits what is under way on the shared connections too. */
    @Override
    public boolean drain(Duration timeout) {
        Deadline deadline = Deadline.after(timeout, clock);
        boolean drained = super.drain(timeout);
        if (lane == null) {
            return drained;
        }
        try {
            return lane.awaitEnd(deadline) && drained;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
