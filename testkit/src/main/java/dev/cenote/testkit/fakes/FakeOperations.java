package dev.cenote.testkit.fakes;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.Operation;
import java.util.Optional;

/** Operations on a {@link FakeDatabase}. */
public final class FakeOperations {
    private FakeOperations() {}

    /** Body of an operation. */
    @FunctionalInterface
    public interface Body<R> {
        /** Runs on the connection. */
        R run(FakeConnection connection, Deadline deadline) throws Exception;
    }

    /** Asks for the number of the connection. */
    public static Operation<FakeConnection, Long> whoAmI() {
        return operation("whoAmI", Effect.READ_ONLY, Long.class, (connection, deadline) -> {
            connection.talk(deadline);
            return connection.number();
        });
    }

    /** Changes the session. */
    public static Operation<FakeConnection, Long> makeDirty() {
        return operation("makeDirty", Effect.IDEMPOTENT, Long.class, (connection, deadline) -> {
            connection.talk(deadline);
            connection.makeDirty();
            return connection.number();
        });
    }

    /** Runs {@code body}. */
    public static <R> Operation<FakeConnection, R> operation(
            String name, Effect effect, Class<? super R> resultType, Body<R> body) {
        return new FakeOperation<>(name, effect, resultType, body);
    }

    private record FakeOperation<R>(String name, Effect effect, Class<? super R> resultType, Body<R> body)
            implements Operation<FakeConnection, R> {
        @Override
        public Optional<String> target() {
            return Optional.empty();
        }

        @Override
        public R execute(FakeConnection connection, Deadline deadline) throws Exception {
            return body.run(connection, deadline);
        }
    }
}
