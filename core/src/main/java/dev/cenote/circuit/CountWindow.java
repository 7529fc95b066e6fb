package dev.cenote.circuit;

import java.util.BitSet;

/** How the last calls ended, and whether too many of them failed. Thread-safe. */
final class CountWindow {
    /** The share of failures, of how many calls, that is too high, once there were enough calls. */
    record Rate(double share, int window, int minimumCalls) {}

    private final Rate rate;
    private final BitSet failed;
    private int next;
    private int calls;
    private int failures;

    CountWindow(Rate rate) {
        this.rate = rate;
        this.failed = new BitSet(rate.window());
    }

    /** Notes a call, which takes the place of the oldest; true if now too many have failed. */
    synchronized boolean isTooHighAfter(boolean failure) {
        if (calls < rate.window()) {
            calls++;
        } else if (failed.get(next)) {
            failures--;
        }
        failed.set(next, failure);
        next = next + 1 == rate.window() ? 0 : next + 1;
        if (failure) {
            failures++;
        }
        // The quotient is rounded as the share was when it was read; 0.55 * 100 would be more than 55.
        return calls >= rate.minimumCalls() && failures > 0 && (double) failures / calls >= rate.share();
    }
}
