package dev.cenote.jdbc.datasource;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.AcquireInterruptedException;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.PoolException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The turn of the one thread that starts a pool, for as long as drivers and directories take. No monitor: whoever waits for one
 * can neither give up nor be interrupted.
 */
final class StartTurn {
    private final ReentrantLock lock = new ReentrantLock();

    /** The thread whose turn it is, or was last, by name. */
    private volatile @Nullable String starter;

    /**
     * Takes the turn if nobody has it; {@link #end} must follow.
     *
     * @throws ConfigurationException if this thread has it already: a start would make a second pool
     */
    boolean tryTake(String pool) {
        if (lock.isHeldByCurrentThread()) {
            throw new ConfigurationException(
                    "pool " + pool + " must not be asked for by its own start, was by thread " + starter);
        }
        return lock.tryLock() && taken();
    }

    /**
     * Waits for the turn up to {@code timeout} and the deadline of the call; {@link #end} must follow.
     *
     * @throws PoolException if it does not come in time, or the thread is interrupted, which stays set
     */
    void take(String pool, Duration timeout) {
        Deadline end = Deadline.after(timeout).earlier(Deadline.current());
        boolean came;
        try {
            came = lock.tryLock(end.remainingNanos(), TimeUnit.NANOSECONDS) && taken();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new AcquireInterruptedException(pool, "interrupted while thread " + starter + " was starting it");
        }
        if (!came) {
            throw new PoolException(
                    pool,
                    "not started within " + end.elapsed().toMillis() + " ms, which thread " + starter + " is doing",
                    null);
        }
    }

    private boolean taken() {
        starter = Thread.currentThread().getName();
        return true;
    }

    void end() {
        lock.unlock();
    }

    /** Throws, naming the property, while a thread has the turn: what it starts is made of what is set. */
    void checkIsFree(String property, String pool) {
        if (lock.isLocked()) {
            throw new ConfigurationException(property + " must not be set while pool " + pool + " starts, which thread "
                    + starter + " is doing");
        }
    }
}
