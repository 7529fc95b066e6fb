package dev.cenote.decorators.annotations;

import dev.cenote.circuit.Circuit;
import dev.cenote.decorators.DecoratedCall;
import dev.cenote.decorators.DecoratedStage;
import dev.cenote.decorators.Decorators;
import dev.cenote.protocols.Effect;
import dev.cenote.protocols.TimeSource;
import dev.cenote.protocols.errors.CenoteException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** What is done round one method: all that its annotations say, understood when the proxy was made. */
record MethodPlan(
        Method method,
        String name,
        Effect effect,
        Optional<dev.cenote.retry.Retry> retry,
        Optional<Circuit> circuit,
        Optional<dev.cenote.decorators.Bulkhead> bulkhead,
        Optional<Duration> deadline,
        Fallbacks fallbacks,
        TimeSource clock) {

    static MethodPlan of(Class<?> type, Method method, NamedPolicies policies) {
        return new AnnotationReader(type, method, policies).read();
    }

    /** True if nothing is done round it. */
    boolean isPlain() {
        return retry.isEmpty() && circuit.isEmpty() && bulkhead.isEmpty() && deadline.isEmpty();
    }

    @Nullable
    Object invoke(Object target, Object[] arguments) throws Exception {
        return invoke(new Invocation(
                target,
                arguments,
                () -> Invocations.call(method, target, arguments),
                (error, ofCall) -> Optional.empty()));
    }

    /**
     * One call of the method.
     *
     * @param target what the fallback is called on
     * @param body makes the call itself, once for each attempt
     * @param reader reads the errors of other libraries
     */
    record Invocation(
            Object target, Object[] arguments, DecoratedMethods.Body body, DecoratedMethods.ErrorReader reader) {}

    @Nullable
    Object invoke(Invocation invocation) throws Exception {
        if (isPlain()) {
            return invocation.body().call();
        }
        if (CompletionStage.class.isAssignableFrom(method.getReturnType())) {
            return startedWithFallback(invocation);
        }
        if (method.getReturnType() == Flow.Publisher.class) {
            return new DecoratedPublisher<>(this, invocation);
        }
        try {
            return call(invocation).call().orElse(null);
        } catch (ForeignFailure read) {
            throw read.original();
        }
    }

    /** One attempt, with a verdict on its error where the reader has one. */
    private @Nullable Object attempt(Invocation invocation) throws Exception {
        try {
            return invocation.body().call();
        } catch (CenoteException | InterruptedException known) {
            throw known;
        } catch (Exception foreign) {
            throw invocation
                    .reader()
                    .read(foreign, effect)
                    .<Exception>map(verdict -> new ForeignFailure(name, verdict, foreign))
                    .orElse(foreign);
        }
    }

    private DecoratedCall<Optional<Object>> call(Invocation invocation) {
        DecoratedCall<Optional<Object>> call = Decorators.of(() -> Optional.ofNullable(attempt(invocation)))
                .withName(name)
                .withClock(clock);
        call = retry.isPresent() ? call.withRetry(retry.get(), effect) : call;
        call = circuit.isPresent() ? call.withCircuitBreaker(circuit.get()) : call;
        call = bulkhead.isPresent() ? call.withBulkhead(bulkhead.get()) : call;
        call = deadline.isPresent() ? call.withDeadline(deadline.get()) : call;
        return fallbacks.isEmpty()
                ? call
                : call.withFallback(
                        error -> fallbacks.fit(ForeignFailure.original(error)),
                        error -> Optional.ofNullable(fallbacks.answer(
                                invocation.target(), invocation.arguments(), ForeignFailure.original(error))));
    }

    private DecoratedStage<Object> stage(Invocation invocation) {
        return decorated(Decorators.ofStage(() -> started(invocation)));
    }

    /** A stage whose fallback, if it comes to that, is a stage too. */
    private CompletableFuture<Object> startedWithFallback(Invocation invocation) {
        CompletableFuture<Object> running = stage(invocation).start();
        if (fallbacks.isEmpty()) {
            return running;
        }
        var result = new CompletableFuture<Object>();
        running.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                answer(invocation, failure, result);
            }
        });
        result.whenComplete((value, failure) -> running.cancel(false));
        return result;
    }

    @SuppressWarnings("unchecked") // by the method's return type
    private void answer(Invocation invocation, Throwable thrown, CompletableFuture<Object> result) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        CompletionStage<Object> answer = CompletableFuture.failedFuture(failure);
        if (failure instanceof Exception error && fallbacks.fit(error)) {
            try {
                answer = (CompletionStage<Object>) Objects.requireNonNull(
                        fallbacks.answer(invocation.target(), invocation.arguments(), error), "the fallback's stage");
            } catch (RuntimeException | Error broken) {
                answer = CompletableFuture.failedFuture(broken);
            }
        }
        answer.whenComplete((value, error) -> {
            if (error == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(error);
            }
        });
    }

    /** The policies round a stage; the fallback is the caller's, who knows what it must give. */
    <S> DecoratedStage<S> decorated(DecoratedStage<S> plain) {
        DecoratedStage<S> stage = plain.withName(name).withClock(clock);
        stage = retry.isPresent() ? stage.withRetry(retry.get(), effect) : stage;
        stage = circuit.isPresent() ? stage.withCircuitBreaker(circuit.get()) : stage;
        stage = bulkhead.isPresent() ? stage.withBulkhead(bulkhead.get()) : stage;
        return deadline.isPresent() ? stage.withDeadline(deadline.get()) : stage;
    }

    @SuppressWarnings("unchecked") // by the method's return type
    private CompletionStage<Object> started(Invocation invocation) {
        try {
            Object stage = invocation.body().call();
            return stage == null
                    ? CompletableFuture.failedFuture(new IllegalStateException(name + " gave null, not a stage"))
                    : (CompletionStage<Object>) stage;
        } catch (Exception thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }
}
