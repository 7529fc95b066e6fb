package dev.cenote.testkit.fakes;

import dev.cenote.protocols.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands until it is turned. Thread-safe. */
public final class ManualClock implements TimeSource {
    private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong();

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant now() {
        return ORIGIN.plusNanos(nanos.get());
    }

    /** Turns the clock forward. Tasks of a {@link ManualScheduler} do not run by this: use its {@code advance}. */
    public void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
