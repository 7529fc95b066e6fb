package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import java.util.concurrent.locks.LockSupport;

/** A waiter that is a thread, platform or virtual, which parks. */
final class ParkedWaiter<C extends Connection> extends Waiter<C> {
    ParkedWaiter(long startedNanos, Deadline deadline) {
        super(Thread.currentThread(), startedNanos, deadline);
    }

    /**
     * Parks until there is an outcome, the deadline has passed or the thread is interrupted. Returns with or without an
     * outcome; the caller looks.
     */
    void await() {
        while (isWaiting() && !Thread.currentThread().isInterrupted()) {
            if (deadline.isLimited()) {
                long nanos = deadline.remainingNanos();
                if (nanos <= 0) {
                    return;
                }
                LockSupport.parkNanos(this, nanos);
            } else {
                LockSupport.park(this);
            }
        }
    }

    @Override
    void wake() {
        LockSupport.unpark(thread);
    }
}
