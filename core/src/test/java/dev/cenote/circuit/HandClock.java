package dev.cenote.circuit;

import dev.cenote.protocols.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test turns by hand. */
public final class HandClock implements TimeSource {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos.get());
    }

    /** Turns the clock forward. */
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
