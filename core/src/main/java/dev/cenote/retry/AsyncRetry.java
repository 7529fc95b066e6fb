package dev.cenote.retry;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call with a future, its attempts following each other. */
final class AsyncRetry<T> {
    private final Supplier<? extends CompletionStage<T>> call;
    private final History history;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    /** What there is to cancel: the attempt that runs, or the timer of the next. */
    private final AtomicReference<@Nullable Future<?>> pending = new AtomicReference<>();

    AsyncRetry(Supplier<? extends CompletionStage<T>> call, History history) {
        this.call = call;
        this.history = history;
    }

    CompletableFuture<T> begin() {
        result.whenComplete((value, failure) -> cancelPending());
        attempt();
        return result;
    }

    private void attempt() {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> running;
        try {
            running = call.get().toCompletableFuture();
        } catch (Throwable thrown) {
            running = CompletableFuture.failedFuture(thrown);
        }
        pending.set(running);
        cancelIfDone(running);
        running.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else {
                failed(failure);
            }
        });
    }

    private void failed(Throwable failure) {
        history.ended(failure);
        try {
            backOffOrEnd();
        } catch (RejectedExecutionException shutDown) {
            result.completeExceptionally(history.failure());
        } catch (Throwable broken) { // such as a listener's Error: nobody else would end the future
            result.completeExceptionally(broken);
        }
    }

    private void backOffOrEnd() {
        OptionalLong backoff = result.isDone() ? OptionalLong.empty() : history.backoffNanos();
        if (backoff.isEmpty()) {
            result.completeExceptionally(history.failure());
            return;
        }
        history.tell(backoff.getAsLong());
        schedule(backoff.getAsLong());
    }

    private void schedule(long nanos) {
        Future<?> ended = pending.get();
        Future<?> timer;
        if (history.policy.scheduler.isPresent()) {
            timer = history.policy.scheduler.get().schedule(this::again, nanos, TimeUnit.NANOSECONDS);
        } else {
            Executor later = CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS);
            timer = CompletableFuture.runAsync(this::again, later);
        }
        // The next attempt may have begun on another thread already: then that is what there is to cancel.
        pending.compareAndSet(ended, timer);
        cancelIfDone(timer);
    }

    private void again() {
        if (history.isLate()) {
            result.completeExceptionally(history.failure());
        } else {
            history.begin();
            attempt();
        }
    }

    /** Cancels what became pending in the moment in which the result was cancelled. */
    private void cancelIfDone(Future<?> next) {
        if (result.isDone()) {
            next.cancel(false);
        }
    }

    private void cancelPending() {
        Future<?> now = pending.get();
        if (now != null) {
            now.cancel(false);
        }
    }
}
