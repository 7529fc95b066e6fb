package dev.cenote.decorators;

import dev.cenote.protocols.Check;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.errors.BulkheadFullException;
import dev.cenote.protocols.errors.ConfigurationException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A fair semaphore with a name. */
final class SemaphoreBulkhead implements Bulkhead {
    private final String name;
    private final int maxConcurrentCalls;
    private final Duration maxWait;
    private final Semaphore turns;

    SemaphoreBulkhead(String name, int maxConcurrentCalls, Duration maxWait) {
        this.name = Check.notBlank("name", name);
        this.maxConcurrentCalls = Check.atLeast("maxConcurrentCalls", 1, maxConcurrentCalls);
        if (maxWait.isNegative()) {
            throw new ConfigurationException("maxWaitDuration must be >= 0, was " + maxWait);
        }
        this.maxWait = maxWait;
        this.turns = new Semaphore(maxConcurrentCalls, true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void acquire() {
        boolean taken = false;
        try {
            long nanos = Deadline.after(maxWait).earlier(Deadline.current()).remainingNanos();
            taken = turns.tryAcquire(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw new BulkheadFullException(name);
        }
    }

    @Override
    public boolean tryAcquire() {
        return turns.tryAcquire();
    }

    @Override
    public void release() {
        turns.release();
    }

    @Override
    public String toString() {
        return "Bulkhead[" + name + ", " + (maxConcurrentCalls - turns.availablePermits()) + " of " + maxConcurrentCalls
                + " calls under way]";
    }
}
