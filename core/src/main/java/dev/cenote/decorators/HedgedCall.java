package dev.cenote.decorators;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One hedged call: the first attempt, the timer, and the second attempt if it comes to that. */
final class HedgedCall<T> {
    private final Hedge hedge;
    private final Supplier<Optional<CompletionStage<T>>> second;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    /** Attempts that may still succeed; the timer holds one for the second until that is begun or not. */
    private final AtomicInteger hopes = new AtomicInteger(1);

    private final AtomicBoolean answered = new AtomicBoolean();

    private HedgedCall(Hedge hedge, Supplier<Optional<CompletionStage<T>>> second) {
        this.hedge = hedge;
        this.second = second;
    }

    /**
     * Makes a call.
     *
     * @param first starts it
     * @param second starts it beside the first, unless that would do harm
     * @param timer runs a task later
     */
    static <T> CompletableFuture<T> start(
            Hedge hedge,
            Supplier<? extends CompletionStage<T>> first,
            Supplier<Optional<CompletionStage<T>>> second,
            BiFunction<Runnable, Long, Future<?>> timer) {
        var call = new HedgedCall<T>(hedge, second);
        CompletableFuture<T> begun = Guard.started(first);
        call.follow(begun, false);
        if (!begun.isDone()) {
            Future<?> alarm = timer.apply(call::begin, hedge.delay().toNanos());
            call.result.whenComplete((value, failure) -> alarm.cancel(false));
        }
        return call.result;
    }

    private void begin() {
        if (result.isDone()) {
            return;
        }
        hopes.incrementAndGet();
        Optional<CompletionStage<T>> begun = second.get();
        if (begun.isEmpty()) {
            hopes.decrementAndGet();
            return;
        }
        hedge.begun();
        follow(begun.get().toCompletableFuture(), true);
    }

    private void follow(CompletableFuture<T> attempt, boolean isSecond) {
        attempt.whenComplete((value, failure) -> {
            if (failure != null) {
                failed(failure);
            } else if (answered.compareAndSet(false, true)) {
                if (isSecond) {
                    hedge.wins(); // before whoever waits can look
                }
                result.complete(value);
            }
        });
        // The slower one is given up.
        result.whenComplete((value, failure) -> attempt.cancel(false));
    }

    /** The last failure is the call's; where the first fails before the timer, nothing is tried again: that is retry's. */
    private void failed(@Nullable Throwable failure) {
        if (hopes.decrementAndGet() == 0) {
            Throwable error =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            result.completeExceptionally(error == null ? new IllegalStateException("failed") : error);
        }
    }
}
