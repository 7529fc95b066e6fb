package dev.cenote.resilience4j;

import dev.cenote.protocols.TimeSource;
import dev.cenote.retry.RetriedCall;
import dev.cenote.retry.Retry;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** A retry of resilience4j, which decides only where it is safe to decide anything. */
final class AdaptedRetry implements Retry {
    private final io.github.resilience4j.retry.Retry retry;
    private final Optional<ScheduledExecutorService> scheduler;

    AdaptedRetry(io.github.resilience4j.retry.Retry retry) {
        this(retry, Optional.empty());
    }

    private AdaptedRetry(io.github.resilience4j.retry.Retry retry, Optional<ScheduledExecutorService> scheduler) {
        this.retry = retry;
        this.scheduler = scheduler;
    }

    @Override
    public Retry with(TimeSource clock, RandomGenerator random, Optional<ScheduledExecutorService> other) {
        return new AdaptedRetry(retry, other);
    }

    /** The wait before another attempt, in milliseconds; negative if there is to be none. */
    private static <T> long waitMillis(
            io.github.resilience4j.retry.Retry.AsyncContext<T> context, Throwable error, RetriedCall about) {
        if (!about.maySafelyRunAgain(error)) {
            return -1;
        }
        long millis = context.onError(error);
        return millis >= 0
                        && TimeUnit.MILLISECONDS.toNanos(millis)
                                < about.deadline().remainingNanos()
                ? millis
                : -1;
    }

    /** The asynchronous context serves here too: it says how long to wait, and leaves the waiting to us. */
    @Override
    public <T> T call(Callable<T> call, RetriedCall about) throws Exception {
        io.github.resilience4j.retry.Retry.AsyncContext<T> context = retry.asyncContext();
        while (true) {
            try {
                T result = call.call();
                context.onComplete();
                return result;
            } catch (Exception failure) {
                long millis = waitMillis(context, failure, about);
                if (millis < 0 || !waited(millis)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean waited(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(left);
        }
        return !Thread.currentThread().isInterrupted();
    }

    @Override
    public <T> CompletableFuture<T> callAsync(Supplier<? extends CompletionStage<T>> call, RetriedCall about) {
        var result = new CompletableFuture<T>();
        attempt(call, about, retry.asyncContext(), result);
        return result;
    }

    private <T> void attempt(
            Supplier<? extends CompletionStage<T>> call,
            RetriedCall about,
            io.github.resilience4j.retry.Retry.AsyncContext<T> context,
            CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> running;
        try {
            running = call.get().toCompletableFuture();
        } catch (RuntimeException thrown) {
            running = CompletableFuture.failedFuture(thrown);
        }
        CompletableFuture<T> attempt = running;
        result.whenComplete((value, failure) -> attempt.cancel(false));
        attempt.whenComplete((value, failure) -> {
            if (failure == null) {
                context.onComplete();
                result.complete(value);
                return;
            }
            long millis = waitMillis(context, failure, about);
            if (millis < 0) {
                result.completeExceptionally(failure);
            } else {
                later(() -> attempt(call, about, context, result), millis);
            }
        });
    }

    private void later(Runnable task, long millis) {
        if (scheduler.isPresent()) {
            var unused = scheduler.get().schedule(task, millis, TimeUnit.MILLISECONDS);
        } else {
            CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
        }
    }
}
