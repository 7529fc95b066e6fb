package dev.cenote.protocols;

import java.time.Instant;

/** {@link TimeSource} over {@link System#nanoTime()}. */
enum SystemTimeSource implements TimeSource {
    INSTANCE;

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }
}
