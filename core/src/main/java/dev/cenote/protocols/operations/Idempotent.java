package dev.cenote.protocols.operations;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An operation that its caller declared idempotent. Made by {@link Operation#idempotent()}.
 *
 * @param operation the operation as it was
 */
public record Idempotent<C extends Connection, R>(Operation<C, R> operation) implements Operation<C, R> {
    public Idempotent {
        Objects.requireNonNull(operation, "operation");
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
        return Effect.IDEMPOTENT;
    }

    @Override
    public Class<? super R> resultType() {
        return operation.resultType();
    }

    @Override
    public R execute(C connection, Deadline deadline) throws Exception {
        return operation.execute(connection, deadline);
    }

    @Override
    public CompletionStage<R> executeAsync(C connection, Deadline deadline, Executor executor) {
        return operation.executeAsync(connection, deadline, executor);
    }
}
