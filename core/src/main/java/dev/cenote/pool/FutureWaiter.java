package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A waiter without a thread: what happens next is called back. */
final class FutureWaiter<C extends Connection> extends Waiter<C> {
    private final Consumer<FutureWaiter<C>> onOutcome;
    private final AtomicBoolean taken = new AtomicBoolean();

    FutureWaiter(long startedNanos, Deadline deadline, Consumer<FutureWaiter<C>> onOutcome) {
        super(Thread.currentThread(), startedNanos, deadline);
        this.onOutcome = onOutcome;
    }

    /** True for the first who asks: the alarm may wake it in the moment in which it gets its outcome. */
    boolean take() {
        return taken.compareAndSet(false, true);
    }

    @Override
    boolean canCompete() {
        return false;
    }

    @Override
    boolean watchesDeadline() {
        return false;
    }

    @Override
    void wake() {
        onOutcome.accept(this);
    }
}
