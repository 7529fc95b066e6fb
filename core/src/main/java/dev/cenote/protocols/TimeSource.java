package dev.cenote.protocols;

import java.time.Instant;

/**
 * The clock that everything in Cenote reads, so that a test can hold and turn it.
 *
 * <p>Implementations are thread-safe, do not block, and never run backwards in {@link #nanoTime()}.
 */
public interface TimeSource {
    /** Monotonic time in nanoseconds from an arbitrary origin; only differences have a meaning. */
    long nanoTime();

    /** Wall-clock time, for reports and events; never used to measure. */
    Instant now();

    /** The clock of the machine. */
    static TimeSource system() {
        return SystemTimeSource.INSTANCE;
    }
}
