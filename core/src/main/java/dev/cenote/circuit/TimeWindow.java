package dev.cenote.circuit;

import dev.cenote.protocols.TimeSource;

/** The calls of the last while, to a tenth of it: kept as sums of equal slices of time. */
final class TimeWindow extends CallWindow {
    private static final int SLICES = 10;

    private final TimeSource clock;
    private final long sliceNanos;
    private final int[] callsOf = new int[SLICES];
    private final int[] failuresOf = new int[SLICES];
    private final int[] slowOf = new int[SLICES];
    private final long startedNanos;
    private long slice;

    TimeWindow(Rates rates, long nanos, TimeSource clock) {
        super(rates);
        this.clock = clock;
        this.sliceNanos = Math.max(1, nanos / SLICES);
        this.startedNanos = clock.nanoTime();
    }

    @Override
    void note(boolean failed, boolean wasSlow) {
        forgetUntil((clock.nanoTime() - startedNanos) / sliceNanos);
        int at = (int) (slice % SLICES);
        callsOf[at]++;
        calls++;
        if (failed) {
            failuresOf[at]++;
            failures++;
        }
        if (wasSlow) {
            slowOf[at]++;
            slow++;
        }
    }

    private void forgetUntil(long now) {
        long missed = Math.min(now - slice, SLICES);
        for (long i = 1; i <= missed; i++) {
            int at = (int) ((slice + i) % SLICES);
            calls -= callsOf[at];
            failures -= failuresOf[at];
            slow -= slowOf[at];
            callsOf[at] = 0;
            failuresOf[at] = 0;
            slowOf[at] = 0;
        }
        slice = Math.max(slice, now);
    }
}
