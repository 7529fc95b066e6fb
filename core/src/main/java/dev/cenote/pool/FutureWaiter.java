package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A waiter without a thread: what happens next is called back. */
final class FutureWaiter<C extends Connection> extends Waiter<C> {
    private final Consumer<FutureWaiter<C>> onOutcome;

    /** Watches the deadline; set once, before or after the outcome. */
    volatile @Nullable Future<?> timer;

    private final AtomicBoolean taken = new AtomicBoolean();

    FutureWaiter(long startedNanos, Deadline deadline, Consumer<FutureWaiter<C>> onOutcome) {
        super(Thread.currentThread(), startedNanos, deadline);
        this.onOutcome = onOutcome;
    }

    /** True for the first who asks: the keeper may wake it in the moment in which it gets its outcome. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    @Override
    void wake() {
        onOutcome.accept(this);
    }
}
