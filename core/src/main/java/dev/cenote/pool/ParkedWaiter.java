package dev.cenote.pool;

import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Deadline;
import java.util.concurrent.locks.LockSupport;

/**
 * A waiter that is a thread, platform or virtual, which parks. A virtual thread parks without a time: a timed park of one
 * puts a task into a queue that all virtual threads share, and takes it out again.
 */
final class ParkedWaiter<C extends Connection> extends Waiter<C> {
    private final boolean virtual = VirtualThreads.isVirtual(Thread.currentThread());

    ParkedWaiter(long startedNanos, Deadline deadline) {
        super(Thread.currentThread(), startedNanos, deadline);
    }

    /**
     * Parks until there is an outcome, it was woken to compete, the deadline has passed or the thread is interrupted.
     */
    void await() {
        while (isWaiting() && !awake && !Thread.currentThread().isInterrupted()) {
            if (!deadline.isLimited()) {
                LockSupport.park(this);
                continue;
            }
            long nanos = deadline.remainingNanos();
            if (nanos <= 0) {
                return;
            }
            if (virtual) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, nanos);
            }
        }
    }

    @Override
    boolean canCompete() {
        return true;
    }

    @Override
    boolean watchesDeadline() {
        return !virtual;
    }

    @Override
    void wake() {
        LockSupport.unpark(thread);
    }
}
