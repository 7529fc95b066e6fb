package dev.cenote.redis;

import dev.cenote.pool.SharedConnection;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TimeSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One connection of the shared lane, with the number of operations under way on it. Once it is retired nothing enters any
 * more, and whoever leaves last has it closed: both are told by the one word, so that neither can be missed.
 */
final class SharedRail {
    private static final int RETIRED = 1 << 30;
    private static final long PRECISION_NANOS = 1_000_000;

    private final SharedConnection<RedisConnection> shared;
    private final TimeSource clock;
    private final Consumer<SharedRail> whenUnused;
    private final CompletableFuture<Void> unused = new CompletableFuture<>();
    private final AtomicInteger word = new AtomicInteger();
    private final AtomicInteger proving = new AtomicInteger();
    private volatile long lastAnswerNanos;

    SharedRail(SharedConnection<RedisConnection> shared, TimeSource clock, Consumer<SharedRail> whenUnused) {
        this.shared = shared;
        this.clock = clock;
        this.whenUnused = whenUnused;
        this.lastAnswerNanos = clock.nanoTime();
    }

    RedisConnection connection() {
        return shared.connection();
    }

    /** False once the driver knows that it is lost. */
    boolean isOpen() {
        return shared.connection().driver().isOpen();
    }

    /** True if it has brought something within that time. */
    boolean isProven(long now, long withinNanos) {
        return now - lastAnswerNanos < withinNanos;
    }

    /** True if whoever asks is to send the PING. */
    boolean beginProof() {
        return proving.compareAndSet(0, 1);
    }

    void endProof(boolean answered) {
        if (answered) {
            answered();
        }
        proving.set(0);
    }

    /** Written rarely, since all who share it would wait for the cache line. */
    private void answered() {
        long now = clock.nanoTime();
        if (now - lastAnswerNanos > PRECISION_NANOS) {
            lastAnswerNanos = now;
        }
    }

    // ---- who is on it

    /** Counts one operation more, unless it is retired or as full as it may be. */
    boolean enter(int most) {
        int before = word.getAndIncrement();
        if (before < most) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        if (word.decrementAndGet() == RETIRED) {
            end();
        }
    }

    /** Lets nothing enter any more. Harmless when repeated. */
    void retire() {
        int before = word.getAndUpdate(now -> now | RETIRED);
        if (before == 0) {
            end();
        }
    }

    private void end() {
        if (unused.complete(null)) {
            whenUnused.accept(this);
        }
    }

    /** Completes when it is retired and the last operation has left. */
    CompletableFuture<Void> whenUnused() {
        return unused;
    }

    int inFlight() {
        return word.get() & ~RETIRED;
    }

    // ---- operations of those who have entered

    /** Runs an operation, and leaves. */
    <R> R execute(Operation<? super RedisConnection, R> operation, Deadline deadline) {
        try {
            R result = shared.execute(operation, deadline);
            answered();
            return result;
        } finally {
            leave();
        }
    }

    /** Runs an operation, and leaves when it has ended. */
    <R> CompletableFuture<R> executeAsync(Operation<? super RedisConnection, R> operation, Deadline deadline) {
        CompletableFuture<R> running = shared.executeAsync(operation, deadline);
        running.whenComplete((result, failure) -> {
            if (failure == null) {
                answered();
            }
            leave();
        });
        return running;
    }
}
