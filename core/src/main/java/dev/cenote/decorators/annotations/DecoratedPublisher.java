package dev.cenote.decorators.annotations;

import dev.cenote.decorators.Decorators;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A publisher each of whose subscriptions is a call with policies round it. */
final class DecoratedPublisher<T> implements Flow.Publisher<T> {
    private final MethodPlan plan;
    private final MethodPlan.Invocation invocation;

    DecoratedPublisher(MethodPlan plan, MethodPlan.Invocation invocation) {
        this.plan = plan;
        this.invocation = invocation;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        var relay = new Relay<T>(subscriber);
        subscriber.onSubscribe(relay);
        if (relay.isOver()) {
            return;
        }
        CompletableFuture<Optional<Throwable>> running =
                plan.decorated(Decorators.ofStage(() -> attempt(relay))).start();
        relay.cancels(running);
        running.whenComplete((brokenOff, failure) -> {
            if (failure == null) {
                relay.end(brokenOff.orElse(null));
            } else {
                failed(relay, failure);
            }
        });
    }

    /**
     * Subscribes once. The stage ends with the stream: with an error only where nothing has been given yet, so that it can
     * be tried again; else the error is its value.
     */
    private CompletionStage<Optional<Throwable>> attempt(Relay<T> relay) {
        var ended = new CompletableFuture<Optional<Throwable>>();
        try {
            relay.follow(source(invocation.body().call()), ended);
        } catch (Exception thrown) {
            ended.completeExceptionally(thrown);
        }
        return ended.thenApply(brokenOff -> {
            brokenOff.ifPresent(failure ->
                    plan.circuit().ifPresent(circuit -> circuit.observe().settle(failure)));
            return brokenOff;
        });
    }

    @SuppressWarnings("unchecked") // by the method's return type
    private Flow.Publisher<T> source(@Nullable Object publisher) {
        if (publisher == null) {
            throw new IllegalStateException(plan.name() + " gave null, not a publisher");
        }
        return (Flow.Publisher<T>) publisher;
    }

    private void failed(Relay<T> relay, Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (relay.hasGiven()
                || !(failure instanceof Exception error)
                || !plan.fallbacks().fit(error)) {
            relay.end(failure);
            return;
        }
        var ended = new CompletableFuture<Optional<Throwable>>();
        ended.whenComplete((brokenOff, broken) -> relay.end(broken != null ? broken : brokenOff.orElse(null)));
        try {
            relay.follow(source(plan.fallbacks().answer(invocation.target(), invocation.arguments(), error)), ended);
        } catch (RuntimeException broken) {
            ended.completeExceptionally(broken);
        }
    }
}
