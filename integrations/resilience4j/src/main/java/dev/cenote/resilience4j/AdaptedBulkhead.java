package dev.cenote.resilience4j;

import dev.cenote.decorators.Bulkhead;
import dev.cenote.protocols.errors.BulkheadFullException;

/** A bulkhead of resilience4j. */
record AdaptedBulkhead(io.github.resilience4j.bulkhead.Bulkhead bulkhead) implements Bulkhead {
    @Override
    public String name() {
        return bulkhead.getName();
    }

    @Override
    public void acquire() {
        if (!bulkhead.tryAcquirePermission()) {
            throw new BulkheadFullException(name());
        }
    }

    @Override
    public boolean tryAcquire() {
        return bulkhead.tryAcquirePermission();
    }

    @Override
    public void release() {
        bulkhead.onComplete();
    }
}
