package dev.cenote.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One operation, what must be there before it, and what it must tell and leave.
 *
 * @param <R> its result
 */
final class OperationCase<R> {
    /** A value of what type makes it fail with WRONGTYPE. */
    enum Wrong {
        STRING,
        LIST,
        /** One of another, by ERR and not by WRONGTYPE. */
        LIST_BY_ERR,
        /** None: it takes keys of all types, or has none. */
        NONE
    }

    private record After<T>(RedisOperation<T> operation, T expected) {
        void check(Runner runner) {
            assertThat((Object) runner.run(operation))
                    .as(operation + ", afterwards")
                    .isEqualTo(expected);
        }
    }

    /** Runs an operation somehow. */
    interface Runner {
        <R> R run(RedisOperation<R> operation);
    }

    private final String method;
    private final RedisOperation<R> operation;
    private final List<RedisOperation<?>> before = new ArrayList<>();
    private final List<After<?>> after = new ArrayList<>();
    private Consumer<? super R> check = result -> {
        throw new AssertionError("nothing is expected of it");
    };
    private Wrong wrong;

    private OperationCase(String method, RedisOperation<R> operation) {
        this.method = method;
        this.operation = operation;
        this.wrong = method.matches("(strings|bitmaps|scripts)\\..*") ? Wrong.LIST : Wrong.STRING;
    }

    /** @param method the group and the method that makes the operation, as {@code strings.get} */
    static <R> OperationCase<R> of(String method, RedisOperation<R> operation) {
        return new OperationCase<>(method, operation);
    }

    OperationCase<R> given(RedisOperation<?>... operations) {
        before.addAll(List.of(operations));
        return this;
    }

    OperationCase<R> gives(R expected) {
        check = result -> assertThat((Object) result).isEqualTo(expected);
        return this;
    }

    OperationCase<R> satisfies(Consumer<? super R> requirement) {
        check = requirement;
        return this;
    }

    <T> OperationCase<R> leaves(RedisOperation<T> question, T answer) {
        after.add(new After<>(question, answer));
        return this;
    }

    OperationCase<R> anyType() {
        wrong = Wrong.NONE;
        return this;
    }

    OperationCase<R> failsByErr() {
        wrong = Wrong.LIST_BY_ERR;
        return this;
    }

    String method() {
        return method;
    }

    RedisOperation<R> operation() {
        return operation;
    }

    Wrong wrong() {
        return wrong;
    }

    /** Runs it by {@code runner}, and all else by {@code plainly}. */
    void check(Runner plainly, Runner runner) {
        prepare(plainly);
        R result = runner.run(operation);
        assertThat((Object) result).isInstanceOf(operation.resultType());
        check.accept(result);
        after.forEach(one -> one.check(plainly));
    }

    void prepare(Runner plainly) {
        before.forEach(plainly::run);
    }

    @Override
    public String toString() {
        return method + ": " + operation;
    }
}
