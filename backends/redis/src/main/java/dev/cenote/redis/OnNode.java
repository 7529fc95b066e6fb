package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An operation for one node of a cluster. */
record OnNode<R>(Operation<? super RedisConnection, R> operation, ClusterNode node)
        implements Operation<RedisConnection, R> {
    /** {@code operation}, if it is one; else null. */
    @SuppressWarnings("unchecked") // its result is that of the operation it stands for
    static <R> @Nullable OnNode<R> of(Operation<? super RedisConnection, R> operation) {
        return (Operation<?, ?>) operation instanceof OnNode<?> fixed ? (OnNode<R>) fixed : null;
    }

    @Override
    public String name() {
        return operation.name();
    }

    @Override
    public Optional<String> target() {
        return operation.target();
    }

    @Override
    public Effect effect() {
        return operation.effect();
    }

    @Override
    public Class<? super R> resultType() {
        return operation.resultType();
    }

    @Override
    public R execute(RedisConnection connection, Deadline deadline) throws Exception {
        return operation.execute(connection, deadline);
    }

    @Override
    public CompletionStage<R> executeAsync(RedisConnection connection, Deadline deadline, Executor executor) {
        return operation.executeAsync(connection, deadline, executor);
    }
}
