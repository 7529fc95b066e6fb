package dev.cenote.redis;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An operation on a node that does not have its slot yet, as the node that still has it told: ASKING goes before it, on a
 * connection that nobody else sends on. What ASKING is answered does not matter, the operation's answer says it all.
 */
record Asking<R>(Operation<? super RedisConnection, R> operation) implements Operation<RedisConnection, R> {
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
        IoThread.admitBlocking(name());
        var unused = connection.commands().asking();
        return operation.execute(connection, deadline);
    }

    @Override
    public CompletionStage<R> executeAsync(RedisConnection connection, Deadline deadline, Executor executor) {
        var unused = connection.commands().asking();
        return operation.executeAsync(connection, deadline, executor);
    }
}
