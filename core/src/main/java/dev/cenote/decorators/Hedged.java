package dev.cenote.decorators;

import dev.cenote.pool.PoolEngine;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Hedged calls on a pool. */
final class Hedged {
    private Hedged() {}

    static <C extends Connection, R> CompletableFuture<R> start(
            PoolEngine<C> engine, Hedge hedge, Operation<? super C, R> operation, Deadline deadline) {
        return HedgedCall.start(
                hedge,
                () -> engine.executeAsync(operation, deadline),
                () -> onAnIdleOne(engine, operation, deadline),
                (task, nanos) -> engine.schedule(task, Duration.ofNanos(nanos)));
    }

    /** Runs it on a connection that is idle and that nobody waits for; nothing if there is none. */
    private static <C extends Connection, R> Optional<CompletionStage<R>> onAnIdleOne(
            PoolEngine<C> engine, Operation<? super C, R> operation, Deadline deadline) {
        Optional<Lease<C>> idle;
        try {
            idle = engine.tryAcquire();
        } catch (RuntimeException paused) {
            return Optional.empty();
        }
        return idle.map(lease -> lease.executeAsync(operation, deadline)
                .whenComplete((value, failure) -> engine.workers().execute(lease::close)));
    }

    /** Waits for a hedged call on the caller's thread. An interrupt gives it up and leaves the interrupt flag set. */
    static <R> R await(CompletableFuture<R> running) {
        Thread waiting = Thread.currentThread();
        try {
            return waiting.isInterrupted() ? cancelled(running) : joined(running);
        } catch (InterruptedException interrupted) {
            waiting.interrupt();
            return cancelled(running);
        }
    }

    private static <R> R joined(CompletableFuture<R> running) throws InterruptedException {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw rethrown(failed.getCause());
        }
    }

    private static <R> R cancelled(CompletableFuture<R> running) {
        running.cancel(false);
        try {
            return running.join();
        } catch (CompletionException failed) {
            throw rethrown(failed.getCause());
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
    }
}
